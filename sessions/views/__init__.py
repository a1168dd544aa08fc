"""Pages of the treatment floor, by noun."""
