"""What a clinic's server is built from: read, checked and, where this machine can, run."""

from __future__ import annotations

import base64
import configparser
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import get_commands

from clinic.local.servers import OWNER
from tests.drill.stage import Stage, free_port
from tests.embedded import ROOT, Cluster
from tests.running import Processes

DEPLOY = ROOT / "deploy"
COMPOSE = ROOT / "compose.yaml"
SCHEMA = ROOT / "tests/data/compose-spec/compose-spec.json"
PROGRAMS = {"migrate", "web", "worker", "beat", "poller", "backup"}
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "User": "backlight",
    "UMask": "0077",
}


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return found


def _example(name: str) -> dict[str, str]:
    lines = (DEPLOY / "env" / f"{name}.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _production(cluster: Cluster) -> dict[str, str]:
    """The environment of the web server as the examples lead to it, with this run's database and keys of its own."""
    told = _example("backlight") | _example("web")
    keys = {"SECRET_KEY": "k" * 60 + "0123456789abcdef", "TOKEN_KEY": "t" * 40}
    keys["FIELD_KEYS"] = base64.urlsafe_b64encode(hashlib.sha256(b"for this test").digest()).decode()
    here = {"DATABASE_URL": os.environ["DATABASE_URL"], "DATA": str(cluster.folder / "data"), "REDIS_URL": cluster.redis.url}
    return {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "clinic.config.settings"} | told | keys | here


def test_the_proxies_let_through_what_the_product_takes() -> None:
    """A file of the size that the import page names, and the fields around it."""
    from clinic.forms.imports import LARGEST_FILE

    rules = {"Caddyfile": r"max_size (\d+)MB", "nginx.conf": r"client_max_body_size (\d+)m;"}
    sizes = [int(size) * 1_000_000 for name, rule in rules.items() for size in re.findall(rule, (DEPLOY / name).read_text())]
    assert len(sizes) == 2
    assert min(sizes) > LARGEST_FILE + 1_000_000


def test_the_compose_file_follows_the_compose_specification() -> None:
    schema = json.loads(SCHEMA.read_text())
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() == "d549057ebc2925f39f62799eab0db7b9e2c18b35b6c00595199116da3ed10e64"
    check = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in check.iter_errors(_compose())] == []
    wrong = _compose()
    wrong["services"]["web"]["restrat"] = "always"
    assert not check.is_valid(wrong)


def test_every_program_of_the_compose_file_is_ours_and_starts_after_the_migrations() -> None:
    services = _compose()["services"]
    assert set(services) == PROGRAMS | {"postgres", "valkey"}
    for name in PROGRAMS - {"migrate", "backup"}:
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully", name
    for name in PROGRAMS:
        service = services[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        command = service.get("command", ["gunicorn"])
        assert command[0] in {"gunicorn", "celery"} or command[2] in get_commands(), command


def test_no_secret_stands_in_the_compose_file_and_who_serves_does_not_know_the_owner() -> None:
    services = _compose()["services"]
    for name, service in services.items():
        files = [Path(file).name for file in service.get("env_file", [])]
        assert ("owner.env" in files) == (name == "migrate"), name
        assert ("backup.env" in files) == (name == "backup"), name
        for file in files:
            assert (DEPLOY / "env" / f"{file}.example").exists(), file
        secret = [key for key in service.get("environment", {}) if re.search("PASSWORD|KEY|URL", key)]
        assert secret == [], name
    ignored = (ROOT / ".gitignore").read_text().split()
    assert "deploy/env/*.env" in ignored
    assert [port for service in services.values() for port in service.get("ports", [])] == ["127.0.0.1:8000:8000"]


def test_the_settings_of_the_examples_exist() -> None:
    known = (ROOT / "docs/settings.md").read_text()
    names = {name for file in ("backlight", "web", "worker", "owner", "backup") for name in _example(file)}
    assert sorted(name for name in names if f"`{name}`" not in known) == []


def test_the_image_runs_as_nobody_special_from_hashed_packages_and_takes_in_only_what_it_needs() -> None:
    image = (ROOT / "Dockerfile").read_text()
    assert image.count("\nFROM ") == 2
    last = image[image.rindex("\nFROM ") :]
    assert last.index("USER backlight") < last.index("CMD")
    assert "--require-hashes" in image
    assert "HEALTHCHECK" in last
    taken = [line.split()[1:-1] for line in image.splitlines() if line.startswith("COPY") and "--from" not in line]
    assert [path for paths in taken for path in paths if not (ROOT / path).exists()] == []
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {path for paths in taken for path in paths} == let_in


def _health_command() -> list[str]:
    found = re.search(r"HEALTHCHECK .*\\\n\s+CMD (\[.*\])", (ROOT / "Dockerfile").read_text())
    assert found
    command: list[str] = json.loads(found.group(1))
    return command


def test_the_images_server_starts_with_the_examples_and_its_health_command_is_content(processes: Processes, cluster: Cluster) -> None:
    port = free_port()
    environment = _production(cluster) | {"BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": "1"}
    web = processes.start("web", ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "clinic.config.wsgi"], **environment)
    command = [sys.executable, *_health_command()[1:]]
    command[-1] = command[-1].replace("8000", str(port))
    web.wait_until(lambda: subprocess.run(command, check=False, capture_output=True).returncode == 0, 60)
    web.stop()
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0


