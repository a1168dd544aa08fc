"""/api/v1/: the description, then each clinic's addresses, floor by floor."""

from django.urls import URLPattern, URLResolver, include, path

from clinic.api.schema import schema
from outcomes.api import responses, surveys

_of_a_clinic: list[URLPattern | URLResolver] = [
    path("", include("clinic.api.urls")),
    path("", include("sessions.api.urls")),
    path("courses/<uuid:course>/trend/", responses.Trend.as_view(), name="api_trend"),
    path("invitations/", surveys.Invitations.as_view(), name="api_invitations"),
    path("invitations/<uuid:invitation>/link/", surveys.SurveyLink.as_view(), name="api_survey_link"),
    path("invitations/<uuid:invitation>/mail/", surveys.SurveyMail.as_view(), name="api_survey_mail"),
    path("invitations/<uuid:invitation>/withdraw/", surveys.Withdrawal.as_view(), name="api_survey_withdraw"),
    path("reports/", surveys.Reports.as_view(), name="api_reports"),
    path("reports/<slug:report>/", surveys.OneReport.as_view(), name="api_report"),
    path("reports/<slug:report>/table/", surveys.ReportTable.as_view(), name="api_report_table"),
    path("responses/", responses.Responses.as_view(), name="api_responses"),
    path("responses/<uuid:given>/", responses.OneResponse.as_view(), name="api_response"),
    path("responses/<uuid:given>/void/", surveys.ResponseVoiding.as_view(), name="api_response_void"),
    path("scores/", responses.Scores.as_view(), name="api_scores"),
    path("visits/<uuid:visit>/survey/", surveys.Offer.as_view(), name="api_survey_offer"),
]

urlpatterns = [
    path("schema/", schema, name="api_schema"),
    path("<slug:clinic>/", include(_of_a_clinic)),
]
