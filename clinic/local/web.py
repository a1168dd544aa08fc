"""gunicorn's settings for one machine: `gunicorn -c python:clinic.local.web`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from clinic.operation.web_server import LOGGING, process_ended

bind = f"fd://{os.environ['BACKLIGHT_SOCKET']}"  # the supervisor's socket: it has been listening since the first second
workers = 2
worker_class = "gthread"
threads = 4
preload_app = False  # charts must not be drawn before a fork (docs/adr)
control_socket_disable = True  # nobody talks to it
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (gunicorn's heartbeat file, unlinked at once)
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
errorlog = "-"
logconfig_dict, child_exit = LOGGING, process_ended


def post_worker_init(_worker: Any) -> None:
    """Tell the supervisor that a web process has loaded everything and takes visitors."""
    Path(os.environ["BACKLIGHT_WEB_READY"]).touch()
