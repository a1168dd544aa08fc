"""`manage.py import_file`: patients, courses, past visits or scores from a CSV file or an Excel workbook, as the page does it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.importing.kinds import kinds
from clinic.importing.reading import DELIMITER_WORDS, ENCODINGS
from clinic.models import Clinic, ImportBatch, ImportProfile, ImportRow, Membership
from clinic.permissions import ADMINISTRATOR
from clinic.scoping import clinic_scope
from clinic.services.import_work import run_claimed
from clinic.services.imports import ImportRefused, discard_import, judge_import, queue_import, queue_undo, read_import, receive_import
from clinic.writes import SYSTEM_COMMAND, Actor

USAGE = 2
SOME_REFUSED = 1
AT_A_TIME = 1000
_STAYS = {"kept_in_use", "changed_since"}
_GOOD = (ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGED)


class Command(BaseCommand):
    """Ends with 0 when everything is in, 1 when rows were refused, 2 when the wish or the file cannot be understood."""

    help = "Import a file. Prints a verdict for every line; may be repeated without doubling anything; the page can take it back."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said about the file; docs/how-to-import.md explains it with an example."""
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--clinic", required=True, help="the clinic's address, as in /c/ADDRESS/")
        parser.add_argument(
            "--undo", type=UUID, metavar="IMPORT", help="take this import back: its id, as the command or the page's address says"
        )
        parser.add_argument("--kind", choices=sorted(kinds()))
        parser.add_argument("--source", default="", help="where the file comes from, the same word each time")
        parser.add_argument("--profile", default="", help="name the columns as for this other source")
        parser.add_argument("--map", nargs="+", default=[], metavar="FIELD=COLUMN", help="on top of what the headings say")
        parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE", help="for example instrument=vas-100 multiply=100")
        parser.add_argument("--dates", default="", choices=["day_first", "month_first"], help="how 3/4/1961 is to be read")
        parser.add_argument("--numbers", default="", choices=["point", "comma"], help="which mark is the decimal one")
        parser.add_argument("--encoding", default="", choices=sorted(ENCODINGS))
        parser.add_argument("--delimiter", default="", choices=sorted(DELIMITER_WORDS))
        parser.add_argument("--by", default="", metavar="EMAIL", help="the member who brings it in (default: an administrator)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--only-refused", action="store_true", help="print no verdict for rows that are in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive, read, preview, and unless it is a dry run carry out."""
        if options["undo"]:
            self._take_back(options)
            return
        if not (options["file"] and options["kind"] and options["source"]):
            raise CommandError("Say a file, --kind and --source; or --undo and an import.", returncode=USAGE)
        try:
            clinic = _clinic(options["clinic"])
            batch = self._received(clinic, options)
            self._judge(clinic, batch, options)
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}.", returncode=USAGE) from None
        except ImportRefused as problem:
            raise CommandError(str(problem), returncode=USAGE) from None
        if options["dry_run"]:
            refused = self._report(clinic, batch, options)
            with clinic_scope(clinic.pk):
                discard_import(actor=SYSTEM_COMMAND, batch=batch)
        else:
            with clinic_scope(clinic.pk):
                queue_import(actor=_actor(batch.uploaded_by), batch=batch)
            self.stdout.write(f"import {batch.pk}")
            self._run(clinic, batch)
            refused = self._report(clinic, batch, options)
        if refused:
            raise SystemExit(SOME_REFUSED)

    def _take_back(self, options: dict[str, Any]) -> None:
        """What the page's button does. Prints what came of each line; ends with 1 when something stays."""
        try:
            clinic = _clinic(options["clinic"])
            with clinic_scope(clinic.pk):
                member = _member(options["by"])
                batch = _import(options["undo"])
                queue_undo(actor=_actor(member), batch=batch)
        except ImportRefused as problem:
            raise CommandError(str(problem), returncode=USAGE) from None
        self._run(clinic, batch)
        with clinic_scope(clinic.pk):
            rows = list(
                ImportRow.objects.filter(batch=batch, is_done=True).exclude(outcome="").order_by("line").values_list("line", "outcome")
            )
        for line, outcome in rows:
            self.stdout.write(f"line {line}: {outcome}")
        stay = sum(outcome in _STAYS for _line, outcome in rows)
        self.stdout.write(f"{len(rows) - stay} taken back, {stay} stay")
        if stay:
            raise SystemExit(SOME_REFUSED)

    def _received(self, clinic: Clinic, options: dict[str, Any]) -> ImportBatch:
        settings = {name: options[name] for name in ("encoding", "delimiter", "dates", "numbers")} | _pairs(options["set"], "--set")
        with clinic_scope(clinic.pk), options["file"].open("rb") as file:
            member = _member(options["by"])
            source = " ".join(options["source"].split()).casefold()
            batch = receive_import(actor=SYSTEM_COMMAND, member=member, source=source, kind=options["kind"], file=file, settings=settings)
        with clinic_scope(clinic.pk):
            read = read_import(actor=SYSTEM_COMMAND, batch=batch)
            batch.refresh_from_db()
            if not read:
                discard_import(actor=SYSTEM_COMMAND, batch=batch)
        if not read:
            raise ImportRefused(batch.problem)
        return batch

    def _judge(self, clinic: Clinic, batch: ImportBatch, options: dict[str, Any]) -> None:
        """A refused mapping leaves nothing of the file behind."""
        wished = _pairs(options["map"], "--map")
        try:
            with clinic_scope(clinic.pk):
                profile = ImportProfile.objects.filter(source=options["profile"], kind=batch.kind).first() if options["profile"] else None
                mapping = {**(profile.mapping if profile else batch.mapping), **wished}
                judge_import(actor=SYSTEM_COMMAND, batch=batch, mapping={key: column for key, column in mapping.items() if column})
        except ImportRefused:
            with clinic_scope(clinic.pk):
                discard_import(actor=SYSTEM_COMMAND, batch=batch)
            raise
        self._run(clinic, batch)

    def _run(self, clinic: Clinic, batch: ImportBatch) -> None:
        """Do the step that waits, here and now, unless a worker has taken it up."""
        run_claimed(batch, clinic.pk, self._progress)
        sys.stderr.write("\n")

    def _progress(self, batch: ImportBatch) -> None:
        sys.stderr.write(f"\r{batch.get_state_display()}: {batch.handled} rows")

    def _report(self, clinic: Clinic, batch: ImportBatch, options: dict[str, Any]) -> int:
        """A line for every row, and the sum; how many are not in."""
        counts: Counter[str] = Counter()
        after = 0
        while True:
            with clinic_scope(clinic.pk):
                found = ImportRow.objects.filter(batch=batch, line__gt=after).order_by("line").defer("cells", "before")
                rows = list(found[:AT_A_TIME])
            for row in rows:
                missing = not options["dry_run"] and not row.is_done and row.verdict in _GOOD
                counts["missing" if missing else row.verdict] += 1
                if not options["only_refused"] or row.verdict == ImportRow.Verdict.ERROR:
                    self.stdout.write(f"line {row.line}: {row.get_verdict_display()}{': ' if row.reason else ''}{row.reason}")
            if not rows:
                break
            after = rows[-1].line
        good = sum(counts[verdict] for verdict in _GOOD)
        done = "would be imported" if options["dry_run"] else "imported"
        refused = counts[ImportRow.Verdict.ERROR]
        stopped = f", {counts['missing']} not reached: it was stopped" if counts["missing"] else ""
        self.stdout.write(f"{good} {done}, {counts[ImportRow.Verdict.SAME]} already there, {refused} refused{stopped}")
        return refused + counts["missing"]


def _import(key: UUID) -> ImportBatch:
    batch: ImportBatch | None = ImportBatch.objects.filter(pk=key).first()
    if batch is None:
        raise ImportRefused("There is no such import in this clinic.")
    return batch


def _actor(member: Membership) -> Actor:
    """The command, in somebody's name."""
    return Actor(kind=Actor.COMMAND, user_id=member.user_id)


def _clinic(slug: str) -> Clinic:
    clinic = Clinic.objects.filter(slug=slug).first()
    if clinic is None:
        raise ImportRefused(f"There is no clinic {slug!r}.")
    return clinic


def _member(email: str) -> Membership:
    """Who brings the file in."""
    members = Membership.objects.select_related("user").filter(is_active=True)
    found = members.filter(user__email__iexact=email) if email else members.filter(roles__contains=[ADMINISTRATOR.key]).order_by("id")
    member: Membership | None = found.first()
    if member is None:
        raise ImportRefused(
            "There is no such member of this clinic (--by)." if email else "This clinic has no administrator: say --by EMAIL."
        )
    return member


def _pairs(texts: list[str], what: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ImportRefused(f"{what}: write pairs like a=b.")
        pairs[name.strip()] = value.strip()
    return pairs
