"""Documentation that fails when it lies."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
APPS = ("clinic", "sessions", "outcomes")
NOT_SHOWN = {"__pycache__", "templatetags"}
SAME_EVERYWHERE = {"__init__", "apps", "tasks", "urls", "root_urls", "version"}


def _tree() -> set[str]:
    [block] = re.findall(r"```text\n(.*?)```", (DOCS / "architecture.md").read_text(), re.DOTALL)
    found, parent = set(), ""
    for line in block.splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            parent = name
            found.add(name)
        else:
            found.add(parent + name)
    return found


def test_the_tree_of_the_architecture_is_the_tree_on_the_disk() -> None:
    folders = {f"{app}/{path.name}/" for app in APPS for path in (ROOT / app).iterdir() if path.is_dir() and path.name not in NOT_SHOWN}
    assert _tree() == folders | {f"{app}/" for app in (*APPS, "tests", "docs")}


def test_every_module_beside_the_folders_is_on_the_map() -> None:
    [section] = re.findall(r"^## Beside the folders\n(.*?)^## ", (DOCS / "architecture.md").read_text(), re.DOTALL | re.MULTILINE)
    modules = [path for app in APPS for path in sorted((ROOT / app).glob("*.py")) if path.stem not in SAME_EVERYWHERE]
    assert [f"{path.parent.name}/{path.name}" for path in modules if f"`{path.stem}`" not in section] == []
    named = set(re.findall(r"`(\w+)`", section)) - {"config"}
    assert named - {path.stem for path in modules} == set()


def test_every_feature_has_a_state_and_what_is_done_names_its_test() -> None:
    rows = re.findall(r"^\| ([A-K]\d+) \| .+ \| (done|partly|not yet) \| (.*) \|$", (DOCS / "features.md").read_text(), re.MULTILINE)
    counts = {"A": 13, "B": 6, "C": 10, "D": 10, "E": 9, "F": 16, "G": 5, "H": 4, "I": 6, "J": 6, "K": 5}
    assert [row[0] for row in rows] == [f"{letter}{number}" for letter, most in counts.items() for number in range(1, most + 1)]
    unproven = [name for name, state, test in rows if state == "done" and not (ROOT / test.strip("`")).is_file()]
    assert unproven == []
    assert [test for _name, _state, test in rows if test.strip() and not (ROOT / test.strip("`")).is_file()] == []


def test_the_readmes_commands_are_targets_of_the_makefile() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    commands = set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= commands
    assert [name for name in commands if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_every_link_of_the_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    links = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()) if "://" not in target]
    assert len(links) > 10
    dead = [f"{page.relative_to(ROOT)}: {target}" for page, target in links if not (page.parent / target).exists()]
    assert dead == []


def test_every_file_and_every_module_that_the_documents_name_is_there() -> None:
    """A name in the text of a document is a promise, like a link. Names of other people's files are not looked at."""
    texts = {page.relative_to(ROOT).as_posix(): page.read_text() for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]}
    files = [
        (page, name) for page, text in texts.items() for name in re.findall(r"`((?:clinic|sessions|outcomes|tests|docs)/[\w/.-]+)`", text)
    ]
    assert len(files) > 60
    assert [f"{page}: {name}" for page, name in files if not (ROOT / name).exists()] == []
    modules = [(page, name) for page, text in texts.items() for name in re.findall(r"`((?:clinic|sessions|outcomes)(?:\.\w+)+)`", text)]
    assert len(modules) > 10
    assert [f"{page}: {name}" for page, name in modules if not _is_in_code(name)] == []


def _is_in_code(dotted: str) -> bool:
    """Whether a dotted name is a module, or something that a module of that name holds."""
    parts = dotted.split(".")
    for taken in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:taken])
        for module in (place.with_suffix(".py"), place / "__init__.py"):
            if module.is_file():
                return all(re.search(rf"\b{name}\b", module.read_text()) for name in parts[taken:])
    return False


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "clinic/config/settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    page = (DOCS / "settings.md").read_text()
    assert len(names) > 15
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_every_role_and_permission_is_explained() -> None:
    from clinic.permissions import ROLES, Permission

    page = (DOCS / "roles.md").read_text()
    assert [role.key for role in ROLES.values() if f"`{role.key}`" not in page] == []
    assert [str(permission) for permission in Permission if str(permission) not in page] == []


def test_each_decision_ends_with_how_it_is_enforced() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))
    assert [page.name[:4] for page in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [page.name for page in decisions if "**Enforced by**" not in page.read_text()] == []
