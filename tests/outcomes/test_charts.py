"""What a chart says: the marks, the words and the accessible names that stand in the drawing itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from outcomes import charts
from tests.outcomes import chart_samples

SVG = "{http://www.w3.org/2000/svg}"


def draw(spec: charts.Spec, key: str = "c1") -> ET.Element:
    return ET.fromstring(charts.svg(spec, key=key, title="Pain < before", description="Pain was 7, now 2."))


def words(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def paths(root: ET.Element, **attributes: str) -> list[ET.Element]:
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [path for path in root.iter(f"{SVG}path") if all(path.get(name) == value for name, value in wanted.items())]


@pytest.fixture(scope="module")
def trend() -> ET.Element:
    return draw(chart_samples.trend())


def test_every_pain_score_is_a_dot_and_a_missing_one_is_none(trend: ET.Element) -> None:
    scores = [one.value for one in chart_samples.points(7, 6, 6.5, None, 5, 4, 4, 3, 4, 3, 2) if one.value is not None]
    assert len(paths(trend, fill=charts.BLUE)) == len(scores) == 10


def test_the_line_breaks_at_the_missing_answer(trend: ET.Element) -> None:
    lines = paths(trend, stroke=charts.BLUE, fill="none") or paths(trend, stroke=charts.BLUE)
    corners = sorted(len(re.findall(r"[ML]", line.get("d", ""))) for line in lines)
    assert corners == [3, 7]


def test_a_missing_answer_is_a_cross_with_its_word(trend: ET.Element) -> None:
    assert words(trend).count("×") == 5  # one in pain, four in disability
    assert words(trend).count("no answer") == 2


def test_visits_differ_by_filling_and_shape_and_stand_in_named_rows(trend: ET.Element) -> None:
    laser, other = paths(trend, fill=charts.INK, stroke=charts.INK), paths(trend, fill="#ffffff", stroke=charts.INK)
    assert (len(laser), len(other)) == (5, 2)
    assert laser[0].get("d") != other[0].get("d")
    assert {"Visits", "Laser", "Other visit"} <= set(words(trend))


def test_the_axis_speaks_in_words(trend: ET.Element) -> None:
    said = words(trend)
    assert [said.count(word) for word in ("none", "mild", "moderate", "severe")] == [1, 1, 1, 1]
    assert said.count("lower is better") == 2
    assert {"important change: 5 or lower", "important change: 11 or lower"} <= set(said)


def test_the_ends_of_each_scale_are_labelled(trend: ET.Element) -> None:
    assert {"0", "10", "24"} <= set(words(trend))


def test_both_panels_and_the_visits_share_one_date_axis() -> None:
    spec = chart_samples.trend()
    domains = [layer["encoding"]["x"]["scale"]["domain"] for panel in spec["vconcat"][:2] for layer in panel["layer"][-2:]]
    domains.append(spec["vconcat"][2]["encoding"]["x"]["scale"]["domain"])
    assert domains == [domains[0]] * 5
    assert domains[0][0] < "2026-03-02"
    assert domains[0][1] > "2026-05-11"


def test_a_course_of_one_day_has_an_axis_of_some_days() -> None:
    panel = charts.Panel("Pain", "lower is better", 0, 10, [charts.Point(date(2026, 3, 2), 6)])
    spec = charts.trend_spec([panel], [], charts.TrendLabels("Visits", "Laser", "Other", "no answer"))
    assert spec["vconcat"][-1]["encoding"]["x"]["scale"]["domain"] == ["2026-02-27", "2026-03-05"]


def test_a_course_without_any_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        charts.trend_spec([], [], charts.TrendLabels("", "", "", ""))


def test_the_waterfall_fills_the_bars_that_reach_the_important_change() -> None:
    root = draw(chart_samples.waterfall())
    improved = sum(change <= -2 for change in chart_samples.CHANGES)
    assert len(paths(root, fill=charts.BLUE)) == improved == 13
    assert len(paths(root, fill="#ffffff", stroke=charts.BLUE)) == len(chart_samples.CHANGES) - improved


def test_the_waterfall_keeps_the_missing_as_crosses() -> None:
    said = words(draw(chart_samples.waterfall()))
    assert said.count("×") == 4
    assert "4 without a second answer" in said


def test_where_higher_is_better_the_best_gain_stands_first() -> None:
    spec = charts.waterfall_spec(
        [1, 5, -3],
        missing=0,
        important=2,
        lower_is_better=False,
        title="",
        axis="",
        words={"better": "b", "worse": "w", "missing": ""},
    )
    bars = spec["layer"][0]["data"]["values"]
    assert [(bar["change"], bar["improved"]) for bar in bars] == [(5, True), (1, False), (-3, False)]
    assert [line["at"] for line in spec["layer"][2]["data"]["values"]] == [2, -2]


def test_a_suppressed_group_keeps_its_row_and_has_no_dot() -> None:
    root = draw(chart_samples.groups())
    assert len(paths(root, fill=charts.BLUE)) == 2
    assert {"Other", "fewer than 5: not shown", "no change", "−2.4 (−3.0 to −1.8), n 62"} <= set(words(root))


def test_the_thick_line_is_the_mean_of_the_pairs() -> None:
    spec = charts.patient_lines_spec(
        [(8, 4), (6, 5), (7, 0)], low=0, high=10, title="", axis="", baseline="Before", latest="Now", mean="mean"
    )
    assert [row["value"] for row in spec["layer"][1]["data"]["values"]] == [7, 3]
    assert len(spec["layer"][0]["data"]["values"]) == 6


@pytest.mark.parametrize("name", ["trend", "waterfall", "groups", "patient_lines"])
def test_a_drawing_is_named_and_keeps_the_content_policy(name: str) -> None:
    drawn = charts.svg(getattr(chart_samples, name)(), key="k9", title="Pain < before", description="Pain was 7, now 2.")
    root = ET.fromstring(drawn)
    elements = list(root.iter())
    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == ("img", "k9-title", "k9-desc")
    assert [(child.tag, child.text) for child in root[:2]] == [
        (f"{SVG}title", "Pain < before"),
        (f"{SVG}desc", "Pain was 7, now 2."),
    ]
    assert not {element.tag for element in elements} & {f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}a", f"{SVG}use"}
    assert not {
        name for element in elements for name in element.attrib if name in ("style", "class") or "href" in name or name.startswith("on")
    }
    assert not [name for element in elements[1:] for name in element.attrib if name == "role" or name.startswith("aria-")]
    assert {element.get("font-family") for element in root.iter(f"{SVG}text")} == {"Noto Sans"}
    assert all(identifier.startswith("k9-") for element in elements if (identifier := element.get("id")))


def test_the_same_numbers_give_the_same_text() -> None:
    texts: list[Any] = [charts.svg(chart_samples.trend(), key="a", title="t", description="d") for _ in range(2)]
    assert texts[0] == texts[1]


def test_a_png_is_drawn_from_the_same_specification() -> None:
    assert charts.png(chart_samples.groups(), scale=1.0).startswith(b"\x89PNG")
