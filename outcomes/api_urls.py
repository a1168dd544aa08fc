"""/api/v1/<clinic>/…"""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from clinic.permissions import public
from outcomes import api as outcomes_api
from sessions import api as sessions_api


@public("the description of the interface, without data")
class Schema(SpectacularAPIView):
    """The OpenAPI description."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []


urlpatterns: list[URLPattern] = [
    path("schema/", Schema.as_view(), name="api_schema"),
    path("<slug:clinic>/courses/", sessions_api.Courses.as_view(), name="api_courses"),
    path("<slug:clinic>/courses/<uuid:course>/trend/", outcomes_api.Trend.as_view(), name="api_trend"),
    path("<slug:clinic>/visits/", sessions_api.Visits.as_view(), name="api_visits"),
    path("<slug:clinic>/visits/<uuid:visit>/", sessions_api.OneVisit.as_view(), name="api_visit"),
    path("<slug:clinic>/responses/", outcomes_api.Responses.as_view(), name="api_responses"),
    path("<slug:clinic>/scores/", outcomes_api.Scores.as_view(), name="api_scores"),
]
