"""The web server's settings behind a TLS proxy, in a container or under systemd."""

import os
from pathlib import Path

from clinic.operation.web_server import LOGGING, process_ended

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = False  # charts must not be drawn before a fork
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (the heartbeat file, unlinked at once)
control_socket_disable = True  # nobody talks to it
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
accesslog = None  # addresses of surveys are secrets: requests are not logged here
errorlog = "-"
logconfig_dict, child_exit = LOGGING, process_ended
