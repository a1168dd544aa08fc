"""Links upward: the composition root names them, and every one leads to a page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from clinic.config.navigation import COUNTS, ENTRIES, PAGES_ABOVE

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted({str(entry[0]) for entry in (*ENTRIES, *COUNTS)}))
def test_every_link_of_the_header_leads_to_a_page_of_the_clinic(name: str) -> None:
    assert reverse(name, kwargs={"clinic": "harbour"}).startswith("/c/harbour/")


def test_the_words_for_pages_above_are_those_that_lower_floors_use_and_all_are_routed() -> None:
    calls = [
        node
        for app in ("clinic", "sessions")
        for path in sorted((ROOT / app).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "link_above"
    ]
    assert {ast.literal_eval(call.args[1]) for call in calls} == set(PAGES_ABOVE)
    assert [name for name in PAGES_ABOVE.values() if not get_resolver().reverse_dict.getlist(name)] == []
