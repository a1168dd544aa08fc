"""The progress of a long command: a bar where somebody watches, plain lines in a log."""

from __future__ import annotations

import io

from outcomes.progress import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_that_ends_full() -> None:
    stream = _Terminal()
    progress = Progress(stream, 4, "rows")
    for _ in range(4):
        progress.drawn = float("-inf")  # as if a while had passed
        progress.advance()
    progress.close()
    first, *_, last = stream.getvalue().strip("\r\n").split("\r")
    assert first == f"[{'#' * 7}{'.' * 23}] 1 of 4 rows"
    assert last == f"[{'#' * 30}] 4 of 4 rows"


def test_a_log_gets_a_plain_line_now_and_then_and_nothing_for_a_short_run() -> None:
    stream = io.StringIO()
    progress = Progress(stream, None, "rows")
    progress.advance(200)
    assert stream.getvalue() == ""
    progress.drawn = float("-inf")
    progress.advance(200)
    progress.close()
    assert stream.getvalue() == "400 rows\n"
