"""Reading a backup: decrypted while it is read, the manifest first, the dump straight into pg_restore."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pyrage
from pyrage import x25519

from clinic.backup.manifest import Manifest
from clinic.backup.programs import program, surroundings

_LONGEST_MANIFEST = 16 * 1024 * 1024


class CannotOpen(Exception):
    """The backup cannot be read; the message says why."""


class _Stop(Exception):
    """Everything that was wanted has been read."""


class _Split(io.RawIOBase):
    """Takes what is decrypted: the first line apart, everything after it to `rest` (nowhere: stop after the line)."""

    def __init__(self, rest: io.BufferedIOBase | None) -> None:
        self.first, self.whole_first, self.rest = b"", False, rest

    def writable(self) -> bool:
        return True

    def write(self, block: Any) -> int:
        data = bytes(block)
        if not self.whole_first:
            line, newline, data = data.partition(b"\n")
            self.first += line + newline
            self.whole_first = bool(newline)
            if len(self.first) > _LONGEST_MANIFEST:
                raise ValueError("This file is no backup of Backlight.")
        if self.whole_first and self.rest is None:
            raise _Stop
        if data and self.rest is not None:
            self.rest.write(data)
        return len(block)


def private_keys(path: Path) -> list[Any]:
    """The private keys of a file as `make backup-key` (or age-keygen) writes it. Raises CannotOpen."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise CannotOpen(f"The file of the private key cannot be read: {path}.") from error
    except pyrage.IdentityError as error:
        raise CannotOpen(f"{path} holds no private key. It has a line that begins with AGE-SECRET-KEY-1.") from error
    if not found:
        raise CannotOpen(f"{path} holds no private key.")
    return found


def manifest_of(path: Path, keys: list[Any]) -> Manifest:
    """What a backup says about itself. Raises CannotOpen."""
    split = _Split(None)
    _decrypt(path, keys, split)
    return _manifest(split)


def load(path: Path, keys: list[Any], url: str, server: int) -> Manifest:
    """Put the whole backup into an empty database, or nothing of it. Raises CannotOpen."""
    argv = [str(program("pg_restore", server)), "--dbname=", "--no-owner", "--no-password", "--exit-on-error", "--single-transaction"]
    with tempfile.TemporaryFile() as said:
        restore = subprocess.Popen(argv, env=surroundings(url), stdin=subprocess.PIPE, stdout=said, stderr=said)
        assert restore.stdin is not None  # noqa: S101
        split = _Split(restore.stdin)  # type: ignore[arg-type]
        try:
            _decrypt(path, keys, split)
            restore.stdin.close()
        except (BrokenPipeError, CannotOpen) as error:
            # It must never see an end of its input: what it has is not the whole backup.
            if isinstance(error, CannotOpen):
                restore.kill()
                restore.wait()
                raise
        if restore.wait() != 0:
            said.seek(0)
            words = [line for line in said.read().decode(errors="replace").splitlines() if "error" in line.lower()]
            raise CannotOpen(f"pg_restore failed, nothing was restored: {words[0] if words else restore.returncode}")
    return _manifest(split)


def _manifest(split: _Split) -> Manifest:
    try:
        return Manifest.read(split.first)
    except ValueError as error:
        raise CannotOpen(str(error)) from error


def _decrypt(path: Path, keys: list[Any], split: _Split) -> None:
    try:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, split, keys)
    except _Stop:
        pass
    except BrokenPipeError:
        raise
    except (OSError, pyrage.DecryptError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # without a number it is what the decryption says
            raise CannotOpen(f"The backup cannot be read: {error}") from error
        said = str(error)
        if "No matching keys" in said:
            raise CannotOpen("This private key does not open this backup: it was encrypted to another public key.") from error
        raise CannotOpen(f"The backup is damaged or incomplete: {said}") from error
