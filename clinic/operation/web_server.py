"""What gunicorn does the same way wherever it runs: its own lines as JSON, and tidying up the numbers of a process that ended."""

from __future__ import annotations

import os
from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "clinic.operation.logs.json_lines"}},
    "filters": {"secrets": {"()": "clinic.operation.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["secrets"]}},
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}


def process_ended(_server: Any, worker: Any) -> None:
    """What a web process has counted stays in the sums; what it held at the moment does not."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client.multiprocess import mark_process_dead  # reads the environment when it is imported

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
