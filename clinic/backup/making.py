"""Making a backup: one snapshot, described and dumped, encrypted while it is written, in place only when it is whole."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyrage
from pyrage import x25519

from clinic.backup.manifest import FORMAT, NOT_KEPT, Manifest, fingerprints, migrations, sample, tables, write_alike
from clinic.backup.programs import ProgramMissing, program, surroundings
from clinic.operation.version import VERSION

_STEM, _SUFFIX, _UNFINISHED = "backlight-", ".age", ".unfinished"


class BackupFailed(Exception):
    """No backup was made; the message says why. What was made before is untouched."""


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    rows: int
    tables: int
    removed: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to back up, for whom, where to. `keys`: kind → keys of the environment, for their fingerprints."""

    url: str
    public_keys: list[str]
    folder: Path
    keep: int
    sampled: tuple[str, ...]
    keys: dict[str, list[str]]


class _Payload(io.RawIOBase):
    """The manifest's line, then everything that pg_dump writes; never more than one block in memory."""

    def __init__(self, first: bytes, rest: io.BufferedIOBase) -> None:
        self.first, self.rest = io.BytesIO(first), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self.first.read(len(buffer)) or self.rest.read1(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def back_up(wish: Wish) -> Made:
    """Write one encrypted backup into the folder, then forget the oldest but `keep`. Raises BackupFailed."""
    try:
        recipients = [x25519.Recipient.from_str(key.strip()) for key in wish.public_keys]
    except (pyrage.RecipientError, ValueError) as error:
        raise BackupFailed("The public key is none: it begins with age1 and is made by `make backup-key`.") from error
    if not recipients:
        raise BackupFailed("BACKUP_PUBLIC_KEY is not set. Make a pair with `make backup-key`, elsewhere than on the server.")
    now = datetime.now(UTC)
    path = wish.folder / f"{_STEM}{now:%Y%m%dT%H%M%S}Z{_SUFFIX}"
    try:
        wish.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _unfinished(path) as file, psycopg.connect(wish.url) as connection:
            manifest, snapshot = _described(connection, wish, now)
            _dump(wish.url, manifest, snapshot, recipients, file)
    except psycopg.Error as error:
        raise BackupFailed(f"The database could not be read as the backup's role: {str(error).strip().splitlines()[0]}") from error
    except (OSError, ProgramMissing) as error:
        raise BackupFailed(str(error)) from error
    rows = sum(int(each[0]) for each in manifest.tables.values())
    return Made(path, path.stat().st_size, rows, len(manifest.tables), tuple(_forget(wish.folder, wish.keep)))


def backups(folder: Path) -> list[Path]:
    """The finished backups of a folder, oldest first."""
    return sorted(folder.glob(f"{_STEM}*{_SUFFIX}"))


def _forget(folder: Path, keep: int) -> Iterator[Path]:
    for old in backups(folder)[: -max(keep, 1)]:
        old.unlink()
        yield old


@contextlib.contextmanager
def _unfinished(path: Path) -> Iterator[io.BufferedWriter]:
    """A file beside its place, moved there when everything is on the disk; removed when anything goes wrong."""
    beside = path.with_name(path.name + _UNFINISHED)
    for stale in path.parent.glob(f"{_STEM}*{_UNFINISHED}"):  # of a run that was killed
        stale.unlink()
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _described(connection: psycopg.Connection[Any], wish: Wish, now: datetime) -> tuple[Manifest, str]:
    """The manifest, and the name of the snapshot it describes; the transaction stays open for pg_dump."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    write_alike(connection)
    row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000").fetchone()
    assert row is not None  # noqa: S101
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        version=VERSION,
        postgres=int(row[1]),
        migrations=migrations(connection),
        tables=tables(connection),
        samples={table: sample(connection, table) for table in wish.sampled},
        keys={kind: fingerprints(keys) for kind, keys in wish.keys.items()},
    )
    return manifest, str(row[0])


def _dump(url: str, manifest: Manifest, snapshot: str, recipients: list[Any], file: io.BufferedWriter) -> None:
    argv = [str(program("pg_dump", manifest.postgres)), "--format=custom", "--compress=6", "--no-password", f"--snapshot={snapshot}"]
    argv += [f"--exclude-table-data=public.{table}" for table in NOT_KEPT]
    with tempfile.TemporaryFile() as said:
        dump = subprocess.Popen(argv, env=surroundings(url), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        assert dump.stdout is not None  # noqa: S101
        try:
            pyrage.encrypt_io(_Payload(manifest.line(), dump.stdout), file, recipients)  # type: ignore[arg-type]
        finally:
            dump.stdout.close()
            code = dump.wait()
        if code != 0:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            raise BackupFailed(f"pg_dump failed: {words[0] if words else code}")
