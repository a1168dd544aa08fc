"""The patient's pages, reached by a link."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
