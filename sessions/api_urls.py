"""/api/v1/<clinic>/: patients, courses and visits."""

from django.urls import path

from sessions import api

urlpatterns = [
    path("patients/", api.Patients.as_view(), name="api_patients"),
    path("patients/<uuid:patient>/", api.OnePatient.as_view(), name="api_patient"),
    path("courses/", api.Courses.as_view(), name="api_courses"),
    path("courses/<uuid:course>/", api.OneCourse.as_view(), name="api_course"),
    path("visits/", api.Visits.as_view(), name="api_visits"),
    path("visits/<uuid:visit>/", api.OneVisit.as_view(), name="api_visit"),
]
