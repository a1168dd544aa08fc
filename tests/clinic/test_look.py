"""The look keeps its promises: contrast in light and dark, no inline style or script, controls that say what they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string

from clinic.widgets import NumericScale, RadioCards, TickList, VisualAnalogue

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "clinic/static/clinic/css"
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3 text, 1.4.11 parts of a control

PAIRS = [
    ("ink", "paper", TEXT), ("ink", "surface", TEXT), ("ink", "surface-sunken", TEXT), ("ink-soft", "paper", TEXT),
    ("ink-soft", "surface", TEXT), ("ink-soft", "surface-sunken", TEXT), ("ink-faint", "surface", TEXT), ("accent", "surface", TEXT),
    ("accent", "paper", TEXT), ("accent-strong", "accent-soft", TEXT), ("ink", "accent-soft", TEXT), ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT), ("on-bar", "bar", TEXT), ("on-bar-soft", "bar", TEXT), ("good", "good-soft", TEXT),
    ("good", "surface", TEXT), ("warn", "warn-soft", TEXT), ("warn", "surface-sunken", TEXT), ("warn", "surface", TEXT),
    ("bad", "bad-soft", TEXT), ("bad", "surface", TEXT), ("info", "info-soft", TEXT), ("ink", "bad-soft", TEXT),
    *((front, back, TEXT) for front in ("good", "warn", "bad", "info") for back in ("paper", "surface", "surface-sunken")),
    *((front, back, TEXT) for front in ("accent", "ink-faint") for back in ("paper", "surface", "surface-sunken")),
    *((front, f"{back}-soft", TEXT) for front in ("ink", "ink-soft") for back in ("accent", "good", "warn", "bad", "info")),
    ("accent", "accent-soft", TEXT), ("accent-strong", "surface", TEXT), ("line-strong", "surface-sunken", SHAPE),
    ("line-strong", "accent-soft", SHAPE), ("focus", "accent-soft", SHAPE), ("glow", "bar", SHAPE),
    *((front, "white", SHAPE) for front in ("data-blue", "data-vermillion", "data-green", "data-purple")),
    ("line-strong", "surface", SHAPE), ("line-strong", "paper", SHAPE), ("focus", "surface", SHAPE), ("focus", "paper", SHAPE),
]  # fmt: skip


COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def dark_blocks() -> list[dict[str, str]]:
    """What the choice "dark" sets, and what a dark device sets."""
    text = (CSS / "tokens.css").read_text()
    selectors = (r':root\[data-theme="dark"\]', r':root:not\(\[data-theme="light"\]\)')
    return [dict(COLOUR.findall(re.search(selector + r" \{(.*?)\}", text, re.DOTALL)[1])) for selector in selectors]  # type: ignore[index]


def tokens(scheme: str) -> dict[str, str]:
    text = (CSS / "tokens.css").read_text()
    light = dict(COLOUR.findall(text.split("@media")[0])) | {"white": "#ffffff"}
    return light if scheme == "light" else light | dark_blocks()[0]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_gives_the_published_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.2, abs=0.05)  # Okabe-Ito blue, design/pages.md section 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(scheme: str, front: str, back: str, least: float) -> None:
    colours = tokens(scheme)
    assert contrast(colours[front], colours[back]) >= least


def test_dark_by_choice_and_dark_by_device_are_the_same_and_paper_stays_white() -> None:
    chosen, device = dark_blocks()
    assert len(chosen) > 20
    assert chosen == device
    outside_screens = re.sub(r"@media screen.*?\n\}", "", (CSS / "tokens.css").read_text(), flags=re.DOTALL)
    assert chosen["paper"] not in outside_screens


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_stands_in_a_pair_that_is_judged(scheme: str) -> None:
    judged = {name for front, back, _ in PAIRS for name in (front, back)}
    decoration = {"line", "focus-halo"}  # a hairline between rows, and the second ring round the focus
    assert set(tokens(scheme)) - judged == decoration


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    offences = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for app in ("clinic", "sessions", "outcomes")
        for path in (ROOT / app).rglob("templates/**/*.html")
        for match in re.finditer(r"\sstyle=|<style\b|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"']|javascript:", path.read_text())
    ]
    assert offences == []


def test_the_styles_fetch_nothing_from_elsewhere() -> None:
    addresses = [address for path in CSS.glob("*.css") for address in re.findall(r"url\(([^)]+)\)", path.read_text())]
    assert addresses
    assert all((CSS / address.strip("\"'")).resolve().is_file() for address in addresses)


class Survey(forms.Form):
    pain = forms.ChoiceField(
        label="How strong?", choices=[(n, n) for n in range(11)], widget=NumericScale(low="No pain", high="Worst", direction="rtl")
    )
    now = forms.IntegerField(label="Mark it", widget=VisualAnalogue(low="None", high="All"))
    ticks = forms.MultipleChoiceField(label="Which?", choices=[("a", "One"), ("b", "Two")], widget=TickList, required=False)
    change = forms.ChoiceField(label="Compared?", choices=[("b", "Better"), ("w", "Worse")], widget=RadioCards)
    note = forms.CharField(label="Note", help_text="Short.", required=False)


def test_the_rating_has_eleven_boxes_with_named_ends_and_none_chosen() -> None:
    html = str(Survey()["pain"])
    assert re.findall(r'type="radio" name="pain" value="(\d+)"', html) == [str(n) for n in range(11)]
    assert "checked" not in html
    assert html.count('<span class="visually-hidden">, No pain</span>') == html.count('<span class="visually-hidden">, Worst</span>') == 1


def test_the_direction_of_a_scale_is_its_translations_and_not_the_pages() -> None:
    assert 'data-direction="rtl"' in str(Survey()["pain"])


def test_an_earlier_answer_comes_back_chosen() -> None:
    html = str(Survey({"pain": "7"})["pain"])
    assert re.findall(r'value="(\d+)"[^>]*checked', html) == ["7"]


def test_the_line_has_no_handle_before_the_first_tap_and_a_number_field_beneath() -> None:
    html = str(Survey()["now"])
    assert 'data-touched="no"' in html
    assert re.search(r'<input type="number" name="now"[^>]*min="0"[^>]*max="100"', html)
    assert "aria-valuenow" not in html


def test_errors_are_summed_up_with_links_that_lead_to_a_control() -> None:
    form = Survey({})
    html = str(form)
    links = re.findall(r'href="#([^"]+)"', html)
    assert links == ["id_pain_0", "id_now", "id_change_0"]
    assert all(f'id="{link}"' in html for link in links)
    assert html.index("data-error-summary") < html.index("<fieldset")


def test_help_and_error_are_tied_to_their_control() -> None:
    html = str(Survey({})["now"].as_field_group())
    assert 'aria-describedby="id_now_error"' in html
    assert 'id="id_now_error"' in html
    assert 'id="id_note_helptext"' in str(Survey()["note"].as_field_group())


def test_only_what_may_stay_empty_says_so() -> None:
    assert "(optional)" in str(Survey()["note"].as_field_group())
    assert "(optional)" not in str(Survey()["pain"].as_field_group())


def test_the_title_of_a_page_with_errors_begins_with_the_word() -> None:
    page = render_to_string("clinic/patient_base.html", {"form": Survey({})})
    assert re.search(r"<title>Error: ", page)
    assert "<title>Error" not in render_to_string("clinic/patient_base.html", {"form": Survey()})


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_needs_no_context_and_says_what_to_do_next(status: int) -> None:
    page = render_to_string(f"{status}.html")
    assert page.count("<h1>") == 1
    assert re.search(r'<a class="btn" href="/">', page)


def test_an_empty_list_says_what_to_do_next() -> None:
    html = render_to_string(
        "clinic/components/empty.html", {"title": "Nobody today", "text": "Add one.", "action_url": "/a", "action_label": "Add"}
    )
    assert re.search(r'Nobody today</h2>\s*<p>Add one.</p>.*<a class="btn btn-primary" href="/a">Add</a>', html, re.DOTALL)
