"""The top floor."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """What changes: instruments, surveys, responses, scores, trends and reports."""

    name = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
