"""/api/v1/: the description, then each clinic's addresses, floor by floor."""

from django.urls import URLPattern, URLResolver, include, path

from clinic.api_schema import schema
from outcomes import api, api_surveys

_of_a_clinic: list[URLPattern | URLResolver] = [
    path("", include("clinic.api_urls")),
    path("", include("sessions.api_urls")),
    path("courses/<uuid:course>/trend/", api.Trend.as_view(), name="api_trend"),
    path("invitations/", api_surveys.Invitations.as_view(), name="api_invitations"),
    path("invitations/<uuid:invitation>/link/", api_surveys.SurveyLink.as_view(), name="api_survey_link"),
    path("invitations/<uuid:invitation>/mail/", api_surveys.SurveyMail.as_view(), name="api_survey_mail"),
    path("invitations/<uuid:invitation>/withdraw/", api_surveys.Withdrawal.as_view(), name="api_survey_withdraw"),
    path("reports/", api_surveys.Reports.as_view(), name="api_reports"),
    path("reports/<slug:report>/", api_surveys.OneReport.as_view(), name="api_report"),
    path("reports/<slug:report>/table/", api_surveys.ReportTable.as_view(), name="api_report_table"),
    path("responses/", api.Responses.as_view(), name="api_responses"),
    path("responses/<uuid:given>/", api.OneResponse.as_view(), name="api_response"),
    path("responses/<uuid:given>/void/", api_surveys.ResponseVoiding.as_view(), name="api_response_void"),
    path("scores/", api.Scores.as_view(), name="api_scores"),
    path("visits/<uuid:visit>/survey/", api_surveys.Offer.as_view(), name="api_survey_offer"),
]

urlpatterns = [
    path("schema/", schema, name="api_schema"),
    path("<slug:clinic>/", include(_of_a_clinic)),
]
