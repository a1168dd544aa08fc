"""Bringing in a file, and naming its columns."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clinic.importing.fields import fields
from clinic.importing.table import FileRefused, Table
from clinic.importing.workbook import Workbook
from clinic.models import ImportBatch

LARGEST_FILE = 20 * 1024 * 1024


class UploadForm(forms.Form):
    """The file and where it comes from."""

    source = forms.CharField(
        label=_("Where does the list come from?"),
        max_length=40,
        help_text=_("The same word each time: the columns are remembered by it. For example: old practice software."),
    )
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel (.xlsx), up to 20 MB, with the names of the columns in the first line.")
    )

    def clean_source(self) -> str:
        """A word that can stand in the key of a course."""
        source = " ".join(str(self.cleaned_data["source"]).split()).casefold()
        if ":" in source:
            raise forms.ValidationError(_("Leave out the colon."))
        return source

    def clean_file(self) -> UploadedFile:
        """A file of a bearable size."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Divide it."))
        return file

    def table(self) -> Table | Workbook:
        """The file, open for reading. Raises FileRefused."""
        file: Any = self.cleaned_data["file"].file
        file.seek(0)
        start = file.read(4)
        file.seek(0)
        if start == b"PK\x03\x04":
            return Workbook(file)
        if start[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _is_binary(file.read(4096)):
            raise FileRefused("This is neither a CSV file nor an Excel workbook (.xlsx).")
        file.seek(0)
        return Table(file, encoding="utf-8" if _is_utf8(file) else "cp1252")


def _is_binary(beginning: bytes) -> bool:
    """Whether more than one byte in twenty is a control character: a picture, a PDF, an old .xls."""
    return sum(byte < 32 and byte not in b"\t\r\n" for byte in beginning) * 20 > len(beginning)


def _is_utf8(file: Any) -> bool:
    """Whether the beginning reads as UTF-8; else it is taken for what Windows writes in Western Europe."""
    beginning = file.read(200_000)
    file.seek(0)
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(beginning) - 4 or bool(re.match(rb"\xff\xfe|\xfe\xff", beginning))
    return True


class MappingForm(forms.Form):
    """For every field, the column that holds it."""

    def __init__(self, *args: Any, batch: ImportBatch, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("– not in the file –")), *((column, column) for column in batch.columns)]
        for key, field in fields().items():
            self.fields[key] = forms.ChoiceField(
                label=str(field.label), choices=choices, required=False, initial=batch.mapping.get(key, "")
            )

    def mapping(self) -> dict[str, str]:
        """Field → column."""
        return {key: column for key, column in self.cleaned_data.items() if column}


__all__ = ["FileRefused", "MappingForm", "UploadForm"]
