"""/api/v1/<clinic>/…"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
