"""Who may do what. Written to be read by the head of a clinic; the accountable person owns this file.

A *role* is a name, a sentence saying who may hold it, and what it permits. A person may hold several roles in a clinic.
Every page declares the one permission it needs with `requires(...)`, or says why it is open to everyone with `public(...)`.
A page that declares neither does not start (`manage.py check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that a page or an API call lets a person do."""

    SEE_SCHEDULE = "see the day's list"
    FIND_PATIENTS = "find patients and see who they are"
    EDIT_PATIENTS = "add patients, change their contact data and consent"
    SEE_RECORDS = "read single records: visits, answers, scores, trends"
    BOOK_VISITS = "book, move and cancel visits, mark arrivals"
    RECORD_VISITS = "record, sign and amend treatment visits"
    PLAN_CARE = "open courses of care and write plans"
    HAND_OUT_SURVEYS = "invite a patient to a survey or hand over the tablet"
    ENTER_ANSWERS = "enter a patient's answers, read aloud or from paper"
    SEE_TASKS = "see and work off the task list"
    SEE_REPORTS = "read reports of totals, small groups hidden"
    EXPORT_REPORTS = "take report figures out of the product"
    MANAGE_STAFF = "add and remove staff and their roles"
    MANAGE_DEVICES = "register devices and protocols"
    SEE_MESSAGES = "see which messages left, wait or failed"
    SEE_AUDIT = "see who opened and changed what"
    EXPORT_EVERYTHING = "take all of the clinic's data out of the product, without names"
    IMPORT_DATA = "bring in patient lists of other programs, and take an import back"
    EXPORT_NAMES = "take names and contact data out of the product"
    ERASE_PATIENTS = "erase who a patient was, and see whose record is past its time"
    SEE_HEALTH = "see whether the installation is well"
    OPEN_IN_EMERGENCY = "read one record for an hour in an emergency, with a reason"
    HOLD_KEYS = "make keys with which other programs act in one's own name"
    EDIT_CLINIC = "change the clinic's name, telephone, zone and limits; remove the demo"


@dataclass(frozen=True)
class Role:
    """What a person is in a clinic."""

    key: str
    name: str | Promise
    who: str | Promise
    may: frozenset[Permission]


THERAPIST = Role(
    "therapist",
    _("Therapist"),
    _("Treats patients: physiotherapists, physicians and assistants who sign what they did."),
    frozenset(
        {
            Permission.SEE_SCHEDULE,
            Permission.FIND_PATIENTS,
            Permission.EDIT_PATIENTS,
            Permission.SEE_RECORDS,
            Permission.BOOK_VISITS,
            Permission.RECORD_VISITS,
            Permission.PLAN_CARE,
            Permission.HAND_OUT_SURVEYS,
            Permission.ENTER_ANSWERS,
            Permission.SEE_TASKS,
            Permission.SEE_REPORTS,
            Permission.HOLD_KEYS,
        }
    ),
)
MANAGER = Role(
    "manager",
    _("Manager"),
    _("Answers for the clinic's results: sees totals and who is missing in number, never a single answer."),
    frozenset({Permission.SEE_REPORTS, Permission.EXPORT_REPORTS, Permission.HOLD_KEYS}),
)
FRONT_DESK = Role(
    "front_desk",
    _("Front desk"),
    _("Receives patients: identity, bookings, arrivals and consent; no answers, no findings."),
    frozenset(
        {
            Permission.SEE_SCHEDULE,
            Permission.FIND_PATIENTS,
            Permission.EDIT_PATIENTS,
            Permission.BOOK_VISITS,
            Permission.HAND_OUT_SURVEYS,
            Permission.HOLD_KEYS,
        }
    ),
)
ADMINISTRATOR = Role(
    "administrator",
    _("Clinic administrator"),
    _("Runs the product: staff, devices, messages and the audit; no patient records."),
    frozenset(
        {
            Permission.MANAGE_STAFF,
            Permission.MANAGE_DEVICES,
            Permission.SEE_MESSAGES,
            Permission.SEE_AUDIT,
            Permission.EXPORT_EVERYTHING,
            Permission.EXPORT_NAMES,
            Permission.ERASE_PATIENTS,
            Permission.IMPORT_DATA,
            Permission.SEE_HEALTH,
            Permission.EDIT_CLINIC,
            Permission.HOLD_KEYS,
        }
    ),
)

ROLES: dict[str, Role] = {role.key: role for role in (THERAPIST, MANAGER, FRONT_DESK, ADMINISTRATOR)}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that these roles permit together. An unknown role permits nothing."""
    return frozenset().union(*(ROLES[role].may for role in roles if role in ROLES))


# How a page declares its access -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Access:
    """What a route demands. `patient_link` pages find their clinic by the link itself and see one invitation only.

    A page that reads single records `in_emergency` lets those in, too, who are named for emergencies: it asks itself whether they
    have opened this very record (`open_emergency`).
    `step_up` pages ask for the password or passkey again when that was long ago: exports, roles, keys.
    A page `without_database` gets no transaction from the boundary: it opens its own where it asks at all.
    """

    permission: Permission | None = None
    step_up: bool = False
    in_emergency: bool = False
    public_because: str = ""
    signed_in: bool = False
    patient_link: bool = False
    without_database: bool = False


V = TypeVar("V", bound=Callable[..., Any])


def _declared(access: Access) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def requires(permission: Permission, *, step_up: bool = False, in_emergency: bool = False) -> Callable[[V], V]:
    """The page is for members of the clinic in its path who hold this permission; with `step_up`, who lately proved who they are."""
    return _declared(Access(permission=permission, step_up=step_up, in_emergency=in_emergency))


def signed_in(reason: str) -> Callable[[V], V]:
    """The page is for anyone signed in, and shows nothing of a clinic they do not belong to."""
    return _declared(Access(signed_in=True, public_because=reason))


def public(reason: str, *, without_database: bool = False) -> Callable[[V], V]:
    """The page is for everyone. The reason stands on a tested allow-list. `without_database`: it answers when PostgreSQL does not."""
    return _declared(Access(public_because=reason, without_database=without_database))


def patient_link(reason: str) -> Callable[[V], V]:
    """The page is for whoever holds a survey link; it opens the scope itself, from the link's clinic."""
    return _declared(Access(patient_link=True, public_because=reason))


def access_of(view: Any) -> Access | None:
    """The declaration of a resolved view: on the function, on its class, or on what a decorator wrapped."""
    for holder in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        access = getattr(holder, "access", None)
        if isinstance(access, Access):
            return access
    return None
