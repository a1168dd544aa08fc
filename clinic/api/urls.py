"""/api/v1/<clinic>/: patients, imports, tasks, staff, settings, messages, the audit."""

from django.urls import path

from clinic.api import desk, imports, patients, settings, staff

urlpatterns = [
    path("patients/", patients.Patients.as_view(), name="api_patients"),
    path("patients/search/", patients.PatientSearch.as_view(), name="api_patient_search"),
    path("patients/<uuid:patient>/", patients.OnePatient.as_view(), name="api_patient"),
    path("patients/<uuid:patient>/consents/", patients.Consents.as_view(), name="api_consents"),
    path("imports/", imports.Imports.as_view(), name="api_imports"),
    path("imports/<uuid:batch>/", imports.OneImport.as_view(), name="api_import"),
    path("imports/<uuid:batch>/rows/", imports.ImportRows.as_view(), name="api_import_rows"),
    path("imports/<uuid:batch>/columns/", imports.ImportColumns.as_view(), name="api_import_columns"),
    path("imports/<uuid:batch>/start/", imports.ImportStart.as_view(), name="api_import_start"),
    path("imports/<uuid:batch>/stop/", imports.ImportStop.as_view(), name="api_import_stop"),
    path("imports/<uuid:batch>/undo/", imports.ImportUndo.as_view(), name="api_import_undo"),
    path("imports/<uuid:batch>/discard/", imports.ImportDiscard.as_view(), name="api_import_discard"),
    path("settings/", settings.Settings.as_view(), name="api_settings"),
    path("tasks/", desk.Tasks.as_view(), name="api_tasks"),
    path("tasks/<uuid:task>/done/", desk.TaskDone.as_view(), name="api_task_done"),
    path("tasks/<uuid:task>/later/", desk.TaskLater.as_view(), name="api_task_later"),
    path("staff/", staff.Staff.as_view(), name="api_staff"),
    path("staff/<uuid:member>/away/", staff.Away.as_view(), name="api_staff_absence"),
    path("messages/", desk.Outbox.as_view(), name="api_messages"),
    path("messages/<uuid:message>/again/", desk.MessageAgain.as_view(), name="api_message_again"),
    path("audit/", desk.Audit.as_view(), name="api_audit"),
]
