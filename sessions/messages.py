"""The words of reminders. No complaint, no treatment, no body part stands in any of them."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic, Message
from clinic.services.messages import Mail, NoLongerDue
from sessions.models import Visit
from sessions.selectors.calendar import calendar_rules
from sessions.services.reminders import cannot_come_link, reminder_key


def reminder_mail(message: Message, clinic: Clinic) -> Mail:
    """The reminder of one visit. Raises NoLongerDue once the visit was moved, cancelled, begun, or its time has come."""
    visit = Visit.objects.filter(pk=message.subject_id).select_related("clinic").first()
    if visit is None or visit.state != Visit.State.BOOKED:
        raise NoLongerDue("visit_settled")
    if reminder_key(visit) != message.business_key:
        raise NoLongerDue("visit_moved")
    if visit.planned_for <= timezone.now():
        raise NoLongerDue("visit_over")
    local = visit.planned_for.astimezone(clinic.zone)
    told = {"clinic": clinic.name, "day": formats.date_format(local, "DATE_FORMAT"), "time": formats.time_format(local, "TIME_FORMAT")}
    paragraphs = [
        _("%(clinic)s reminds you of your visit: %(day)s, %(time)s.") % told,
        _("You cannot come? Please say so here, or call us:"),
        cannot_come_link(visit),
        calendar_rules().address,
    ]
    if clinic.telephone:
        paragraphs.append(_("%(clinic)s, telephone %(telephone)s") % {"clinic": clinic.name, "telephone": clinic.telephone})
    paragraphs.append(_("You do not want such messages any more? Tell the clinic; your treatment does not depend on it."))
    return Mail(_("Your visit at %(clinic)s") % told, "\n\n".join(filter(None, paragraphs)) + "\n")
