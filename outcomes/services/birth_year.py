"""The light check before a survey's page shows earlier answers: the year of birth, with few tries."""

from __future__ import annotations

from clinic.selectors.patients import birth_year_matches
from clinic.writes import Actor, audited, writes
from outcomes.models import Invitation

MOST_TRIES = 5


class NoMoreTries(ValueError):
    """Too many years were tried with this link. A new link, which only the patient receives, admits new tries."""


@writes("survey.prove_birth_year")
def prove_birth_year(*, actor: Actor, invitation: Invitation, year: int) -> bool:
    """Whether this is the patient's year of birth. Counted under a lock, so that parallel tries count too.

    Raises NoMoreTries after five wrong ones.
    """
    tried = Invitation.objects.select_for_update().values_list("birth_tries", flat=True).get(pk=invitation.pk)
    if tried >= MOST_TRIES:
        raise NoMoreTries("Too many years were tried.")
    right = birth_year_matches(invitation.course.patient_id, year)
    Invitation.objects.filter(pk=invitation.pk).update(birth_tries=0 if right else tried + 1)
    audited(invitation, right=right)
    return right
