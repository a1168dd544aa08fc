"""Keeps the migrated template between test runs: migrating takes longer than most of the tests people run by hand.

What is kept is the data folder of a cleanly stopped cluster. Its name is a digest of everything that decides how the database
looks: the locked packages, the migrations, every module of ours a migration imports (models excepted: what they say reaches the
database through migrations alone), and what acts after migrating. Any change of those builds a new one.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("clinic", "sessions", "outcomes")
KEPT = ROOT / ".make"


def _imported(source: Path) -> Iterator[Path]:
    """The modules of ours that a module imports, as files."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.split(".")[0] in APPS:
                path = ROOT.joinpath(*name.split("."))
                yield from (found for found in (path.with_suffix(".py"), path / "__init__.py") if found.exists())


def sources() -> list[Path]:
    """Every file that decides how the migrated database looks."""
    waiting = [path for app in APPS for path in (ROOT / app / "migrations").glob("*.py")]
    waiting.append(ROOT / "clinic/database/history.py")  # acts after migrating
    found = {ROOT / "requirements.txt", ROOT / "requirements-local.txt", ROOT / "clinic/config/settings.py"}
    while waiting:
        path = waiting.pop()
        if path not in found and "models" not in path.parts:
            found.add(path)
            waiting += _imported(path)
    return sorted(found)


def place() -> Path:
    """Where the template of the present sources is kept, whether it exists or not."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return KEPT / f"template-{digest.hexdigest()[:16]}"


def keep(data: Path, kept: Path) -> None:
    """Keep a stopped cluster's data folder, and forget those of earlier sources."""
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("template-*"):
        shutil.rmtree(old, ignore_errors=True)
    unfinished = KEPT / f"unfinished-{os.getpid()}"
    shutil.copytree(data, unfinished)
    try:
        unfinished.rename(kept)
    except OSError:  # another run was faster
        shutil.rmtree(unfinished)


def take(kept: Path, data: Path, uid: int | None) -> bool:
    """Copy a kept data folder, owned by PostgreSQL's user; False when there is none."""
    try:
        shutil.copytree(kept, data)
    except (FileNotFoundError, shutil.Error):  # never built, or just being replaced by another run
        shutil.rmtree(data, ignore_errors=True)
        return False
    if uid is not None:
        for path in (data, *data.rglob("*")):
            os.chown(path, uid, uid)
    return True
