"""What stands in the header, for whom. The one place where lower floors link upward."""

from django.utils.translation import gettext_lazy as _

from clinic.permissions import Permission

# (URL name, label, permission)
ENTRIES = [
    ("today", _("Today"), Permission.SEE_SCHEDULE),
    ("patients", _("Patients"), Permission.FIND_PATIENTS),
    ("worklist", _("Tasks"), Permission.SEE_TASKS),
    ("reports", _("Reports"), Permission.SEE_REPORTS),
    ("devices", _("Devices"), Permission.MANAGE_DEVICES),
    ("staff", _("Staff"), Permission.MANAGE_STAFF),
    ("outbox", _("Messages"), Permission.SEE_MESSAGES),
]

# What a lower floor's page may link to above it: its word for the page → URL name.
PAGES_ABOVE = {
    "record": "patient",
    "course": "course",
    "new_course": "course_new",
}
