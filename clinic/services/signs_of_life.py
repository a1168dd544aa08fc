"""Each program says every few seconds that it works; the poller also says whether what all of them need works: broker and mail.

The signs are rows of one table, overwritten, so that the health page asks PostgreSQL alone: a dead or frozen broker or mail server
must not slow a page down. Nothing here raises because something it looks at is down: that is what it writes down.
"""

from __future__ import annotations

import json
import smtplib
import tempfile
import time
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

WORKER, BEAT, POLLER, BROKER, MAIL, INVITER = "worker", "beat", "poller", "broker", "mail", "inviter"
QUEUE = "celery"  # Celery's own name for the only queue we have

_said: dict[str, float] = {}


def say(name: str, *, works: bool = True, **detail: Any) -> None:
    """Write down now, at the database's time, that something works or does not. `detail`: codes and numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clinic_heartbeat (name, at, works, detail) VALUES (%s, statement_timestamp(), %s, %s) "
            "ON CONFLICT (name) DO UPDATE SET at = excluded.at, works = excluded.works, detail = excluded.detail",
            [name, works, json.dumps(detail)],
        )


def is_time_for(name: str) -> bool:
    """Whether this process has not spoken about it for HEARTBEAT_SECONDS; from now on it has."""
    now = time.monotonic()
    if now - _said.get(name, -1e9) < settings.HEARTBEAT_SECONDS:
        return False
    _said[name] = now
    return True


def say_now_and_then(name: str) -> None:
    """Say that this program works, at most once in HEARTBEAT_SECONDS: for the inside of loops."""
    if is_time_for(name):
        say(name)


def look_around() -> None:
    """Look at the broker and the mail server, when it is time, and write down what was found. Takes their time-outs at the longest."""
    if is_time_for(BROKER):
        works, detail = _broker()
        say(BROKER, works=works, **detail)
    if is_time_for(MAIL):
        error = why_mail_does_not_leave()
        say(MAIL, works=not error, error=error)


def _broker() -> tuple[bool, dict[str, Any]]:
    if not settings.CELERY_BROKER_URL:
        return False, {"error": "not_set"}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options={"socket_timeout": 3, "socket_connect_timeout": 3}) as broker:
            channel: Any = broker.default_channel
            waiting: int = channel.client.llen(QUEUE)
    except (RedisError, KombuError, OSError):
        return False, {"error": "no_connection"}
    return True, {"waiting": waiting}


def why_mail_does_not_leave() -> str:
    """Greet the mail server as a sender would; the code of what went wrong, or nothing."""
    try:
        if settings.INBOX_DIR:
            tempfile.TemporaryFile(dir=settings.INBOX_DIR).close()  # the demo's inbox is a folder
            return ""
        mail = get_connection()
        mail.open()
        mail.close()
    except Exception as error:  # noqa: BLE001 - whatever a mail server does is an answer to the question
        return mail_error(error)
    return ""


def mail_error(error: Exception) -> str:
    """A code of ours for what a mail server did: what it said may hold an address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp_{error.smtp_code}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "recipient_refused"
    return "no_connection" if isinstance(error, OSError | smtplib.SMTPServerDisconnected) else "cannot_be_sent"
