"""The ground floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    """Organisation, staff, patients, messages, tasks, access and audit."""

    name = "clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clinic import checks  # noqa: F401  registers the system checks
        from clinic.database.history import let_only_the_owner_ignore
        from clinic.signing_in import sign_in_events

        post_migrate.connect(let_only_the_owner_ignore, sender=self)
        sign_in_events.listen()
