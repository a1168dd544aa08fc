"""Pages of the ground floor, by noun."""
