"""What stands in the header, for whom. The one place where lower floors link upward."""

from django.utils.translation import gettext_lazy as _

from clinic.permissions import Permission

# (URL name, label, permission)
ENTRIES = [
    ("today", _("Today"), Permission.SEE_SCHEDULE),
    ("patients", _("Patients"), Permission.FIND_PATIENTS),
    ("reports", _("Reports"), Permission.SEE_REPORTS),
    ("devices", _("Devices"), Permission.MANAGE_DEVICES),
    ("staff", _("Staff"), Permission.MANAGE_STAFF),
    ("outbox", _("Messages"), Permission.SEE_MESSAGES),
]
