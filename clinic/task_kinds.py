"""What a task of each kind asks for, in words. An upper floor announces its kinds when its app starts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class TaskKind:
    """`title` heads the group on the worklist; `rule` says in words what put the task there; `advice` what to do."""

    key: str
    title: str | Promise
    rule: str | Promise
    advice: str | Promise


DECISIONS: dict[str, str | Promise] = {
    "called": _("Called the patient"),
    "messaged": _("Wrote to the patient"),
    "booked": _("Booked a visit"),
    "discussed": _("Discussed at the visit"),
    "changed_plan": _("Changed the plan"),
    "referred": _("Referred elsewhere"),
    "no_action": _("No action needed"),
}

_KINDS: dict[str, TaskKind] = {}


def announce(*kinds: TaskKind) -> None:
    """Make kinds known. A key announced twice is a mistake: ValueError."""
    for kind in kinds:
        if _KINDS.get(kind.key, kind) != kind:
            raise ValueError(f"The task kind {kind.key!r} is announced twice.")
        _KINDS[kind.key] = kind


def kind_of(key: str) -> TaskKind:
    """What a task of this kind asks for; a kind nobody announced is shown as a general one, never hidden."""
    return _KINDS.get(key, TaskKind(key, _("Other"), _("A task of an older version of the product."), _("Look at the record.")))


announce(
    TaskKind(
        "follow_up",
        _("To follow up"),
        _("Somebody asked for this patient to be followed up."),
        _("Call the patient, then say what came of it."),
    ),
    TaskKind(
        "message_failed",
        _("A message did not arrive"),
        _("A message to this patient could not be sent after five tries."),
        _("Check the e-mail address, or reach the patient another way."),
    ),
)
