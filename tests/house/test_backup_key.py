"""The keys of backups are made where there is no server, hence with nothing in the environment."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from pyrage import decrypt, encrypt, x25519

ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str, at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clinic.backup.key_pair", *arguments], cwd=at, env={}, capture_output=True, text=True, check=False
    )


def test_a_pair_of_keys_is_made_without_any_settings_and_its_halves_fit(tmp_path: Path) -> None:
    path = tmp_path / "backlight-backup.key"
    made = _run(str(path))
    assert made.returncode == 0, made.stderr
    assert str(path) in made.stderr
    public = made.stdout.removeprefix("BACKUP_PUBLIC_KEY=").strip()
    [private] = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    sealed = encrypt(b"the whole database", [x25519.Recipient.from_str(public)])
    assert decrypt(sealed, [x25519.Identity.from_str(private)]) == b"the whole database"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("the only copy")
    refused = _run(str(path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Nothing was made" in refused.stderr
    assert path.read_text() == "the only copy"
