"""What the link of a reminder opens, and of a calendar feed."""

from django.urls import URLPattern, path

from sessions.views import cannot_come, feed

urlpatterns: list[URLPattern] = [
    path("v/<str:token>", cannot_come.cannot_come, name="cannot_come"),
    path("feed/<str:token>", feed.calendar_feed, name="calendar_feed"),
]
