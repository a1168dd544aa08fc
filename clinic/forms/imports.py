"""Bringing in a file, saying how it is written, and naming its columns."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.importing.cells import COMMA, DAY_FIRST, EMPTY, MONTH_FIRST, POINT, CellRefused
from clinic.importing.kinds import Option, fields_of, kinds
from clinic.importing.patients import ways_of
from clinic.importing.reading import ENCODINGS, FileRefused, open_file
from clinic.models import ImportBatch
from clinic.selectors.import_words import file_words
from clinic.services.imports import ImportRefused, source_word

LARGEST_FILE = 20 * 1024 * 1024
# A file so small is opened while somebody waits, so that a wrong one is refused at its field.
OPENED_AT_ONCE = 1024 * 1024

_ENCODINGS = [("", gettext_lazy("recognise")), *ENCODINGS.items()]
_DELIMITERS = [
    ("", gettext_lazy("recognise")),
    ("comma", gettext_lazy("comma ,")),
    ("semicolon", gettext_lazy("semicolon ;")),
    ("tab", gettext_lazy("tabulator")),
    ("pipe", gettext_lazy("vertical bar |")),
]
_DATES = [
    ("", gettext_lazy("only what can be read in one way")),
    (DAY_FIRST, gettext_lazy("day first: 3/4/1961 is 3 April")),
    (MONTH_FIRST, gettext_lazy("month first: 3/4/1961 is 4 March")),
]
_NUMBERS = [
    ("", gettext_lazy("only what can be read in one way")),
    (POINT, gettext_lazy("point: 1.5")),
    (COMMA, gettext_lazy("comma: 1,5")),
]


class UploadForm(forms.Form):
    """The file, what it holds and where it comes from."""

    kind = forms.ChoiceField(label=gettext_lazy("What does the file hold?"), widget=forms.RadioSelect, initial="patients")
    source = forms.CharField(
        label=gettext_lazy("Where does the list come from?"),
        max_length=40,
        help_text=gettext_lazy("The same word each time: the columns are remembered by it. For example: old practice software."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), up to 20 MB and 100,000 rows, with the names of the columns in the first line."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(kind.key, f"{kind.label}: {kind.about}") for kind in kinds().values()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean_source(self) -> str:
        """A word that stands for the source in every file of it."""
        try:
            return source_word(str(self.cleaned_data["source"]))
        except ImportRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_file(self) -> UploadedFile:
        """A file of a bearable size, that can be opened."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Divide it."))
        if (file.size or 0) <= OPENED_AT_ONCE:
            _check_rows(file.file)
        return file


def _check_rows(file: Any) -> None:
    """Refuse at its field what cannot be opened, or holds nothing."""
    table: Any = None
    try:
        table, _how = open_file(file, {})
        empty = next(iter(table), None) is None
    except FileRefused as refused:
        raise forms.ValidationError(str(refused)) from None
    finally:
        text = getattr(table, "text", None)
        if text is not None:
            text.detach()  # its reader would close the file with itself
    if empty:
        raise forms.ValidationError(_("The file has no rows below its first line."))


class RereadForm(forms.Form):
    """How a file is written, and what its kind has to be told before its columns can be named."""

    def __init__(self, *args: Any, batch: ImportBatch, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = batch.settings
        if chosen.get("format") != "xlsx":
            read = dict(ENCODINGS).get(chosen.get("read_encoding", ""), "")
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Letters"),
                choices=_ENCODINGS,
                required=False,
                initial=chosen.get("encoding", ""),
                help_text=_("Read as %(encoding)s.") % {"encoding": read} if read else "",
            )
            divided = dict(_DELIMITERS).get(chosen.get("read_delimiter", ""), "")
            self.fields["delimiter"] = forms.ChoiceField(
                label=_("Columns divided by"),
                choices=_DELIMITERS,
                required=False,
                initial=chosen.get("delimiter", ""),
                help_text=_("Read with: %(delimiter)s.") % {"delimiter": divided} if divided else "",
            )
        for option in kinds()[batch.kind].options:
            if option.rereads:
                self.fields[option.key] = _field_of(option, chosen.get(option.key, ""))


