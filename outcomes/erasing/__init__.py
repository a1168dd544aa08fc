"""Erasing a person: who they were goes at once, what was done to them when its time is over; and the ledger that a restore repeats."""
