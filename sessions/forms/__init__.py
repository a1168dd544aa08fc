"""Forms of the treatment floor."""
