"""What stands in the header, for whom. The one place where lower floors link upward."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.permissions import Permission


def _unsigned(number: int) -> str:
    return ngettext("%(n)s unsigned", "%(n)s unsigned", number) % {"n": number}


def _tasks(number: int) -> str:
    return ngettext("%(n)s task", "%(n)s tasks", number) % {"n": number}


# (URL name, label, permission)
ENTRIES = [
    ("today", _("Today"), Permission.SEE_SCHEDULE),
    ("calendar", _("Calendar"), Permission.SEE_SCHEDULE),
    ("patients", _("Patients"), Permission.FIND_PATIENTS),
    ("emergency", _("Emergency"), Permission.OPEN_IN_EMERGENCY),
    ("worklist", _("Tasks"), Permission.SEE_TASKS),
    ("reports", _("Reports"), Permission.SEE_REPORTS),
    ("devices", _("Devices"), Permission.MANAGE_DEVICES),
    ("staff", _("Staff"), Permission.MANAGE_STAFF),
    ("outbox", _("Messages"), Permission.SEE_MESSAGES),
    ("audit", _("Audit"), Permission.SEE_AUDIT),
    ("imports", _("Import"), Permission.IMPORT_DATA),
    ("exports", _("Exports"), Permission.EXPORT_EVERYTHING),
    ("erasures", _("Erasures"), Permission.ERASE_PATIENTS),
    ("health", _("Health"), Permission.SEE_HEALTH),
    ("clinic_settings", _("Settings"), Permission.EDIT_CLINIC),
]

# What waits, as a number in the header: (URL name, query, words for the number, permission, selector of a clinic's number).
COUNTS = [
    ("today", "?tab=unsigned", _unsigned, Permission.RECORD_VISITS, "sessions.selectors.visits.unsigned_count"),
    ("worklist", "", _tasks, Permission.SEE_TASKS, "clinic.selectors.worklist.waiting_in"),
]

# What a lower floor's page may link to above it: its word for the page → URL name.
PAGES_ABOVE = {
    "record": "patient",
    "day": "today",
    "calendar_settings": "calendar_settings",
    "course": "course",
    "new_course": "course_new",
    "remove_demo": "demo_remove",
    "merge": "patient_merge",
    "work_of": "staff_work",
}
