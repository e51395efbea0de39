"""A message as e-mail: compiled once per variant, filled for each recipient.

Stage one lays the copy out with sender, brand and words, and inlines styles, merge fields hidden in slots.
Stage two is the template that is left: only merge fields and links. Filling it costs microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined, Template, UndefinedError
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from campaign.audience.fields import SYSTEM_FIELDS
from campaign.compose.check import require_data
from campaign.compose.document import Document, Part
from campaign.compose.environment import copy_environment
from campaign.compose.fields import fields_used
from campaign.compose.markup import parse_line
from campaign.errors import TemplateError
from campaign.models import Channel
from campaign.render.colour import shades
from campaign.render.content import MessageContent, SenderFacts
from campaign.render.copy_html import CopyHtml
from campaign.render.copy_links import Links
from campaign.render.copy_text import Chunk, TextLine, join, line_source
from campaign.render.email_text import EmailText
from campaign.render.inline import inline_styles
from campaign.render.layouts import Layout
from campaign.render.long_lines import break_long_lines
from campaign.render.slots import Slots

BODY_FILE = "body.html"
# an image of one pixel that tells that the mail was opened; filled only when tracking gives its address
PIXEL = (
    '{% if system.pixel_url %}<img src="{{ system.pixel_url }}" width="1" height="1" alt="" '
    'style="display:block;border:0;width:1px;height:1px">{% endif %}'
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class EmailParts:
    """One recipient's mail in words; subject and preheader are single lines."""

    subject: str
    preheader: str
    html: str
    text: str


@dataclass(frozen=True)
class CompiledEmail:
    """`links` are the author's constant targets; `fields` the merge fields that filling needs.
    `sources` are those of subject and HTML, for whoever compiles them to bytes."""

    language: str
    subject: Template
    preheader: Template
    html: Template
    sources: tuple[str, str]
    text: tuple[Chunk, ...]
    links: tuple[str, ...]
    fields: frozenset[str]

    def fill(
        self,
        values: Mapping[str, Any],
        system: Mapping[str, str],
        link_urls: Mapping[str, str] | None = None,
    ) -> EmailParts:
        """One recipient's mail.

        `values` as frozen (`{"contact": {…}}`), `system` by bare name (`unsubscribe_url`, `view_url`, …;
        `pixel_url` when opens are tracked), `link_urls` from the author's targets to tracked ones.
        Raises TemplateError when a value is missing that the copy prints.
        """
        data = self.data(values, system, link_urls)
        try:
            lines = join(chunk.lines(data) for chunk in self.text)
            return EmailParts(
                subject=_one_line(self.subject.render(data)),
                preheader=_one_line(self.preheader.render(data)),
                html=self.html.render(data),
                text="\n".join(line.text for line in lines) + "\n",
            )
        except UndefinedError as error:
            raise TemplateError(f"A value is missing: {error.message}.") from error

    def subject_and_text(
        self, values: Mapping[str, Any], system: Mapping[str, str]
    ) -> tuple[str, list[TextLine]]:
        """The subject, and the text part's lines as sent, each with the block it comes from.

        Raises TemplateError as `fill` does, for the preheader too; the HTML part prints the same fields.
        """
        data = self.data(values, system, None)
        try:
            self.preheader.render(data)
            return _one_line(self.subject.render(data)), join(chunk.lines(data) for chunk in self.text)
        except UndefinedError as error:
            raise TemplateError(f"A value is missing: {error.message}.") from error

    def text_lines_with_fields(self) -> list[TextLine]:
        """The text part's lines with merge fields in place: what can be checked while typing."""
        return join(chunk.lines_with_fields(self.links) for chunk in self.text)

    def data(
        self,
        values: Mapping[str, Any],
        system: Mapping[str, str],
        link_urls: Mapping[str, str] | None,
    ) -> dict[str, Any]:
        """What the templates see."""
        tracked = link_urls or {}
        return {
            "contact": clean_values(values.get("contact", {})),
            "system": system,
            "link": {f"u{number}": tracked.get(url, url) for number, url in enumerate(self.links)},
        }


def compile_email(content: MessageContent, variant_id: int) -> CompiledEmail:
    """The variant with the message's e-mail layout, ready to be filled."""
    variant = content.variant(variant_id)
    layout = content.layout(Channel.EMAIL)
    opt_out = content.purpose is not None
    document = variant.document
    require_data(document)
    text_env, html_env, links = _environment(html=False), _environment(html=True), Links()
    try:
        words = _words(layout, variant.language, content.sender)
        page = _lay_out(document, layout, content, variant.language, words, links, opt_out=opt_out)
        text = EmailText(text_env, links, content.sender, words, variant.language, opt_out)
        subject = line_source(parse_line(document.text(Part.SUBJECT)))
        return CompiledEmail(
            language=variant.language,
            subject=text_env.from_string(subject),
            preheader=text_env.from_string(line_source(parse_line(document.text(Part.PREHEADER)))),
            html=html_env.from_string(page),
            sources=(subject, page),
            text=tuple(text.compile(document)),
            links=links.urls,  # complete by now: both parts are compiled
            fields=fields_used(document),
        )
    except JinjaError as error:
        raise TemplateError(f"{layout.name}: {error}") from error


def footer_text(content: MessageContent, variant_id: int) -> str:
    """What stands under the copy of this variant, merge fields in place; nothing else is compiled."""
    variant = content.variant(variant_id)
    words = _words(content.layout(Channel.EMAIL), variant.language, content.sender)
    text, links = _environment(html=False), Links()
    opt_out = content.purpose is not None
    footer = EmailText(text, links, content.sender, words, variant.language, opt_out).footer()
    return "\n".join(line.text for line in join(iter([footer.lines_with_fields(links.urls)]))).rstrip("\n")


def clean_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Merge values as single lines: a name with a line break in it is still a name."""
    return {
        key: clean_values(value) if isinstance(value, Mapping) else _clean(str(value))
        for key, value in values.items()
    }


def _clean(value: str) -> str:
    if value.isprintable():
        return value
    # half of a surrogate pair cannot be written in UTF-8
    return _CONTROL.sub(" ", value).encode("utf-8", "replace").decode()


def _lay_out(
    document: Document,
    layout: Layout,
    content: MessageContent,
    language: str,
    words: dict[str, str],
    links: Links,
    *,
    opt_out: bool,
) -> str:
    """Stage one: the source of the template that is filled for each recipient."""
    slots = Slots(repr((document, content.sender, dict(layout.files))))
    env = Environment(loader=DictLoader(dict(layout.files)), undefined=StrictUndefined, autoescape=True)
    html = env.get_template(BODY_FILE).render(
        copy=CopyHtml(document, slots, links),
        sender=content.sender,
        colours=shades(content.sender.colour),
        words=words,
        language=language,
        opt_out=opt_out,
        system={
            name.removeprefix("system."): Markup(slots.put(f"{{{{ {name} }}}}"))  # noqa: S704 (a plain word)
            for name in sorted(SYSTEM_FIELDS)
        },
    )
    page = slots.restore(break_long_lines(inline_styles(html)))
    head, end, tail = page.rpartition("</body>")
    return f"{head}{PIXEL}\n{end}{tail}"


def _words(layout: Layout, language: str, sender: SenderFacts) -> dict[str, str]:
    """The layout's words; they may name the sender."""
    env = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 (escaped where it is printed)
    return {key: env.from_string(text).render(sender=sender) for key, text in layout.words(language).items()}


def _environment(*, html: bool) -> Environment:
    env = copy_environment(html=html)
    env.filters["url_part"] = lambda value: quote(str(value), safe="")
    return env


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
