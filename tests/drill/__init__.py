"""`make drill`: faults of real processes, each with a figure and its limit; the ordinary tests run the same with small numbers."""
