"""Addresses outside any clinic: the way in, and what a load balancer asks."""

from django.urls import path

from clinic.views import entrance, look, own_sign_in, probes, setup, staff_invitations

urlpatterns = [
    path("", entrance.home, name="home"),
    path("look/", look.look, name="look"),
    path("setup/", setup.setup, name="setup"),
    path("join/<str:token>/", staff_invitations.staff_join, name="staff_join"),
    path("account/", own_sign_in.overview, name="own_sign_in"),
    path("account/browsers/others/sign-out/", own_sign_in.sign_out_elsewhere, name="own_sign_out_others"),
    path("account/browsers/<uuid:browser>/sign-out/", own_sign_in.sign_out_one, name="own_sign_out"),
    path("health/live", probes.live, name="health_live"),
    path("health/ready", probes.ready, name="health_ready"),
    path("metrics", probes.metrics, name="metrics"),
    path("healthz", probes.live, name="healthz"),  # the names some orchestrators ask by themselves
    path("readyz", probes.ready, name="readyz"),
]
