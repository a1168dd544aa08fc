"""Scores in bulk: as many as asked for, in the shape that real ones have, and never beside real patients."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from outcomes.models import OutcomeRow, Response, Score
from outcomes.registry import instruments
from outcomes.services.outcome_rows import drifted_rows
from outcomes.statistics.scoring import score
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_the_owner_copies_as_many_scores_as_asked_for_and_their_outcome_rows_agree() -> None:
    environment = os.environ | {"DATABASE_URL": os.environ["OWNER_DATABASE_URL"]}
    command = [sys.executable, "manage.py", "seed_scores", "--scores", "1200", "--clinics", "2"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert "1200 scores copied into 2 clinics" in done.stdout
    second = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert "0 scores copied" in second.stdout
    for clinic in Clinic.objects.filter(slug__startswith="load-"):
        with clinic_scope(clinic.pk):
            assert (Response.objects.count(), Score.objects.count(), OutcomeRow.objects.count()) == (600, 600, 60)
            assert drifted_rows() == []
            # Missing baselines and silence after them have to occur, or the load measures nothing real.
            assert 0 < OutcomeRow.objects.filter(baseline_value=None).count() < 30
            assert 0 < OutcomeRow.objects.filter(latest_value=None).count() < 30
            for each in Score.objects.select_related("response")[:50]:
                [again] = score(instruments()[each.response.instrument], each.response.answers)
                assert again.value == each.value


def test_it_is_refused_beside_a_real_clinic(cast: Cast) -> None:
    with pytest.raises(CommandError, match="not a demo"):
        call_command("seed_scores", scores=100)


@pytest.mark.django_db
def test_it_is_refused_to_the_role_that_serves() -> None:
    with pytest.raises(CommandError, match="owner"):
        call_command("seed_scores", scores=100)
    assert not Clinic.objects.exists()
