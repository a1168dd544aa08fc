"""The ground floor."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Organisation, staff, patients, messages, tasks, access and audit."""

    name = "clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clinic import (
            checks,  # noqa: F401  registers the system checks
            sign_in_events,
        )

        sign_in_events.listen()
