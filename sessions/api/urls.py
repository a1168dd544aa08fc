"""/api/v1/<clinic>/: courses, plans, devices, protocols, visits, and two records of one person."""

from django.urls import path

from sessions.api import appointments, care, handing_over, merging, visits

urlpatterns = [
    path("courses/", visits.Courses.as_view(), name="api_courses"),
    path("courses/<uuid:course>/", visits.OneCourse.as_view(), name="api_course"),
    path("courses/<uuid:course>/change/", care.CourseChange.as_view(), name="api_course_change"),
    path("courses/<uuid:course>/end/", care.CourseEnd.as_view(), name="api_course_end"),
    path("courses/<uuid:course>/plan/", care.CoursePlan.as_view(), name="api_plan"),
    path("courses/<uuid:course>/visits/", appointments.Booking.as_view(), name="api_book"),
    path("courses/<uuid:course>/walk-in/", appointments.WalkIn.as_view(), name="api_walk_in"),
    path("devices/", care.Devices.as_view(), name="api_devices"),
    path("devices/<uuid:device>/", care.OneDevice.as_view(), name="api_device"),
    path("devices/<uuid:device>/correction/", care.DeviceCorrection.as_view(), name="api_device_correction"),
    path("equipment/", care.Equipment.as_view(), name="api_equipment"),
    path("patients/<uuid:patient>/merges/", merging.Merges.as_view(), name="api_patient_merges"),
    path("protocols/", care.Protocols.as_view(), name="api_protocols"),
    path("protocols/<uuid:protocol>/retire/", care.ProtocolRetirement.as_view(), name="api_protocol_retire"),
    path("staff/<uuid:member>/work/", handing_over.Work.as_view(), name="api_staff_work"),
    path("visits/", visits.Visits.as_view(), name="api_visits"),
    path("visits/<uuid:visit>/", visits.OneVisit.as_view(), name="api_visit"),
    path("visits/<uuid:visit>/arrive/", appointments.Arrival.as_view(), name="api_visit_arrive"),
    path("visits/<uuid:visit>/missed/", appointments.Missed.as_view(), name="api_visit_missed"),
    path("visits/<uuid:visit>/reopen/", appointments.Reopening.as_view(), name="api_visit_reopen"),
    path("visits/<uuid:visit>/addenda/", appointments.Addenda.as_view(), name="api_addenda"),
]
