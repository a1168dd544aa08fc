"""The product's settings, collecting browser files without compressed copies."""

from clinic.config.settings import *  # noqa: F403
from clinic.config.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
