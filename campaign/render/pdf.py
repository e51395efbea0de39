"""Letters to pages: PDF for the printer, PNG for the screen, lines for the linter.

Typst runs in a child process per chunk (see `typesetter`), so that a print run of any size needs the
memory of one chunk and a hanging layout is stopped.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import pypdfium2

from campaign.errors import TemplateError
from campaign.render.glyphs import FONTS
from campaign.render.letter import BodyArea, FilledLetter

TYPESETTER = Path(__file__).with_name("typesetter.py")
# fonts are embedded once a chunk: smaller chunks waste bytes, larger ones memory (510 MB at 1,000)
LETTERS_PER_CHUNK = 250
# a chunk takes about a second; a layout that loops is stopped here
CHUNK_TIMEOUT_SECONDS = 120
POINTS_PER_MM = 72 / 25.4
# the same letters give the same bytes, whenever they are made
NO_TIME = 0


@dataclass(frozen=True)
class LetterPdf:
    """One PDF; `pages` says how many pages each letter has, in order."""

    pdf: bytes
    pages: list[int]


def make_pdf(letters: Sequence[FilledLetter], on_chunk: Callable[[], None] = lambda: None) -> LetterPdf:
    """All letters in one PDF, each beginning on a new page. `on_chunk` is called after each chunk."""
    if not letters:
        raise ValueError("a PDF needs at least one letter")
    chunks = []
    for chunk in _chunks(letters):
        chunks.append(_typeset(chunk, "pdf"))
        on_chunk()
    pages = [count for chunk in chunks for count in _pages_of(chunk)]
    if len(pages) != len(letters):
        raise TemplateError(f"{len(letters)} letters became {len(pages)}: does the layout use headings?")
    return LetterPdf(chunks[0] if len(chunks) == 1 else _merged(chunks), pages)


def lines_of(letter: FilledLetter) -> list[str]:
    """The lines of the author's text as typeset, top to bottom, over all its pages."""
    return lines_of_many([letter])[0]


def lines_of_many(letters: Sequence[FilledLetter]) -> list[list[str]]:
    """`lines_of` for each letter, with one process a chunk."""
    return [lines for chunk in _chunks(letters) for lines in _lines(_typeset(chunk, "pdf"), chunk)]


def preview_png(letter: FilledLetter, ppi: float = 110) -> list[bytes]:
    """The letter's pages as pictures."""
    answer = json.loads(_typeset([letter], "png", ppi))
    return [base64.b64decode(page) for page in answer]


def preview_svg(letter: FilledLetter) -> list[bytes]:
    """The letter's pages as vector pictures."""
    return [base64.b64decode(page) for page in json.loads(_typeset([letter], "svg"))]


def _chunks(letters: Iterable[FilledLetter]) -> Iterator[list[FilledLetter]]:
    """Neighbours that share a preamble, at most a chunk of them."""
    for _, group in groupby(letters, key=lambda letter: letter.preamble):
        members = list(group)
        for start in range(0, len(members), LETTERS_PER_CHUNK):
            yield members[start : start + LETTERS_PER_CHUNK]


def _typeset(
    chunk: Sequence[FilledLetter], file_format: Literal["pdf", "png", "svg"], ppi: float = 110
) -> bytes:
    return typeset(_source(chunk), file_format, ppi)


def typeset(source: str, file_format: Literal["pdf", "png", "svg"] = "pdf", ppi: float = 110) -> bytes:
    """Typst source of our own making as a PDF, or as JSON of pictures; TemplateError when it fails."""
    request = {
        "source": source,
        "fonts": str(FONTS),
        "format": file_format,
        "ppi": ppi,
        "timestamp": NO_TIME,
    }
    try:
        done = subprocess.run(  # noqa: S603 -- our own file, our own interpreter
            [sys.executable, "-I", str(TYPESETTER)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=CHUNK_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError("The letter's layout took too long to typeset.") from error
    if done.returncode != 0:
        raise TemplateError(
            f"The letter could not be typeset: {done.stderr.decode(errors='replace').strip()}"
        )
    return done.stdout


def _source(chunk: Sequence[FilledLetter]) -> str:
    # page numbers start again with each letter; a bookmark says where it begins, for page labels are
    # not dependable (Typst 0.15 goes on counting after some restarts)
    letters = (
        f"#page[#counter(page).update(1)\n#place(hide(heading(bookmarked: true, outlined: false)[{number}]))"
        f"\n{letter.call}]\n"
        for number, letter in enumerate(chunk, 1)
    )
    return chunk[0].preamble + "".join(letters)


def _pages_of(pdf: bytes) -> list[int]:
    with _opened(pdf) as document:
        return _counts(document)


def _counts(document: Any) -> list[int]:
    """Pages per letter, from the bookmarks that stand where each begins."""
    starts = [bookmark.get_dest().get_index() for bookmark in document.get_toc()]
    ends = [*starts[1:], len(document)]
    return [end - start for start, end in zip(starts, ends, strict=True)]


def _lines(pdf: bytes, chunk: Sequence[FilledLetter]) -> Iterator[list[str]]:
    with _opened(pdf) as document:
        index = 0
        for letter, count in zip(chunk, _counts(document), strict=True):
            yield [
                line
                for number in range(count)
                for line in _lines_on_page(document, index + number, letter.area, first=number == 0)
            ]
            index += count


def _lines_on_page(document: Any, index: int, area: BodyArea, *, first: bool) -> list[str]:
    page = document[index]
    text = page.get_textpage()
    height = page.get_height()
    top = area.first_page_top if first else area.next_page_top
    found = text.get_text_bounded(
        left=area.left * POINTS_PER_MM,
        right=area.right * POINTS_PER_MM,
        top=height - top * POINTS_PER_MM,
        bottom=height - area.bottom * POINTS_PER_MM,
    )
    text.close()
    page.close()
    return [line.strip() for line in found.splitlines() if line.strip()]


def _merged(chunks: Sequence[bytes]) -> bytes:
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as merged:
        for chunk in chunks:
            with _opened(chunk) as part:
                merged.import_pages(part)
        merged.save(out)
    return out.getvalue()


def _opened(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(pdf)
