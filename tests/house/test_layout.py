"""The shape of the code: sizes, names, floors, and what may not be called outside its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
APPS = ("clinic", "sessions", "outcomes")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
VAGUE_NAMES = {"utils", "helpers", "common", "core", "manager", "misc", "base_utils"}

# Looking across clinics: who does, and why. The list may only shrink.
ACROSS_CLINICS = {
    "clinic/selectors/organisation.py": "one's own memberships, by the policy own_membership",
    "clinic/views/entrance.py": "one's own memberships, by the policy own_membership",
}


# Writers outside of a services folder: who they are, and why. The list may only shrink.
WRITERS_ELSEWHERE = {
    "clinic/api_tokens.py": "a token is made beside what reads it",
    "clinic/api/endpoint.py": "the interface's own bookkeeping of keys",
    "outcomes/importing/recording.py": "calls services for a chunk of rows; writes nothing itself",
    "outcomes/demo/seeding.py": "calls services for one invented episode; writes nothing itself",
}


def _modules(*folders: str) -> Iterator[Path]:
    for folder in folders or (*APPS, "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _nodes(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in _modules(*folders):
        for node in ast.walk(ast.parse(path.read_text())):
            yield path, node


def _method_calls() -> Iterator[tuple[Path, int, str]]:
    for path, node in _nodes(*APPS):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield path, node.lineno, node.func.attr


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_outgrows_its_reader() -> None:
    long = {_name(path): lines for path in _modules() if (lines := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_function_outgrows_a_screen() -> None:
    functions = [(path, node) for path, node in _nodes(*APPS) if isinstance(node, ast.FunctionDef)]
    lengths = {f"{_name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 for path, node in functions}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_name(path) for path in _modules() if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES] == []


def test_our_sessions_app_leaves_djangos_label_alone() -> None:
    assert apps.get_app_config("treatment").name == "sessions"
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"


def test_no_variable_for_a_visit_is_called_session() -> None:
    """In Django `session` is the cookie's store; a visit by that name would be read as one."""
    names = [(path, node) for path, node in _nodes("sessions", "outcomes") if isinstance(node, ast.Name)]
    assert [f"{_name(p)}:{node.lineno}" for p, node in names if node.id == "session" and isinstance(node.ctx, ast.Store)] == []


def test_looking_across_clinics_stands_on_the_list_with_its_reason() -> None:
    found: dict[str, str] = {}
    for path, node in _nodes(*APPS):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "all_clinics":
            [reason] = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
            assert isinstance(reason, ast.Constant)
            found[_name(path)] = str(reason.value)
    assert found == ACROSS_CLINICS


def test_writers_stand_in_services_or_on_the_list() -> None:
    writers = {
        _name(path)
        for path, node in _nodes(*APPS)
        if isinstance(node, ast.FunctionDef)
        for each in node.decorator_list
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "writes"
    }
    assert len(writers) > 20
    assert {name for name in writers if "/services/" not in name} == set(WRITERS_ELSEWHERE)


def test_nothing_is_published_to_the_broker_outside_tasks_and_commands() -> None:
    """A frozen broker must not freeze a request: the outbox is a table, and beat finds what is due."""
    calls = {"delay", "apply_async", "send_task", "on_commit"}
    found = [(_name(path), line) for path, line, method in _method_calls() if method in calls]
    # The scheduler's own process is where tasks are published from.
    assert [f"{name}:{line}" for name, line in found if name != "clinic/operation/beat.py"] == []


def test_views_templates_and_interface_never_write() -> None:
    """Writing is for services: neither a view, a task nor an endpoint saves, creates, updates or deletes a row itself."""
    writing = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
    places = {"views", "tasks.py", "forms", "selectors", "api", "survey", "reports"}
    found = [
        f"{_name(path)}:{line} {method}"
        for path, line, method in _method_calls()
        if method in writing and places & set(path.relative_to(ROOT).parts)
    ]
    # The interface's own bookkeeping of keys is a @writes function beside what it keeps.
    assert [call for call in found if not call.startswith("clinic/api/endpoint.py:")] == []


def test_no_style_or_script_stands_in_a_template() -> None:
    """The Content-Security-Policy refuses them; a page that needs one would break silently."""
    wrong = re.compile(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)""", re.IGNORECASE)
    lines = [
        (path, number, line)
        for app in APPS
        for path in sorted((ROOT / app).rglob("templates/**/*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
    ]
    assert [f"{_name(p)}:{n}" for p, n, line in lines if wrong.search(line) and 'type="application/json"' not in line] == []
