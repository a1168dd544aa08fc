"""A clinic's top-floor pages: today, the patient's record, the visit, due surveys, reports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
