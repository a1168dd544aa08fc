"""A backup of a busy installation, restored into a new cluster: everything is there, and nothing leaves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from clinic.local.servers import OWNER
from tests.drill.figures import Figure, at_most, exactly
from tests.drill.sending import inbox
from tests.drill.stage import Stage, wait_for

# Copies of the answers that are there, with new names: a backup's time depends on how many there are, not on what they say.
_MANY = """
INSERT INTO outcomes_response SELECT (r).* FROM (
    SELECT jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'receipt', gen_random_uuid(), 'source_key', '')) AS r
    FROM outcomes_response r, generate_series(1, %s)) AS copies
"""


def key_pair(stage: Stage) -> tuple[Path, str]:
    """A private key in a file, and its public half."""
    path = stage.folder / "private-key"
    said = stage.run(["manage.py", "backup_key", str(path)]).stdout
    return path, said.strip().partition("=")[2]


def back_up(stage: Stage, public: str, keep: int = 3) -> Path:
    """Run `manage.py backup`; the file it made."""
    folder = stage.folder / "backups"
    stage.run(["manage.py", "backup", "--to", str(folder), "--keep", str(keep)], BACKUP_PUBLIC_KEY=public)
    return max(folder.glob("*.age"))


def restored(messages: int, copies: int, hold_s: float, limit_s: float) -> Iterator[Figure]:
    """R12: back up, restore into a new cluster, check, see that nothing is sent, release."""
    with Stage() as stage, Stage(empty=True) as other:
        stage.prepare("kept", messages)
        if copies:
            stage.rows(_MANY + " RETURNING 1", copies)
        responses = stage.number("SELECT count(*) FROM outcomes_response")
        key, public = key_pair(stage)
        began = time.monotonic()
        file = back_up(stage, public)
        backup_s = time.monotonic() - began
        report = other.folder / "report.json"
        argv = ["manage.py", "restore", str(file), "--key", str(key), "--report", str(report)]
        done = other.run(argv, check=False, OWNER_DATABASE_URL=other.postgres.url(OWNER))
        total_s = time.monotonic() - began
        yield exactly("restored.exit_code", done.returncode, 0)
        checks = json.loads(report.read_text())["checks"]
        yield exactly("restored.checks_failed", sum(not check["passed"] for check in checks.values()), 0)
        yield Figure("restored.checks", len(checks) >= 9, str(len(checks)), ">=9")
        yield exactly("restored.responses", other.number("SELECT count(*) FROM outcomes_response"), responses)
        yield at_most("restored.seconds", round(total_s, 1), limit_s, "s")
        yield Figure("restored.backup", backup_s > 0, f"{backup_s:.1f}s", f"{file.stat().st_size / 1e6:.1f}MB")
        yield from _hold(other, messages, hold_s)


def _hold(other: Stage, messages: int, hold_s: float) -> Iterator[Figure]:
    other.start("poller", ["-W", "ignore", "manage.py", "send_outbox", "--loop"])
    began = time.monotonic()
    wait_for(lambda: time.monotonic() - began >= hold_s, hold_s + 5, "the hold")
    yield exactly("restored.sent_on_hold", len(inbox(other)), 0)
    other.run(["manage.py", "release_hold", "--send-waiting"])
    seconds = wait_for(lambda: len(set(inbox(other))) == messages, 60, "sending after the release")
    yield at_most("restored.sent_after_release", round(seconds, 1), 60, "s")
