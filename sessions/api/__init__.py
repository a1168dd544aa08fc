"""The interface for programs, for what is done: courses, plans, visits, devices."""
