"""The messages of an audience as the linter reads them: a draft for each recipient, or why there is none.

Parts of an e-mail that do not change from one recipient to the next are read once: a part is a function of
its name and its words, and drafts that share it share what was read out of it. Letters are typeset many at a
time, for their lines are those of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from campaign.audience.fields import SYSTEM_FIELDS
from campaign.compose.document import Block, Part
from campaign.errors import TemplateError
from campaign.lint import readings
from campaign.lint.copy import language_of
from campaign.lint.origin import Origins
from campaign.models import AudienceMember, Channel
from campaign.render import email, letter, pdf
from campaign.render.content import MessageContent, Variant
from campaign.render.glyphs import MissingGlyph
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.parsing.part import Part as TextPart
from lint_rules.parsing.postscripts import postscripts

# parts kept for who comes next: what is shared comes again within a few recipients
POOL = 400
TEXT = "text"
PARAGRAPH = "\n\n"

Person = tuple[AudienceMember, Context]
"""A row of the audience, and what is known of a message to that person."""


@dataclass(frozen=True)
class Rendering:
    """One recipient's message, or why there is none."""

    member: AudienceMember
    draft: Draft | None = None
    error: str = ""
    page: Draft | None = None
    """With the HTML part, of the first one only: between recipients it differs by merge fields alone."""


class _Pool:
    """Parts by name and words; those that nobody shared for a while are let go, so it stays small."""

    def __init__(self) -> None:
        self._recent: dict[tuple[str, str], TextPart] = {}
        self._before: dict[tuple[str, str], TextPart] = {}

    def part(self, name: str, text: str) -> TextPart:
        key = (name, text)
        known = self._recent.get(key)
        if known is None:
            if len(self._recent) >= POOL:
                self._let_go()
            known = self._recent[key] = self._before.get(key) or TextPart.plain(name, text)
        return known

    def _let_go(self) -> None:
        """What was read out of a part refers to it: emptied, it goes at once and not with the collector."""
        for key, part in self._before.items():
            if self._recent.get(key) is not part:
                part.readings.clear()
        self._before, self._recent = self._recent, {}


def emails(
    content: MessageContent, variant: Variant, people: Iterator[Person], common: Context
) -> Iterator[Rendering]:
    compiled = email.compile_email(content, variant.id)
    subject = variant.document.first(Part.SUBJECT)
    name = subject.id if subject else Part.SUBJECT.value
    lang, kind = language_of(variant.language), content.effective_kind.value
    system = _system(common)
    pool = _Pool()
    first = True
    for row, context in people:
        try:
            subject_line, lines = compiled.subject_and_text(row.values, system)
        except TemplateError as error:
            yield Rendering(row, error=str(error))
            continue
        blocks = [
            pool.part(block_id, "\n".join(line.text for line in group).rstrip("\n"))
            for block_id, group in groupby(lines, key=lambda line: line.block_id)
        ]
        read = partial(
            Draft, lang, Channel.EMAIL, kind, subject=pool.part(name, subject_line), context=context
        )
        page = None
        if first:
            parts, first = compiled.fill(row.values, system), False
            page = read(text=parts.text, html=parts.html)
        yield Rendering(row, read(blocks=blocks, as_sent={block.name for block in blocks}), page=page)


def letters(
    content: MessageContent, variant: Variant, people: Iterator[Person], common: Context
) -> Iterator[Rendering]:
    compiled = letter.compile_letter(content, variant.id)
    system = _system(common)
    filled: list[tuple[Person, letter.FilledLetter]] = []
    for row, context in people:
        try:
            filled.append(((row, context), compiled.fill(row.values, system, row.address.split("\n"))))
        except (TemplateError, MissingGlyph) as error:
            yield Rendering(row, error=str(error))
        if len(filled) == readings.CHUNK:
            yield from _typeset(content, variant, filled)
            filled = []
    if filled:
        yield from _typeset(content, variant, filled)


def _typeset(
    content: MessageContent,
    variant: Variant,
    filled: list[tuple[Person, letter.FilledLetter]],
) -> Iterator[Rendering]:
    origins = Origins(variant.document)
    postscript = variant.document.first(Part.POSTSCRIPT)
    typeset = pdf.paragraphs_of_many([made for _, made in filled])
    for ((row, context), _), paragraphs in zip(filled, typeset, strict=True):
        text = PARAGRAPH.join("\n".join(lines) for lines in paragraphs)
        draft = Draft(
            lang=language_of(variant.language),
            channel=Channel.LETTER.value,
            kind=content.effective_kind.value,
            text=text,
            blocks=_body(text, origins, postscript),
            typeset=[line for lines in paragraphs for line in lines],
            context=context,
        )
        yield Rendering(row, draft)


def _body(text: str, origins: Origins, postscript: Block | None) -> list[TextPart]:
    """A letter in parts where its postscript bears no mark: on paper it stands below the signature, and only
    the copy knows what it is. Any other letter is one text."""
    start = origins.beginning_of(postscript.id, text) if postscript else None
    if postscript is None or not start or not text[:start].endswith(PARAGRAPH):
        return []
    last = TextPart.plain(TEXT, text[start:])
    if postscripts(last):
        return []
    return [TextPart.plain(TEXT, text[:start].rstrip()), TextPart.plain(postscript.id, last.text)]


def _system(context: Context) -> dict[str, str]:
    """What the system fills in, as wide as it will be: addresses of our own never break."""
    names = {name.removeprefix("system.") for name in SYSTEM_FIELDS}
    values = {name: f"https://campaign.example/{name}" for name in names if name.endswith("_url")}
    today = context.today.isoformat() if context.today else ""
    return dict.fromkeys(names, "") | values | {"today": today, "reply_code": "K7F39QXM"}
