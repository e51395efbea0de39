"""What became of a file's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from campaign.contacts import csv_safe, erased
from campaign.contacts.csv_import.headings import in_words
from campaign.contacts.csv_import.reading import Row, Sheet
from campaign.errors import InvalidInput
from campaign.i18n import translate
from campaign.models import ImportRefusal

CREATED, CHANGED, MERGED, UNCHANGED, REFUSED = "created", "changed", "merged", "unchanged", "refused"
COUNTED = ("rows", CREATED, CHANGED, MERGED, UNCHANGED, REFUSED, "consents", "kept_silent", "suppressed")
# rows about somebody erased are refused without a word of theirs
FORGOTTEN = erased.REASONS | {"contacts-error-erased"}
# rows whose fate a preview shows
PREVIEW_ROWS = 10
Progress = Callable[[int], None]
"""Called after each chunk with the number of rows in it."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: a Fluent key with its values says why."""

    row: Row
    reason: str
    values: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row.number, "reason": self.reason, "values": self.values,
            "cells": list(self.row.cells),
        }  # fmt: skip


@dataclass
class Outcome:
    """`counts`: rows, created, changed, merged (about somebody of a row before), unchanged, refused; and
    consents, asked, kept_silent, suppressed where they apply."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    first_refused: list[Refusal] = field(default_factory=list)
    """For a preview: the first of them, which stay when the others were written down."""
    done: list[tuple[Row, str, int]] = field(default_factory=list)
    """For a preview, of the first rows: row, what became of it, and the id of its contact or order."""

    def refuse(self, row: Row, error: InvalidInput) -> None:
        values = {name: value for name, value in error.values.items() if isinstance(value, str | int)}
        if error.key in FORGOTTEN:
            row, values = (
                Row(row.number, ()),
                {},
            )  # a list of the refused must not keep who was to be forgotten
        refusal = Refusal(row, error.key, values)
        self.refusals.append(refusal)
        if len(self.first_refused) < PREVIEW_ROWS:
            self.first_refused.append(refusal)
        self.counts[REFUSED] += 1

    def as_counts(self) -> dict[str, int]:
        counts = {name: self.counts[name] for name in COUNTED}
        return counts | {"asked": self.counts["asked"]} if self.counts["asked"] else counts


def refused_csv(headings: Sequence[str], refused: Iterable[ImportRefusal], language: str) -> Iterator[str]:
    """The refused rows as they were, with row number and reason in front: to mend and to import again."""
    first = [
        translate(language, "contacts-import-column-row"),
        translate(language, "contacts-import-column-reason"),
    ]
    rows = ([entry.row, translate(language, entry.reason, **entry.values), *entry.cells] for entry in refused)
    names = [in_words(heading, partial(translate, language)) for heading in headings]
    return csv_safe.lines(chain([[*first, *names]], rows), csv_safe.cell)


def cells_by_field(table: Sheet, mapping: Mapping[str, str], row: Row) -> dict[str, str]:
    """Field to cell of one row; InvalidInput when the row has more cells than there are headings."""
    if any(cell.strip() for cell in row.cells[len(table.headings) :]):
        raise InvalidInput("contacts-import-row-too-wide", columns=len(table.headings))
    return {
        mapping[heading]: cell
        for heading, cell in zip(table.headings, row.cells, strict=False)
        if heading in mapping
    }
