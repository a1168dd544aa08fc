"""Addresses outside any clinic: the way in, and what a load balancer asks."""

from django.urls import path

from clinic.views import entrance, probes, setup, staff_invitations

urlpatterns = [
    path("", entrance.home, name="home"),
    path("setup/", setup.setup, name="setup"),
    path("join/<str:token>/", staff_invitations.staff_join, name="staff_join"),
    path("health/live", probes.live, name="health_live"),
    path("health/ready", probes.ready, name="health_ready"),
    path("metrics", probes.metrics, name="metrics"),
    path("healthz", probes.live, name="healthz"),  # the names some orchestrators ask by themselves
    path("readyz", probes.ready, name="readyz"),
]
