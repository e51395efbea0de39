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
from campaign.render.letter import FilledLetter
from campaign.render.page_text import PageText, paragraphs, read_page

TYPESETTER = Path(__file__).with_name("typesetter.py")
# fonts are embedded once a chunk: smaller chunks waste bytes, larger ones memory (510 MB at 1,000)
LETTERS_PER_CHUNK = 250
# of the tree of tags every page reads the whole: small trees are read quickly
LETTERS_PER_TREE = 25
# a chunk takes about a second; a layout that loops is stopped here
CHUNK_TIMEOUT_SECONDS = 120
# the same letters give the same bytes, whenever they are made
NO_TIME = 0
Format = Literal["pdf", "png", "svg"]


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
    return [line for paragraph in paragraphs_of_many([letter])[0] for line in paragraph]


def paragraphs_of_many(letters: Sequence[FilledLetter]) -> list[list[list[str]]]:
    """The lines of each letter, gathered as they stand together; with one process a chunk."""
    return [paragraphs(pages) for chunk in _chunks(letters) for pages in _read(chunk)]


def read_pages(letter: FilledLetter) -> list[PageText]:
    """Each page of one letter with its lines and the place of every character."""
    (pages,) = _read([letter], places=True)
    return pages


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


def _typeset(chunk: Sequence[FilledLetter], file_format: Format, ppi: float = 110) -> bytes:
    return typeset(_source(chunk), file_format, ppi)


def typeset(source: str, file_format: Format = "pdf", ppi: float = 110) -> bytes:
    """Typst source of our own making as a PDF, or as JSON of pictures; TemplateError when it fails."""
    return _run([source], file_format, ppi)


def _run(sources: list[str], file_format: Literal[Format, "tagged"], ppi: float) -> bytes:
    request = {
        "sources": sources,
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


def _read(chunk: Sequence[FilledLetter], *, places: bool = False) -> Iterator[list[PageText]]:
    """The pages of each letter, with one process for all of them."""
    groups = [chunk[start : start + LETTERS_PER_TREE] for start in range(0, len(chunk), LETTERS_PER_TREE)]
    pdfs = json.loads(_run([_source(group) for group in groups], "tagged", ppi=0))
    for group, pdf in zip(groups, pdfs, strict=True):
        with _opened(base64.b64decode(pdf)) as document:
            index = 0
            for letter, count in zip(group, _counts(document), strict=True):
                yield [
                    _page(document[index + number], letter, first=number == 0, places=places)
                    for number in range(count)
                ]
                index += count


def _page(page: Any, letter: FilledLetter, *, first: bool, places: bool) -> PageText:
    try:
        return read_page(page, letter.area, first=first, places=places)
    finally:
        page.close()


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
