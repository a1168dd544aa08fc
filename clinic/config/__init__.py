"""The composition root: the only package that knows all three apps, by dotted strings. Nobody imports it."""
