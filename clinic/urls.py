"""A clinic's ground-floor pages: people, messages, tasks."""

from django.urls import URLPattern, path

from clinic.views import audit, clinic_settings, exports, health, imports, messages, patients, staff, staff_invitations, worklist

urlpatterns: list[URLPattern] = [
    path("patients/", patients.patients, name="patients"),
    path("patients/new/", patients.new_patient, name="patient_new"),
    path("patients/<uuid:patient>/edit/", patients.edit_patient, name="patient_edit"),
    path("patients/<uuid:patient>/consent/", patients.consent, name="patient_consent"),
    path("tasks/", worklist.tasks, name="worklist"),
    path("tasks/<uuid:task>/", worklist.task, name="task"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff_invitations.new_staff, name="staff_new"),
    path("staff/invitations/<uuid:invited>/", staff_invitations.invitation, name="staff_invitation"),
    path("staff/<uuid:member>/", staff.staff_member, name="staff_member"),
    path("staff/<uuid:member>/roles/", staff.edit_staff, name="staff_edit"),
    path("staff/<uuid:member>/access/", staff.staff_access, name="staff_access"),
    path("staff/<uuid:member>/reset/", staff.staff_reset, name="staff_reset"),
    path("staff/<uuid:member>/away/", staff.staff_absence, name="staff_absence"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:batch>/", imports.one_import, name="import"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:export>/file/", exports.download, name="export_file"),
    path("audit/", audit.audit, name="audit"),
    path("audit/table.csv", audit.table, name="audit_table"),
    path("outbox/", messages.outbox, name="outbox"),
    path("outbox/<uuid:message>/again/", messages.send_again, name="message_again"),
    path("outbox/release/", messages.release, name="messages_release"),
    path("inbox/", messages.inbox, name="inbox"),
    path("health/", health.health, name="health"),
    path("health/mail/", health.mail_test, name="mail_test"),
    path("first-steps/", clinic_settings.first_steps, name="first_steps"),
    path("settings/", clinic_settings.clinic_settings, name="clinic_settings"),
]
