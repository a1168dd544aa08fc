"""The demo's own mail inbox: every mail becomes a file in the folder of its clinic, and leaves the machine nowhere."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

ELSEWHERE = "no-clinic"
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class InboxMail:
    """One mail as the inbox page shows it."""

    to: str
    subject: str
    received_at: datetime | None
    paragraphs: tuple[str, ...]
    link: str


class InboxBackend(BaseEmailBackend):
    """Django's way to send mail, into INBOX_DIR/<clinic id>/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each mail as a file of its own; complete or not there at all."""
        for mail in email_messages:
            folder = _folder(str(mail.extra_headers.get("X-Backlight-Clinic", ELSEWHERE)))
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = folder / f".{time.time_ns()}.new"
            unfinished.write_bytes(mail.message().as_bytes())
            unfinished.rename(folder / f"{time.time_ns()}.eml")
        return len(email_messages)


def mails_of(clinic_id: UUID, *, limit: int = 50) -> list[InboxMail]:
    """The newest mails of one clinic."""
    files = sorted(_folder(str(clinic_id)).glob("*.eml"), reverse=True)[:limit]
    return [_read(file) for file in files]


def forget(clinic_id: UUID) -> None:
    """Throw away the mails of one clinic."""
    if settings.INBOX_DIR:
        shutil.rmtree(_folder(str(clinic_id)), ignore_errors=True)


def forget_mails_to(clinic_id: UUID, addresses: Collection[str]) -> None:
    """Throw away the mails of one clinic that went to one of these addresses."""
    wanted = {address.casefold() for address in addresses}
    for file in _folder(str(clinic_id)).glob("*.eml") if settings.INBOX_DIR and wanted else ():
        if any(address in _read(file).to.casefold() for address in wanted):
            file.unlink(missing_ok=True)


def _folder(name: str) -> Path:
    safe = name if name == ELSEWHERE else str(UUID(name))
    return Path(settings.INBOX_DIR) / safe


def _instant(text: str) -> datetime:
    at = parsedate_to_datetime(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # "-0000" says UTC without a zone


def _read(file: Path) -> InboxMail:
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = mail.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    link = _LINK.search(text)
    return InboxMail(
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        received_at=_instant(str(mail["Date"])) if mail["Date"] else None,
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip() and not part.strip().startswith("http")),
        link=link.group() if link else "",
    )
