"""The data dictionary in the documentation is the one that exports carry."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from clinic.exporting.tables import tables
from clinic.exporting.writing import write_csv
from clinic.scoping import clinic_scope
from tests.cast import Cast

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


def _documented() -> dict[str, list[str]]:
    """Table → its columns, read from the page as a person reads it."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        name, _, body = section.partition("\n")
        found[name] = re.findall(r"^\| ([a-z0-9_]+) \| ", body, re.MULTILINE)
    return found


def test_the_page_says_what_the_command_says_now() -> None:
    printed = io.StringIO()
    call_command("data_dictionary", stdout=printed)
    wanted = "run: manage.py data_dictionary > docs/data-dictionary.md"
    assert PAGE.read_text(encoding="utf-8") == printed.getvalue(), wanted


@pytest.mark.django_db
def test_every_column_of_a_real_export_stands_in_the_page_in_the_same_order(cast: Cast, tmp_path: Path) -> None:
    path, documented = tmp_path / "export.zip", _documented()
    with clinic_scope(cast.harbour.pk):
        write_csv(path, tables(with_names=True), "")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name not in {"about.txt", "dictionary.csv"}:
                head = next(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
                assert documented[name.removesuffix(".csv")][1:] == head, name


def test_quantities_carry_their_unit_and_codes_their_meaning() -> None:
    page = PAGE.read_text(encoding="utf-8")
    units = dict(re.findall(r"^\| (\w+) \| decimal number \| (\S*) \|", page, re.MULTILINE))
    physics = {"average_power_w": "W", "irradiance_w_cm2": "W/cm²", "fluence_j_cm2": "J/cm²", "spot_area_cm2": "cm²", "energy_typed_j": "J"}
    assert {name: units[name] for name in physics} == physics
    assert "`neck_pain` Neck pain" in page
    assert "| patient_identity | names are the table patient_name" in page
