"""How long ago something was, in few words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def ago(age: timedelta) -> str:
    """As in "12 min ago": the largest unit that fits, whole numbers, never negative."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < 100:
        return _("%(n)s s ago") % {"n": seconds}
    if seconds < 100 * 60:
        return _("%(n)s min ago") % {"n": seconds // 60}
    if seconds < 49 * 3600:
        return _("%(n)s h ago") % {"n": seconds // 3600}
    return ngettext("%(n)s day ago", "%(n)s days ago", seconds // 86400) % {"n": seconds // 86400}
