"""The kinds of operation by which the setup page asks for a demo and the worker says that it is there."""

from clinic.services.operations import DEMO_WISHED as WISHED

FILLED = "demo_filled"

__all__ = ["FILLED", "WISHED"]
