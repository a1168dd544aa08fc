"""/api/v1/<clinic>/: courses, plans, devices, protocols and visits."""

from django.urls import path

from sessions import api, api_appointments, api_care

urlpatterns = [
    path("courses/", api.Courses.as_view(), name="api_courses"),
    path("courses/<uuid:course>/", api.OneCourse.as_view(), name="api_course"),
    path("courses/<uuid:course>/change/", api_care.CourseChange.as_view(), name="api_course_change"),
    path("courses/<uuid:course>/end/", api_care.CourseEnd.as_view(), name="api_course_end"),
    path("courses/<uuid:course>/plan/", api_care.CoursePlan.as_view(), name="api_plan"),
    path("courses/<uuid:course>/visits/", api_appointments.Booking.as_view(), name="api_book"),
    path("courses/<uuid:course>/walk-in/", api_appointments.WalkIn.as_view(), name="api_walk_in"),
    path("devices/", api_care.Devices.as_view(), name="api_devices"),
    path("devices/<uuid:device>/", api_care.OneDevice.as_view(), name="api_device"),
    path("devices/<uuid:device>/correction/", api_care.DeviceCorrection.as_view(), name="api_device_correction"),
    path("equipment/", api_care.Equipment.as_view(), name="api_equipment"),
    path("protocols/", api_care.Protocols.as_view(), name="api_protocols"),
    path("protocols/<uuid:protocol>/retire/", api_care.ProtocolRetirement.as_view(), name="api_protocol_retire"),
    path("visits/", api.Visits.as_view(), name="api_visits"),
    path("visits/<uuid:visit>/", api.OneVisit.as_view(), name="api_visit"),
    path("visits/<uuid:visit>/arrive/", api_appointments.Arrival.as_view(), name="api_visit_arrive"),
    path("visits/<uuid:visit>/missed/", api_appointments.Missed.as_view(), name="api_visit_missed"),
    path("visits/<uuid:visit>/reopen/", api_appointments.Reopening.as_view(), name="api_visit_reopen"),
    path("visits/<uuid:visit>/addenda/", api_appointments.Addenda.as_view(), name="api_addenda"),
]
