"""Log lines as JSON, one event each: when, how grave, which part, what. Never a name, an answer, an address or a secret.

Messages of our own are fixed words with ids and codes. What others log is cut down: secrets in addresses go, and of an exception
its kind and the places in the code remain, because its message may quote a row ("Key (…)=(…) already exists") or a form.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

# A survey's link, a link for a new password, and anything that stands behind a question mark.
_SECRET = re.compile(r"(/s/|/reset/key/)[A-Za-z0-9._~%-]+|\?[^\s\"']+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TOLD_BY_CELERY = {"exc", "traceback", "args", "kwargs", "return_value"}


class HideSecrets(logging.Filter):
    """Cut secrets and addresses out of every line, whoever logs it, and what an exception says out of Celery's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line where it says too much; every line passes."""
        if isinstance(record.args, dict):
            record.args = {key: "…" if key in _TOLD_BY_CELERY else value for key, value in record.args.items()}
        said = record.getMessage()
        record.msg, record.args = _ADDRESS.sub("…", _SECRET.sub(lambda found: (found.group(1) or "?") + "…", said)), ()
        return True


def _kind_and_places(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Instead of an exception's text: what kind it was, in which lines, and what it came from."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    if isinstance(told, tuple) and told[0] is not None:
        event["exception"] = _chain(told[1])
    return event


def _chain(error: BaseException | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 5:
        found.append({"kind": f"{type(error).__module__}.{type(error).__name__}", "at": _places(error.__traceback__)})
        error = error.__cause__ or error.__context__
    return found


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]


def json_lines() -> logging.Formatter:
    """The formatter of every handler. Fields: at, level, logger, event; request_id, route and the like where a line brings them."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow={"request_id", "route", "status", "ms", "method"}),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _kind_and_places,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
