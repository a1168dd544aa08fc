"""How far a long command has come: a bar on a terminal, a plain line now and then where there is none."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 30
PAUSE_S = 0.1  # between two drawings of the bar
PLAIN_PAUSE_S = 10.0  # between two lines of a log


class Progress:
    """Counts up to `total` (unknown: None) on a stream, by preference stderr, so that stdout stays for results."""

    def __init__(self, stream: TextIO, total: int | None, noun: str) -> None:
        self.stream, self.total, self.noun = stream, total, noun
        self.is_terminal = bool(getattr(stream, "isatty", lambda: False)())
        self.done = 0
        self.drawn = time.monotonic()

    def advance(self, steps: int = 1) -> None:
        """Some more are done; drawn when enough time has passed."""
        self.done += steps
        now = time.monotonic()
        if now - self.drawn >= (PAUSE_S if self.is_terminal else PLAIN_PAUSE_S):
            self.drawn = now
            self._draw()

    def close(self) -> None:
        """Draw the last state and end the line."""
        if self.is_terminal:
            self._draw()
            self.stream.write("\n")
            self.stream.flush()

    def _draw(self) -> None:
        count = f"{self.done} {self.noun}" if self.total is None else f"{self.done} of {self.total} {self.noun}"
        if not self.is_terminal:
            self.stream.write(f"{count}\n")
        elif self.total:
            filled = min(WIDTH, WIDTH * self.done // self.total)
            self.stream.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {count}")
        else:
            self.stream.write(f"\r{count}")
        self.stream.flush()