def test_djangos_own_check_of_a_deployment_finds_nothing(cluster: Cluster) -> None:
    argv = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(argv, cwd=ROOT, env=_production(cluster), check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_browser_files_can_be_collected_under_hashed_names(cluster: Cluster, tmp_path: Path) -> None:
    # Without the compressed copies, which take most of a minute and change no name.
    more = {"STATIC_ROOT": str(tmp_path), "STATIC_MANIFEST": "1", "DJANGO_SETTINGS_MODULE": "tests.house.uncompressed"}
    environment = _production(cluster) | more
    argv = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    done = subprocess.run(argv, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "clinic/css/tokens.css" in json.loads((tmp_path / "staticfiles.json").read_text())["paths"]


def _units() -> list[Path]:
    return sorted((DEPLOY / "systemd").glob("*.service"))


def _sections(unit: Path) -> configparser.RawConfigParser:
    class Repeating(dict[str, Any]):
        """systemd lets a key stand several times; what counts here is every value."""

        def __setitem__(self, key: str, value: Any) -> None:
            if key in self and isinstance(value, list) and isinstance(self[key], list):
                self[key].extend(value)
            else:
                super().__setitem__(key, value)

    parser = configparser.RawConfigParser(dict_type=Repeating, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit)
    return parser


@pytest.mark.parametrize("unit", [unit for unit in _units() if "compose" not in unit.name], ids=lambda unit: unit.stem)
def test_each_unit_is_hardened_and_starts_a_program_that_exists(unit: Path) -> None:
    service = _sections(unit)["Service"]
    assert {key: service[key] for key in HARDENED} == HARDENED
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/opt/backlight/.venv/bin/python"
    assert arguments[0] == "-m" or (arguments[0] == "manage.py" and arguments[1] in get_commands())
    roles = re.findall(r"/etc/backlight/(\w+)\.env", service["EnvironmentFile"])
    assert "owner" not in roles
    assert all((DEPLOY / "env" / f"{role}.env.example").exists() for role in roles)


def test_the_target_and_the_timers_name_units_that_exist() -> None:
    names = {unit.name for unit in _units()}
    wanted = set(re.findall(r"backlight-\w+\.service", (DEPLOY / "systemd/backlight.target").read_text()))
    assert wanted == {f"backlight-{name}.service" for name in PROGRAMS - {"migrate", "backup"}}
    timers = {timer.with_suffix(".service").name for timer in (DEPLOY / "systemd").glob("*.timer")}
    assert wanted | timers == names


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_the_proxies_keep_no_log_of_requests_and_believe_no_forwarded_header(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert "127.0.0.1:8000" in text
    if name == "nginx.conf":
        assert text.count("access_log off") == text.count("server {") == 2
        assert "proxy_add_x_forwarded_for" not in text
        assert "X-Forwarded-For $remote_addr" in text
    else:
        assert re.search(r"^\s*(log|trusted_proxies)\b", text, re.MULTILINE) is None


def test_the_roles_of_the_database_are_made_with_their_passwords_and_rights() -> None:
    with Stage(empty=True) as stage:
        stage.postgres.sql("drop database backlight")
        stage.postgres.sql("drop role backlight_owner")
        stage.postgres.sql("create database backlight")
        passwords = {f"{name}_PASSWORD": f"{name} it's" for name in ("OWNER", "APP", "WORKER", "BACKUP")}
        path = f"{stage.postgres.binaries}:{os.environ['PATH']}"
        environment = {"PATH": path, "PGHOST": str(stage.postgres.sockets), "POSTGRES_USER": "postgres", **passwords}
        subprocess.run(["sh", "deploy/postgres/roles.sh"], cwd=ROOT, env=environment, check=True, capture_output=True)
        stage.run(["manage.py", "migrate", "--verbosity=0", "--skip-checks"], OWNER)
        asked = "SELECT rolname, rolsuper, rolbypassrls, rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname LIKE 'backlight%'"
        said = sorted(stage.postgres.sql(asked).splitlines())
    serving = [f"backlight_{name}" for name in ("app|f|f|t", "backup|f|t|t", "owner|f|t|t", "reporter|f|f|", "worker|f|f|t")]
    assert said == serving
