"""Who and where: organisations, clinics, staff, patients, messages, tasks, and the audit of all that happens to them."""

from clinic.models.audit import AuditEvent, PlatformEvent
from clinic.models.call_count import CallCount
from clinic.models.clinic import Clinic, Organisation
from clinic.models.emergency import EmergencyAccess
from clinic.models.erasure import Erasure
from clinic.models.export import Export
from clinic.models.importing import ImportBatch, ImportPiece, ImportProfile, ImportRow
from clinic.models.installation import Heartbeat, SetupCode
from clinic.models.message import Message, MessageHold
from clinic.models.operation import Operation
from clinic.models.patient import Consent, Patient, PatientIdentity
from clinic.models.signed_in import SignedInBrowser
from clinic.models.staff import ApiToken, Membership, StaffInvitation, User
from clinic.models.submission import IdempotencyKey
from clinic.models.task import Task

__all__ = [
    "ApiToken",
    "AuditEvent",
    "CallCount",
    "Clinic",
    "Consent",
    "EmergencyAccess",
    "Erasure",
    "Export",
    "Heartbeat",
    "IdempotencyKey",
    "ImportBatch",
    "ImportPiece",
    "ImportProfile",
    "ImportRow",
    "Membership",
    "Message",
    "MessageHold",
    "Operation",
    "Organisation",
    "Patient",
    "PatientIdentity",
    "PlatformEvent",
    "SetupCode",
    "SignedInBrowser",
    "StaffInvitation",
    "Task",
    "User",
]
