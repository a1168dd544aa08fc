"""A clinic's ground-floor pages: people, messages, tasks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
