"""/api/v1/<clinic>/: patients, tasks, staff, messages, the audit."""

from django.urls import path

from clinic import api_desk, api_patients

urlpatterns = [
    path("patients/", api_patients.Patients.as_view(), name="api_patients"),
    path("patients/search/", api_patients.PatientSearch.as_view(), name="api_patient_search"),
    path("patients/<uuid:patient>/", api_patients.OnePatient.as_view(), name="api_patient"),
    path("patients/<uuid:patient>/consents/", api_patients.Consents.as_view(), name="api_consents"),
    path("tasks/", api_desk.Tasks.as_view(), name="api_tasks"),
    path("tasks/<uuid:task>/done/", api_desk.TaskDone.as_view(), name="api_task_done"),
    path("tasks/<uuid:task>/later/", api_desk.TaskLater.as_view(), name="api_task_later"),
    path("staff/", api_desk.Staff.as_view(), name="api_staff"),
    path("messages/", api_desk.Outbox.as_view(), name="api_messages"),
    path("messages/<uuid:message>/again/", api_desk.MessageAgain.as_view(), name="api_message_again"),
    path("audit/", api_desk.Audit.as_view(), name="api_audit"),
]
