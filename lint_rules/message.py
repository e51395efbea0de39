"""One message as it is given: its subject, its text, its HTML, and the parts that rules read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lint_rules.context import Context
from lint_rules.parsing import html_parts
from lint_rules.parsing.beside import Own, beside
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Part
from lint_rules.rule import LANGUAGES, Channel, Kind


class Message:
    """One message in one language for one channel.

    `blocks` gives the body in pieces with their own names instead of `text`, as the editor holds it (a
    piece may be a `Part` that other drafts share); `as_sent` names those of them whose line breaks go out
    as they are. `typeset` has the lines of a letter as they stand on paper.
    """

    def __init__(
        self,
        lang: str,
        channel: Channel | str,
        kind: Kind | str,
        subject: str | Part = "",
        text: str = "",
        html: str = "",
        context: Context | None = None,
        typeset: Sequence[str] | None = None,
        blocks: Sequence[Part] | None = None,
        as_sent: Collection[str] = (),
    ) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang: {lang!r} is not one of {', '.join(LANGUAGES)}")
        self.lang = lang
        self.channel = Channel(channel)
        self.declared_kind = Kind(kind)
        self.context = context or Context()
        self.subject = subject if isinstance(subject, Part) else Part.plain("subject", subject)
        self._html_source = html
        self.text = Part.plain("text", text)
        self.blocks = list(blocks or ())
        self._as_sent = as_sent
        self.typeset = None if typeset is None else Part.plain("typeset", "\n".join(typeset))

    @lazy
    def html(self) -> html_parts.HtmlText:
        """The HTML part, read."""
        return html_parts.read_html(self._html_source)

    @lazy
    def html_part(self) -> Part:
        """The visible text of the HTML part."""
        return Part.extracted("html", self._html_source, self.html.visible, self.html.places)

    @lazy
    def html_source_part(self) -> Part:
        """The HTML as written, for merge fields that stand in attributes."""
        return Part.plain("html", self._html_source)

    @lazy
    def list_items(self) -> list[int]:
        """Where in the HTML each item of a list begins."""
        return [tag.start for tag in self.html.named("li")]

    @lazy
    def has_html(self) -> bool:
        """Whether there is an HTML part."""
        return bool(self._html_source.strip())

    @lazy
    def body(self) -> list[Part]:
        """What the author wrote: the blocks, the text part, or, without one, the HTML's visible text."""
        if self.blocks:
            return self.blocks
        return [self.html_part] if self.text.blank() and self.has_html else [self.text]

    @lazy
    def lines_as_sent(self) -> list[Part]:
        """The parts whose lines are those that the reader gets; none of a letter that is not typeset yet."""
        if self.channel is Channel.LETTER:
            return [self.typeset] if self.typeset else []
        return [part for part in self.blocks if part.name in self._as_sent] if self.blocks else [self.text]

    @lazy
    def html_beside(self) -> Own:
        """The HTML part without what the text part says too."""
        return beside(self.html_part, self.text)

    @lazy
    def text_beside(self) -> Own:
        """The text part without what the HTML part says too."""
        return beside(self.text, self.html_part)
