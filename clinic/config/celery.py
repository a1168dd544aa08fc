"""The entry point of worker and beat. Tasks are found in each app's `tasks` module."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
# `migrate` runs all checks before anything is started. Here they would load every page, 26 MB in each process that shows none.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("backlight", task_cls="clinic.tasks:ScopedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
