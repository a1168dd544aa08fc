"""A backup is whole or not there, opens with one key only, and is refused in plain words where it does not fit."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic.backup.manifest import Manifest
from clinic.backup.opening import manifest_of, private_keys
from clinic.local.servers import OWNER
from clinic.operation.version import VERSION
from tests.drill.restoring import back_up, key_pair
from tests.drill.stage import ROOT, Stage
from tests.embedded import Cluster

NAMES = (b"Bugspriet", b"Distelfink", "Ángela".encode(), b"patients.example")


@pytest.fixture(scope="module")
def stage(cluster: Cluster) -> Iterator[Stage]:
    """A clinic with answers, messages and a signed-in member of staff."""
    cluster.migrate()
    with Stage() as made:
        made.prepare("kept", 3)
        yield made


@pytest.fixture(scope="module")
def other() -> Iterator[Stage]:
    """A new cluster, without any table."""
    with Stage(empty=True) as made:
        yield made


@pytest.fixture(scope="module")
def keys(stage: Stage) -> tuple[Path, str]:
    return key_pair(stage)


@pytest.fixture(scope="module")
def file(stage: Stage, keys: tuple[Path, str]) -> Path:
    return back_up(stage, keys[1])


def _restore(other: Stage, file: Path, key: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    argv = ["manage.py", "restore", str(file), "--key", str(key)]
    return other.run(argv, check=False, **({"OWNER_DATABASE_URL": other.postgres.url(OWNER)} | environment))


def _is_empty(other: Stage) -> bool:
    return other.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0


def test_the_file_is_an_age_file_that_only_its_owner_may_read(file: Path) -> None:
    raw = file.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [name for name in NAMES if name in raw] == []


def test_the_manifest_counts_what_is_there_and_gives_no_key_away(stage: Stage, file: Path, keys: tuple[Path, str]) -> None:
    manifest: Manifest = manifest_of(file, private_keys(keys[0]))
    assert (manifest.version, manifest.postgres) == (VERSION, 18)
    for table in ("clinic_patient", "outcomes_response", "clinic_message"):
        assert manifest.tables[table][0] == stage.number(f"SELECT count(*) FROM {table}")
    assert manifest.tables["outcomes_response"][0] == len(manifest.samples["outcomes_response"]) > 0
    assert {"clinic_cache", "django_session"}.isdisjoint(manifest.tables)
    told = stage.environment()
    for secret in ("FIELD_KEYS", "TOKEN_KEY", "SECRET_KEY"):
        assert told[secret].encode() not in manifest.line()


def test_the_running_clinic_knows_when_it_was_backed_up_last(stage: Stage, file: Path) -> None:
    noted = "SELECT succeeded, detail FROM clinic_operation WHERE kind = 'backup' AND detail ->> 'file' = %s"
    [(succeeded, detail)] = stage.rows(noted, file.name)
    assert succeeded is True
    assert (detail["file"], detail["bytes"]) == (file.name, file.stat().st_size)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("another_key", "was encrypted to another public key"),
        ("no_key", "holds no private key"),
        ("cut_short", "damaged or incomplete"),
        ("one_byte_changed", "damaged or incomplete"),
        ("no_backup", "damaged or incomplete"),
        ("other_field_key", "FIELD_KEYS is not what it was when the backup was made"),
        ("other_token_key", "TOKEN_KEY is not what it was when the backup was made"),
        ("other_database", "lead to different databases"),
    ],
)
def test_what_cannot_be_restored_is_refused_in_words_and_leaves_nothing(
    other: Stage, stage: Stage, file: Path, keys: tuple[Path, str], tmp_path: Path, what: str, words: str
) -> None:
    key, wrong, environment = keys[0], tmp_path / "wrong.age", {}
    shutil.copy(file, wrong)
    raw = bytearray(file.read_bytes())
    if what == "another_key":
        key = tmp_path / "key"
        other.run(["manage.py", "backup_key", str(key)])
    elif what == "no_key":
        key = tmp_path / "key"
        key.write_text("# nothing\n")
    elif what == "cut_short":
        wrong.write_bytes(raw[:-20_000])
    elif what == "one_byte_changed":
        raw[-30_000] ^= 1
        wrong.write_bytes(raw)
    elif what == "no_backup":
        wrong.write_bytes(b"hello")
    elif what == "other_field_key":
        environment = {"FIELD_KEYS": base64.urlsafe_b64encode(b"another key, also of 32 bytes...").decode()}
    elif what == "other_token_key":
        environment = {"TOKEN_KEY": "another"}
    else:
        environment = {"OWNER_DATABASE_URL": stage.postgres.url(OWNER)}
    done = _restore(other, wrong, key, **environment)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Nothing was restored." in done.stderr
    assert "Traceback" not in done.stderr
    assert _is_empty(other)


def test_a_database_that_holds_something_is_never_restored_into(stage: Stage, file: Path, keys: tuple[Path, str]) -> None:
    before = stage.number("SELECT count(*) FROM clinic_patient")
    done = _restore(stage, file, keys[0])
    assert (done.returncode, "The database is not empty" in done.stderr) == (1, True)
    assert stage.number("SELECT count(*) FROM clinic_patient") == before


def test_the_newest_are_kept_and_what_was_left_unfinished_goes(stage: Stage, keys: tuple[Path, str], tmp_path: Path) -> None:
    for day in range(1, 4):
        (tmp_path / f"backlight-2026010{day}T030000Z.age").write_bytes(b"old")
    (tmp_path / "backlight-20260104T030000Z.age.unfinished").write_bytes(b"of a run that was killed")
    (tmp_path / "notes.age").write_bytes(b"somebody else's")
    stage.run(["manage.py", "backup", "--to", str(tmp_path), "--keep", "2"], BACKUP_PUBLIC_KEY=keys[1])
    left = sorted(path.name for path in tmp_path.iterdir())
    assert (left[0], left[2], len(left)) == ("backlight-20260103T030000Z.age", "notes.age", 3)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"BACKUP_PUBLIC_KEY": ""}, "BACKUP_PUBLIC_KEY is not set"),
        ({"BACKUP_PUBLIC_KEY": "age1nonsense"}, "The public key is none"),
        ({"BACKUP_DATABASE_URL": "", "BACKUP_PUBLIC_KEY": "age1nonsense"}, "BACKUP_DATABASE_URL is not set"),
        ({"BACKUP_DATABASE_URL": "app"}, "could not be read as the backup's role"),
        ({"BACKUP_DATABASE_URL": "nobody"}, "could not be read as the backup's role"),
    ],
)
def test_a_backup_that_fails_says_why_and_leaves_the_earlier_ones(
    stage: Stage, keys: tuple[Path, str], tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    earlier = tmp_path / "backlight-20260101T030000Z.age"
    earlier.write_bytes(b"earlier")
    roles = {"app": "backlight_app", "nobody": "backlight_nobody"}
    told: dict[str, Any] = {"BACKUP_PUBLIC_KEY": keys[1]} | environment
    if told.get("BACKUP_DATABASE_URL") in roles:
        told["BACKUP_DATABASE_URL"] = stage.postgres.url(roles[told["BACKUP_DATABASE_URL"]])
    done = stage.run(["manage.py", "backup", "--to", str(tmp_path), "--keep", "1"], check=False, **told)
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr
    assert list(tmp_path.iterdir()) == [earlier]


def test_the_version_is_that_of_the_project() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()


def _local(stage: Stage, data: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """`make backup` or `make restore` with a data folder; nothing of the stage's own environment but PATH."""
    environment = {"PATH": stage.environment()["PATH"], "DATA": str(data), "DEMO": "0"}
    command = [sys.executable, "-W", "ignore", "-m", "clinic.local.command", *argv]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)


