"""Documentation that fails when it lies."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
APPS = ("clinic", "sessions", "outcomes")
NOT_SHOWN = {"__pycache__", "templatetags"}


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
