"""The first floor. Its label is "treatment", because `django.contrib.sessions` owns "sessions" (docs/adr/0001)."""

from django.apps import AppConfig


class TreatmentSessionsConfig(AppConfig):
    """What is done: devices, protocols, courses of care, plans and visits."""

    name = "sessions"
    label = "treatment"
    verbose_name = "Treatment sessions"
    default_auto_field = "django.db.models.BigAutoField"
