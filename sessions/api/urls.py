"""/api/v1/<clinic>/: courses, plans, devices, protocols, visits, and two records of one person."""

from django.urls import path

from sessions.api import appointments, calendar, care, handing_over, laser_rules, measurements, merging, visits

urlpatterns = [
    path("courses/", visits.Courses.as_view(), name="api_courses"),
    path("courses/<uuid:course>/", visits.OneCourse.as_view(), name="api_course"),
    path("courses/<uuid:course>/change/", care.CourseChange.as_view(), name="api_course_change"),
    path("courses/<uuid:course>/end/", care.CourseEnd.as_view(), name="api_course_end"),
    path("courses/<uuid:course>/plan/", care.CoursePlan.as_view(), name="api_plan"),
    path("courses/<uuid:course>/visits/", appointments.Booking.as_view(), name="api_book"),
    path("courses/<uuid:course>/visits/series/", calendar.Series.as_view(), name="api_book_series"),
    path("courses/<uuid:course>/walk-in/", appointments.WalkIn.as_view(), name="api_walk_in"),
    path("devices/", care.Devices.as_view(), name="api_devices"),
    path("devices/rules/", laser_rules.Rules.as_view(), name="api_laser_rules"),
    path("devices/<uuid:device>/", care.OneDevice.as_view(), name="api_device"),
    path("devices/<uuid:device>/correction/", care.DeviceCorrection.as_view(), name="api_device_correction"),
    path("devices/<uuid:device>/measurements/", measurements.Measurements.as_view(), name="api_measurements"),
    path("equipment/", care.Equipment.as_view(), name="api_equipment"),
    path("patients/<uuid:patient>/merges/", merging.Merges.as_view(), name="api_patient_merges"),
    path("protocols/", care.Protocols.as_view(), name="api_protocols"),
    path("protocols/<uuid:protocol>/retire/", care.ProtocolRetirement.as_view(), name="api_protocol_retire"),
    path("settings/calendar/", calendar.Rules.as_view(), name="api_calendar"),
    path("settings/rooms/", calendar.Rooms.as_view(), name="api_rooms"),
    path("settings/rooms/<uuid:room>/", calendar.OneRoom.as_view(), name="api_room"),
    path("settings/closed-days/", calendar.ClosedDays.as_view(), name="api_closed_days"),
    path("settings/closed-days/<uuid:closed>/open/", calendar.Reopening.as_view(), name="api_closed_day_open"),
    path("staff/<uuid:member>/work/", handing_over.Work.as_view(), name="api_staff_work"),
    path("visits/", visits.Visits.as_view(), name="api_visits"),
    path("visits/<uuid:visit>/", visits.OneVisit.as_view(), name="api_visit"),
    path("visits/<uuid:visit>/arrive/", appointments.Arrival.as_view(), name="api_visit_arrive"),
    path("visits/<uuid:visit>/move/", calendar.Move.as_view(), name="api_visit_move"),
    path("visits/<uuid:visit>/missed/", appointments.Missed.as_view(), name="api_visit_missed"),
    path("visits/<uuid:visit>/reopen/", appointments.Reopening.as_view(), name="api_visit_reopen"),
    path("visits/<uuid:visit>/addenda/", appointments.Addenda.as_view(), name="api_addenda"),
]
