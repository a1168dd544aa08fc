"""/api/v1/: the description, then each clinic's addresses, floor by floor."""

from django.urls import include, path

from clinic.api_schema import schema
from outcomes import api

urlpatterns = [
    path("schema/", schema, name="api_schema"),
    path("<slug:clinic>/", include("sessions.api_urls")),
    path("<slug:clinic>/courses/<uuid:course>/trend/", api.Trend.as_view(), name="api_trend"),
    path("<slug:clinic>/responses/", api.Responses.as_view(), name="api_responses"),
    path("<slug:clinic>/responses/<uuid:given>/", api.OneResponse.as_view(), name="api_response"),
    path("<slug:clinic>/scores/", api.Scores.as_view(), name="api_scores"),
]
