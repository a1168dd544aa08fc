"""A clinic's first-floor pages: devices, protocols, courses and plans, and what a visit posts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
