"""Addresses outside any clinic: the way in, and what a load balancer asks."""

from django.urls import path

from clinic.views import entrance

urlpatterns = [
    path("", entrance.home, name="home"),
    path("healthz", entrance.alive, name="healthz"),
    path("readyz", entrance.ready, name="readyz"),
]
