"""What is done: devices and protocols, courses of care and their plans, visits and their parts."""

from sessions.models.course import Course, Plan, PlannedExercise, PlannedTherapy
from sessions.models.device import Device, DeviceCorrection, DeviceWavelength, Handpiece, Protocol
from sessions.models.visit import Addendum, LaserApplication, OtherTreatment, Visit, VisitDraft

__all__ = [
    "Addendum",
    "Course",
    "Device",
    "DeviceCorrection",
    "DeviceWavelength",
    "Handpiece",
    "LaserApplication",
    "OtherTreatment",
    "Plan",
    "PlannedExercise",
    "PlannedTherapy",
    "Protocol",
    "Visit",
    "VisitDraft",
]
