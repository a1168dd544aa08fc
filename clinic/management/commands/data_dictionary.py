"""`manage.py data_dictionary`: write the data dictionary of an export, as Markdown."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from clinic.exporting.document import page
from clinic.exporting.tables import tables


class Command(BaseCommand):
    """Print it; reads models and definitions only, no database."""

    help = "Print the data dictionary of an export as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, in English."""
        with translation.override("en"):
            self.stdout.write(page(tables(with_names=True)), ending="")
