"""What goes to the printer: one ZIP with the PDF, a manifest of its letters and a job ticket."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaign import i18n
from campaign.contacts import csv_safe
from campaign.render.letter import FilledLetter, spaced

MANIFEST_COLUMNS = (
    "sequence", "letter_id", "reply_code", "pages", "sheets",
    "address_1", "address_2", "address_3", "address_4", "address_5", "address_6", "address_7", "sha256",
)  # fmt: skip
MANIFEST = "manifest.csv"
ADDRESS_COLUMNS = 7
# the ZIP's own dates: the same run gives the same bytes
ZIP_TIME = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class PrintedLetter:
    """One letter of a run: its delivery, place, code, address and how many pages it has."""

    delivery_id: int
    sequence: int
    reply_code: str
    address_lines: Sequence[str]
    sha256: str
    pages: int


@dataclass(frozen=True)
class Package:
    """The ZIP and what its ticket says."""

    content: bytes
    ticket: dict[str, Any]


def letter_sha256(letter: FilledLetter) -> str:
    """Of what was typeset: the same letter always has the same one."""
    return hashlib.sha256((letter.preamble + letter.call).encode()).hexdigest()


def pack(
    name: str, pdf: bytes, letters: Sequence[PrintedLetter], *, house: str, language: str, now: datetime
) -> Package:
    """The ZIP of one run. `house` is the sender's name, `language` that of the ticket's page."""
    pages = sum(letter.pages for letter in letters)
    ticket = {
        "run": name,
        "house": house,
        "made_at": now.isoformat(timespec="seconds"),
        "letters": len(letters),
        "pages": pages,
        "sheets": pages,  # one-sided: a page is a sheet
        "paper": "A4",
        "sides": "one",
        "folds_mm": [105, 210],
        "envelope": "window 90 x 45 mm (DIN 5008 B)",
        "pdf": f"{name}.pdf",
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "manifest": MANIFEST,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, f"{name}.pdf", pdf, zipfile.ZIP_STORED)
        _add(archive, MANIFEST, manifest(letters).encode())
        _add(archive, "job-ticket.json", json.dumps(ticket, ensure_ascii=False, indent=2).encode())
        _add(archive, "job-ticket.txt", _page(ticket, language).encode())
    return Package(out.getvalue(), ticket)


def manifest(letters: Sequence[PrintedLetter]) -> str:
    """One line a letter, in the order of the PDF."""
    rows: list[Sequence[object]] = [MANIFEST_COLUMNS]
    for letter in letters:
        lines = [*letter.address_lines, *[""] * ADDRESS_COLUMNS][:ADDRESS_COLUMNS]
        row = [letter.sequence, letter.delivery_id, spaced(letter.reply_code), letter.pages, letter.pages]
        rows.append([*row, *lines, letter.sha256])
    return "".join(csv_safe.lines(rows, csv_safe.cell))


def _page(ticket: dict[str, Any], language: str) -> str:
    words = {key: value for key, value in ticket.items() if isinstance(value, str)}
    numbers = {key: str(ticket[key]) for key in ("letters", "pages", "sheets")}
    return i18n.translate(language, "letters-ticket", **(words | numbers)) + "\n"


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, ZIP_TIME)
    info.compress_type = how
    archive.writestr(info, content)