def test_make_restore_fills_a_new_data_folder_once_its_keys_are_there(stage: Stage, file: Path, keys: tuple[Path, str]) -> None:
    data = stage.folder / "restored"
    argv = ("restore", str(file), "--key", str(keys[0]))
    refused = _local(stage, data, *argv)
    assert (refused.returncode, "Put the keys.json of the former data folder" in refused.stderr) == (1, True)
    told = stage.environment()
    (data / "keys.json").write_text(json.dumps({name: told[name] for name in ("SECRET_KEY", "TOKEN_KEY", "FIELD_KEYS")}))
    done = _local(stage, data, *argv)
    assert done.returncode == 0, done.stderr
    assert " FAIL " not in done.stdout
    assert done.stdout.count(" PASS ") >= 9
    report = data / "restore-report.json"
    assert all(check["passed"] is True for check in json.loads(report.read_text())["checks"].values())
    assert stage.run(["manage.py", "note_restore_test", str(report)]).stdout.endswith("was restored, 0 checks failed.\n")
    again = _local(stage, data, *argv)
    assert (again.returncode, "has a database already" in again.stderr) == (1, True)


def test_make_backup_needs_a_running_product(stage: Stage, tmp_path: Path) -> None:
    refused = _local(stage, tmp_path / "data", "backup")
    assert (refused.returncode, "does not run with" in refused.stderr) == (1, True)
