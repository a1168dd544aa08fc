"""A clinic's first-floor pages: devices, protocols, courses and plans, and what a visit posts."""

from django.urls import URLPattern, path

from sessions.views import booking, calendar, courses, devices, feed, handing_over, laser_rules, measurements, merging, plans

urlpatterns: list[URLPattern] = [
    path("patients/<uuid:patient>/courses/new/", courses.new_course, name="course_new"),
    path("patients/<uuid:patient>/merge/", merging.merge, name="patient_merge"),
    path("courses/<uuid:course>/edit/", courses.edit_course, name="course_edit"),
    path("courses/<uuid:course>/end/", courses.end, name="course_end"),
    path("courses/<uuid:course>/plan/", plans.plan, name="plan"),
    path("courses/<uuid:course>/plan/print/", plans.printed_plan, name="plan_print"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/", feed.calendar_feeds, name="calendar_feeds"),
    path("calendar/settings/", calendar.calendar_settings, name="calendar_settings"),
    path("courses/<uuid:course>/book/", booking.book, name="book_visits"),
    path("visits/<uuid:visit>/move/", booking.move, name="visit_move"),
    path("patients/<uuid:patient>/card/", calendar.appointment_card, name="appointment_card"),
    path("staff/<uuid:member>/work/", handing_over.staff_work, name="staff_work"),
    path("devices/", devices.devices, name="devices"),
    path("devices/rules/", laser_rules.rules, name="laser_rules"),
    path("devices/new/", devices.new_device, name="device_new"),
    path("devices/<uuid:device>/", devices.edit_device, name="device_edit"),
    path("devices/<uuid:device>/correct/", devices.correct, name="device_correct"),
    path("devices/<uuid:device>/measurements/", measurements.measurements, name="device_measurements"),
    path("devices/<uuid:device>/protocols/new/", devices.new_protocol, name="protocol_new"),
    path("protocols/<uuid:protocol>/", devices.edit_protocol, name="protocol_edit"),
    path("protocols/<uuid:protocol>/retire/", devices.retire, name="protocol_retire"),
]
