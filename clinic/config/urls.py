"""Every address. A clinic's pages stand under /c/<clinic>/, so that two tabs never mix two clinics."""

from django.urls import include, path
from django.views.generic import RedirectView

# allauth's own overviews of second factors: ours shows all of it on one page.
_overview = RedirectView.as_view(pattern_name="own_sign_in")

urlpatterns = [
    path("accounts/2fa/", _overview),
    path("accounts/2fa/webauthn/", _overview),
    path("accounts/email/", _overview),  # an address is what an administrator invited
    path("accounts/", include("allauth.urls")),
    path("c/<slug:clinic>/", include("clinic.urls")),
    path("c/<slug:clinic>/", include("sessions.urls")),
    path("c/<slug:clinic>/", include("outcomes.urls")),
    path("api/v1/", include("outcomes.api.urls")),
    path("", include("outcomes.survey.urls")),
    path("", include("sessions.link_urls")),
    path("", include("clinic.root_urls")),
]

handler400 = "clinic.pages.bad_request"
handler403 = "clinic.pages.forbidden"
handler404 = "clinic.pages.not_found"
handler500 = "clinic.pages.server_error"
