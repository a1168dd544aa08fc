"""The interface for programs: what endpoints are made of, and those of this floor."""
