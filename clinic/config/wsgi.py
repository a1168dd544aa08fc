"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
os.environ.setdefault("SERVES_REQUESTS", "1")  # with limits for statements that a person waits for
application = get_wsgi_application()
