"""A clinic's top-floor pages: today, the patient's record, the visit, due surveys, reports."""

from django.urls import URLPattern, path

from outcomes.views import record, reports, today, visit

urlpatterns: list[URLPattern] = [
    path("patients/<uuid:patient>/", record.patient, name="patient"),
    path("courses/<uuid:course>/", record.course, name="course"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:report>/", reports.report, name="report"),
    path("reports/<slug:report>/table.csv", reports.table, name="report_table"),
    path("today/", today.today, name="today"),
    path("visits/<uuid:visit>/", visit.visit, name="visit"),
    path("visits/<uuid:visit>/draft/", visit.draft, name="visit_draft"),
    path("visits/<uuid:visit>/arrive/", today.arrive, name="visit_arrive"),
    path("visits/<uuid:visit>/missed/", today.missed, name="visit_missed"),
    path("visits/<uuid:visit>/addenda/", visit.addendum, name="visit_addendum"),
    path("courses/<uuid:course>/walk-in/", today.begin_walk_in, name="walk_in"),
    path("courses/<uuid:course>/book/", today.book, name="book_visits"),
]
