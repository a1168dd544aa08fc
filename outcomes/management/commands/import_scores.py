"""`manage.py import_scores`: scores of an instrument from a table of comma-separated values."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.importing.table import FileRefused, Table
from clinic.models import Clinic
from outcomes.importing.recording import Import
from outcomes.importing.wishes import Wishes, WishRefused, read_date, read_map, read_moments, read_number, read_pairs
from outcomes.instruments import Instrument
from outcomes.progress import Progress
from outcomes.registry import instruments
from sessions.models import Course

USAGE = 2
SOME_REFUSED = 1


class Command(BaseCommand):
    """Ends with 0 when everything is in, 1 when rows were refused, 2 when the wish or the file cannot be understood."""

    help = "Import scores of one instrument. Prints a verdict for every line; may be repeated without doubling anything."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said about the file; docs/how-to-import-scores.md explains it with an example."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--clinic", required=True, help="the clinic's address, as in /c/ADDRESS/")
        parser.add_argument("--instrument", required=True, help="the instrument's key, for example vas-100")
        parser.add_argument("--map", nargs="+", required=True, metavar="PART=COLUMN", help="person, time, value or item.ID; label, start")
        parser.add_argument("--scale", default="1", help="multiply every value, for example by 100")
        parser.add_argument("--time-map", nargs="+", default=[], metavar="CODE=DAYSd[/OCCASION]", help="codes of the time column")
        parser.add_argument("--days", action="store_true", help="the time column holds days after the start")
        parser.add_argument("--label-map", nargs="+", default=[], metavar="CODE=LABEL", help="codes of the label column")
        parser.add_argument("--start-date", help="when every course began, if no column says so")
        parser.add_argument("--course-days", type=int, help="after how many days courses have ended (default: they still run)")
        parser.add_argument("--complaint", default=Course.Complaint.OTHER, choices=Course.Complaint.values)
        parser.add_argument("--source", help="a name for the file's origin, the same in every run (default: the file's name)")
        parser.add_argument("--record-prefix", default="", help="put before the source's person to make the record number")
        parser.add_argument("--encoding", default="utf-8")
        parser.add_argument("--delimiter", default="", help="default: what the first line uses")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--only-refused", action="store_true", help="print no verdict for rows that are in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, judge, record, and say what became of every line."""
        try:
            order = _order(options)
            with options["file"].open("rb") as file:
                table = Table(file, encoding=options["encoding"], delimiter=options["delimiter"])
                order.wishes.check_columns(table.columns)
                counts = self._run(order, table, _count_lines(options["file"]), only_refused=options["only_refused"])
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}.", returncode=USAGE) from None
        except (WishRefused, FileRefused) as problem:
            raise CommandError(str(problem), returncode=USAGE) from None
        self._summarise(counts, dry_run=options["dry_run"])

    def _run(self, order: Import, table: Table, lines: int, *, only_refused: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        progress = Progress(sys.stderr, max(0, lines - 1), "rows")
        for verdicts in order.run(table):
            for verdict in verdicts:
                counts[verdict.state] += 1
                if not only_refused or verdict.state == "refused":
                    self.stdout.write(f"line {verdict.line}: {verdict.state}{': ' if verdict.reason else ''}{verdict.reason}")
            progress.advance(len(verdicts))
        progress.close()
        return counts

    def _summarise(self, counts: Counter[str], *, dry_run: bool) -> None:
        would = "would be imported" if dry_run else "imported"
        self.stdout.write(f"{counts['ok']} {would}, {counts['already there']} already there, {counts['refused']} refused")
        if counts["refused"]:
            raise SystemExit(SOME_REFUSED)


def _order(options: dict[str, Any]) -> Import:
    clinic = Clinic.objects.filter(slug=options["clinic"]).first()
    if clinic is None:
        raise WishRefused(f"There is no clinic {options['clinic']!r}.")
    instrument = instruments().get(options["instrument"])
    if instrument is None:
        raise WishRefused(f"There is no instrument {options['instrument']!r}; there are {', '.join(sorted(instruments()))}.")
    wishes = _wishes(options)
    _check_items(wishes, instrument)
    return Import(clinic, instrument, wishes, dry_run=options["dry_run"])


def _wishes(options: dict[str, Any]) -> Wishes:
    columns, items = read_map(options["map"])
    if "start" not in columns and not options["start_date"]:
        # A score is "before treatment" or not by the day on which treatment began: guessing it would make a follow-up a baseline.
        raise WishRefused("Say when treatment began: --start-date DATE for all, or start=COLUMN in --map.")
    return Wishes(
        columns=columns,
        items=items,
        source=options["source"] or options["file"].stem[:30],
        scale=_number(options["scale"], "--scale"),
        times=read_moments(options["time_map"]),
        days=options["days"],
        labels=read_pairs(options["label_map"], "--label-map"),
        start_date=_date(options["start_date"]) if options["start_date"] else None,
        record_prefix=options["record_prefix"],
        complaint=options["complaint"],
        course_days=options["course_days"],
    )


def _check_items(wishes: Wishes, instrument: Instrument) -> None:
    known = {item.id for item in instrument.items}
    unknown = sorted(set(wishes.items) - known)
    if unknown:
        raise WishRefused(f"--map: {instrument.key} has no item {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
    if not wishes.items and len(known) > 1:
        raise WishRefused(f"--map: {instrument.key} has {len(known)} items. Map each of them: item.ID=COLUMN.")


def _number(text: str, what: str) -> Decimal:
    try:
        return read_number(text)
    except ValueError as reason:
        raise WishRefused(f"{what} {reason}.") from None


def _date(text: str) -> Any:
    try:
        return read_date(text)
    except ValueError as reason:
        raise WishRefused(f"--start-date {reason}.") from None


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
