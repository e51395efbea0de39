"""Letters: compiled once per variant, filled once per recipient, typeset in chunks by `pdf`.

A layout's `letter.typ` is Typst and sees two values: `house` (the sender and the layout's words, the same
for all) and what `letter(...)` is called with (address, date, reply code, the copy's parts). All text in
both is written as quoted strings, so neither a name nor copy can become code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Template
from jinja2 import TemplateError as JinjaError

from campaign.compose.check import require_data
from campaign.compose.environment import copy_environment
from campaign.errors import TemplateError
from campaign.models import Channel
from campaign.render import glyphs, qr
from campaign.render.content import MessageContent, SenderFacts
from campaign.render.dates import long_date
from campaign.render.layouts import Layout
from campaign.render.letter_copy import letter_parts
from campaign.render.typst_text import expression, in_markup

LAYOUT_FILE = "letter.typ"
FRAME = Path(__file__).with_name("frame.typ")


@dataclass(frozen=True)
class BodyArea:
    """Where the author's text stands on the sheet, in mm from the top left corner."""

    left: float
    right: float
    first_page_top: float
    next_page_top: float
    bottom: float


@dataclass(frozen=True)
class FilledLetter:
    """One recipient's letter as Typst source; `preamble` is shared by all letters of its variant."""

    preamble: str
    call: str
    area: BodyArea


@dataclass(frozen=True)
class CompiledLetter:
    """One variant, ready to be filled."""

    preamble: str
    template: Template
    area: BodyArea
    language: str

    def fill(
        self, values: Mapping[str, Any], system: Mapping[str, Any], address_lines: Sequence[str]
    ) -> FilledLetter:
        """The letter of one recipient.

        `values` are the merge values (`{"contact": {…}}`). Of `system` a letter shows `today` (an ISO
        date), `reply_code` and `mark` (its place in the print run), each empty when left out; `reply_qr`
        is what the QR code holds. Raises TemplateError for a missing value, MissingGlyph for a character
        that we cannot print.
        """
        code = str(system.get("reply_code", ""))
        facts = {
            "address": [line for line in address_lines if line.strip()],
            "today": _dated(str(system.get("today", "")), self.language),
            "reply_code": spaced(code),
            "mark": str(system.get("mark", "")),
        }
        shown = "".join(f"{expression(name)}: {expression(value)},\n" for name, value in facts.items())
        try:
            parts = self.template.render({**values, "system": dict(system)})
        except JinjaError as error:
            raise TemplateError(str(error)) from error
        glyphs.check([shown, parts])
        picture = f'"qr": {_qr(str(system.get("reply_qr", "")), spaced(code))},\n'
        return FilledLetter(self.preamble, f"#letter((\n{shown}{picture}{parts}))\n", self.area)


def compile_letter(content: MessageContent, variant_id: int) -> CompiledLetter:
    """The variant in its letter layout; TemplateError when its copy does not parse."""
    variant = content.variant(variant_id)
    layout = content.layout(Channel.LETTER)
    require_data(variant.document)
    house = "#let house = " + expression(_house(content.sender, layout, variant.language))
    glyphs.check([house])
    env = copy_environment(html=False)
    env.finalize = in_markup
    try:
        template = env.from_string(letter_parts(variant.document))
    except JinjaError as error:
        raise TemplateError(str(error)) from error
    preamble = "\n".join([_frame(), house, _layout_source(layout), "#show: setup", ""])
    return CompiledLetter(preamble, template, _area(layout), variant.language)


def spaced(code: str) -> str:
    """A reply code as people read it: `K7F3-9QXM`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _house(sender: SenderFacts, layout: Layout, language: str) -> dict[str, Any]:
    return {
        "from_name": sender.from_name,
        "organisation": sender.organisation,
        "street": sender.street,
        "locality": sender.locality,
        "address": sender.address,
        "phone": sender.phone,
        "website": sender.website.removeprefix("https://").removeprefix("http://").rstrip("/"),
        "signatory": sender.signatory,
        "signatory_position": sender.signatory_position,
        "colour": sender.colour,
        "tagline": sender.tagline,
        "initial": sender.from_name.strip()[:1].upper(),
        "language": language,
        "words": layout.words(language),
    }


def _dated(today: str, language: str) -> str:
    return long_date(date.fromisoformat(today), language) if today else ""


def _qr(content: str, alt: str) -> str:
    if not content:
        return "none"
    code = qr.make(content)
    return expression({"side": code.side, "modules": code.modules, "alt": alt})


def _layout_source(layout: Layout) -> str:
    if LAYOUT_FILE not in layout.files:
        raise TemplateError(f"The layout {layout.name} has no {LAYOUT_FILE}.")
    return layout.files[LAYOUT_FILE]


def _area(layout: Layout) -> BodyArea:
    try:
        return BodyArea(**layout.facts["body"])
    except (KeyError, TypeError) as error:
        raise TemplateError(
            f"The layout {layout.name} does not say where its text stands: [body]."
        ) from error


def _frame() -> str:
    return FRAME.read_text(encoding="utf-8")
