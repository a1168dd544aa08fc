"""Pure arithmetic of outcomes: numbers and dates in, frozen dataclasses out; no Django, no clock, no rounding."""
