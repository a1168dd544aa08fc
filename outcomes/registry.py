"""The instruments of this installation: the shipped ones and the clinic's own folder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from outcomes.instruments import Registry, load_instruments


def instruments() -> Registry:
    """All instruments, read and checked once per process."""
    folder = settings.DEFINITIONS_DIR
    return load_instruments((Path(folder),) if folder else ())
