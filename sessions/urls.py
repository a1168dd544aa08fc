"""A clinic's first-floor pages: devices, protocols, courses and plans, and what a visit posts."""

from django.urls import URLPattern, path

from sessions.views import courses, devices, handing_over, merging, plans

urlpatterns: list[URLPattern] = [
    path("patients/<uuid:patient>/courses/new/", courses.new_course, name="course_new"),
    path("patients/<uuid:patient>/merge/", merging.merge, name="patient_merge"),
    path("courses/<uuid:course>/edit/", courses.edit_course, name="course_edit"),
    path("courses/<uuid:course>/end/", courses.end, name="course_end"),
    path("courses/<uuid:course>/plan/", plans.plan, name="plan"),
    path("courses/<uuid:course>/plan/print/", plans.printed_plan, name="plan_print"),
    path("staff/<uuid:member>/work/", handing_over.staff_work, name="staff_work"),
    path("devices/", devices.devices, name="devices"),
    path("devices/new/", devices.new_device, name="device_new"),
    path("devices/<uuid:device>/", devices.edit_device, name="device_edit"),
    path("devices/<uuid:device>/correct/", devices.correct, name="device_correct"),
    path("devices/<uuid:device>/protocols/new/", devices.new_protocol, name="protocol_new"),
    path("protocols/<uuid:protocol>/", devices.edit_protocol, name="protocol_edit"),
    path("protocols/<uuid:protocol>/retire/", devices.retire, name="protocol_retire"),
]
