"""A clinic's top-floor pages: today, the patient's record, the visit, due surveys, reports."""

from django.urls import URLPattern, path

from outcomes.views import demo, erasing, record, reports, responses, surveys, today, visit

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
    path("visits/<uuid:visit>/reopen/", today.reopen, name="visit_reopen"),
    path("visits/<uuid:visit>/addenda/", visit.addendum, name="visit_addendum"),
    path("courses/<uuid:course>/walk-in/", today.begin_walk_in, name="walk_in"),
    path("visits/<uuid:visit>/surveys/", surveys.due_surveys, name="due_surveys"),
    path("invitations/<uuid:invitation>/tablet/", surveys.hand_over, name="hand_over"),
    path("invitations/<uuid:invitation>/mail/", surveys.mail_link, name="mail_link"),
    path("invitations/<uuid:invitation>/withdraw/", surveys.withdraw, name="withdraw_invitation"),
    path("invitations/<uuid:invitation>/enter/<slug:how>/", surveys.enter_answers, name="enter_answers"),
    path("invitations/<uuid:invitation>/paper/", surveys.paper, name="paper_form"),
    path("responses/<uuid:given>/void/", responses.void, name="response_void"),
    path("erasures/", erasing.erasures, name="erasures"),
    path("demo/remove/", demo.remove, name="demo_remove"),
    path("paper-forms/", surveys.paper_entry, name="paper_entry"),
]
