"""What is done: devices and protocols, courses of care and their plans, visits and their parts."""

from sessions.models.calendar import CalendarRules, ClosedDay, Room
from sessions.models.course import Course, Plan, PlannedExercise, PlannedTherapy
from sessions.models.device import Device, DeviceCorrection, DeviceWavelength, Handpiece, Protocol
from sessions.models.laser_rules import LaserRules
from sessions.models.measurement import OutputMeasurement
from sessions.models.visit import Addendum, LaserApplication, OtherTreatment, Visit, VisitDraft

__all__ = [
    "Addendum",
    "CalendarRules",
    "ClosedDay",
    "Course",
    "Device",
    "DeviceCorrection",
    "DeviceWavelength",
    "Handpiece",
    "LaserApplication",
    "LaserRules",
    "OtherTreatment",
    "OutputMeasurement",
    "Plan",
    "PlannedExercise",
    "PlannedTherapy",
    "Protocol",
    "Room",
    "Visit",
    "VisitDraft",
]
