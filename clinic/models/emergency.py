"""Records opened in an emergency by people who otherwise may not read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel


class EmergencyAccess(ClinicModel):
    """One person may read one patient's record until `ends_at`, for the reason they gave. Added to, never changed."""

    membership = ClinicForeignKey("clinic.Membership", related_name="+")
    patient = ClinicForeignKey("clinic.Patient", related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()

    path_to_patient = "patient_id"
    append_only = True

    class Meta(ClinicModel.Meta):
        indexes = [models.Index(fields=["clinic", "membership", "-ends_at"], name="emergency_by_member")]