def _field_of(option: Option, initial: str) -> forms.Field:
    common: dict[str, Any] = {"label": option.label, "help_text": option.help, "required": False, "initial": initial}
    return forms.ChoiceField(choices=option.choices(), **common) if option.choices else forms.CharField(max_length=20, **common)


class MappingForm(forms.Form):
    """For every field, the column that holds it; and how the file writes dates and numbers."""

    def __init__(self, *args: Any, batch: ImportBatch, **options: Any) -> None:
        super().__init__(*args, **options)
        self.batch = batch
        choices = [("", _("– not in the file –")), *((column, column) for column in batch.columns)]
        self.known = fields_of(batch)
        for key, field in self.known.items():
            self.fields[key] = forms.ChoiceField(
                label=str(field.label),
                choices=choices,
                required=field.required,
                initial=batch.mapping.get(key, ""),
                help_text=str(field.help),
            )
            # Whoever reads what comes of leaving it out need not be told that it can be left out.
            self.fields[key].hide_optional = bool(field.help)  # type: ignore[attr-defined]
        self._add_way("dates", _("Dates are written"), _DATES)
        self._add_way("numbers", _("Decimal mark"), _NUMBERS)
        for option in kinds()[batch.kind].options:
            if not option.rereads:
                self.fields[option.key] = _field_of(option, batch.settings.get(option.key, ""))

    def _add_way(self, name: str, label: str, choices: Any) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=self.batch.settings.get(name, ""))

    def clean(self) -> dict[str, Any]:
        """What an option cannot mean stands at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for option in kinds()[self.batch.kind].options:
            text = str(cleaned.get(option.key, "")).strip()
            if option.read and text:
                try:
                    option.read(text, ways_of({**self.batch.settings, "numbers": cleaned.get("numbers", "")}))
                except CellRefused as refused:
                    self.add_error(option.key, f"{option.label} {refused}.")
        return cleaned

    def column_fields(self) -> list[forms.BoundField]:
        """The fields that name columns."""
        return [self[name] for name in self.fields if name in self.known]

    def way_fields(self) -> list[forms.BoundField]:
        """The fields that say how things are written."""
        return [self[name] for name in self.fields if name not in self.known]

    def mapping(self) -> dict[str, str]:
        """Field → column."""
        return {key: column for key, column in self.cleaned_data.items() if column and key in self.known}

    def settings(self) -> dict[str, str]:
        """How the file writes things."""
        return {name: str(value) for name, value in self.cleaned_data.items() if name not in self.known}


class WordsForm(forms.Form):
    """For every word of the file that is not understood, the one of ours that it means."""

    def __init__(self, *args: Any, batch: ImportBatch, **options: Any) -> None:
        super().__init__(*args, **options)
        self.batch = batch
        self.asked = {f"word-{each.field.key}-{_digest(each.text)}": each for each in file_words(batch)}
        for name, each in self.asked.items():
            empty = [] if each.field.required else [(EMPTY, _("– leave it empty –"))]
            rows = ngettext("%(n)s row", "%(n)s rows", each.count) % {"n": each.count}
            self.fields[name] = forms.ChoiceField(
                label=f"{each.field.label}: “{each.text}”",
                choices=[
                    ("", _("– not known: its rows stay out –")),
                    *empty,
                    *sorted(each.field.words.items(), key=lambda word: str(word[1])),
                ],
                required=False,
                initial=each.chosen,
                help_text=rows if each.count else "",
            )
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def words(self) -> dict[str, dict[str, str]]:
        """Field → word of the file → the code chosen for it; what was chosen for other columns stays as it was."""
        kept: dict[str, dict[str, str]] = {key: dict(words) for key, words in (self.batch.settings.get("words") or {}).items()}
        for name, each in self.asked.items():
            kept.setdefault(each.field.key, {}).pop(each.text, None)
            if self.cleaned_data[name]:
                kept[each.field.key][each.text] = self.cleaned_data[name]
        return {key: words for key, words in kept.items() if words}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
