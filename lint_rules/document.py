"""The parsed message that all rules share: each reading is made once, when a rule first asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lint_rules.context import Context
from lint_rules.parsing import calls, closing, mentions, offers, opening, opt_out, phrases, salutation
from lint_rules.parsing.around import Around
from lint_rules.parsing.calls import Call
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.links import Link
from lint_rules.parsing.mentions import Mention
from lint_rules.parsing.offers import Offer
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.targets import is_aside, target_of
from lint_rules.parsing.thesaurus import OF_OFFERS, thesaurus
from lint_rules.readings import Readings
from lint_rules.rule import Channel, Kind


class Draft(Readings):
    """One message in one language for one channel, with what it says as a whole."""

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Draft:
        """A message of the input format; raises ValueError saying which key is wrong."""
        html = _text(given, "html")
        if pieces := given.get("html_parts"):
            if not isinstance(pieces, list):
                raise ValueError("html_parts: a list is expected")
            html = "".join(str(text) * int(times) for text, times in pieces)
        context = given.get("context") or {}
        if not isinstance(context, Mapping):
            raise ValueError("context: an object is expected")
        for key in ("lang", "channel", "kind"):
            if key not in given:
                raise ValueError(f"{key}: missing")
        return cls(
            lang=_text(given, "lang"),
            channel=_one_of(given, "channel", Channel),
            kind=_one_of(given, "kind", Kind),
            subject=_text(given, "subject"),
            text=_text(given, "text"),
            html=html,
            context=Context.from_json(context),
        )

    @lazy
    def kind(self) -> Kind:
        """Its kind as the rules see it: a greeting that carries an offer is marketing."""
        if self.declared_kind is Kind.GREETING and self.carries_offer:
            return Kind.MARKETING
        return self.declared_kind

    @lazy
    def asked(self) -> tuple[object, ...]:
        """What a check of one part may ask of the message around it."""
        return self.lang, self.channel, self.kind, self.declared_kind, self.typeset is None

    @lazy
    def text_links(self) -> list[Link]:
        """Addresses written out in the body, in order."""
        return [
            link for part in self.body if part is not self.html_part for link in self._written_links(part)
        ]

    @lazy
    def html_links(self) -> list[Link]:
        """Anchors of the HTML part, in order; their spans are in `html_part`."""
        part = self.html_part
        footer = self.footer(part)
        found = []
        for anchor in self.html.anchors:
            span = part.span_of_visible(anchor.span)
            within = footer is not None and footer.holds(span)
            words = part.text[span.start : span.end]
            found.append(Link(part, span, anchor.href, words if words.strip() else anchor.alt, within))
        return found

    @lazy
    def main_links(self) -> list[Link]:
        """Links that ask something of the reader: footer, ways out and social pages left out."""
        return [
            link
            for link in self.links
            if not link.in_footer and target_of(link.href) and not is_aside(link.href)
        ]

    @lazy
    def links(self) -> list[Link]:
        """All links that a reader can follow: those of the HTML part, and those written out in the text."""
        return [*self.text_links, *self.html_links]

    def _written_links(self, part: Part) -> list[Link]:
        footer = self.footer(part)
        found = []
        for span in self.urls(part):
            address = part.text[span.start : span.end]
            found.append(Link(part, span, address, address, footer is not None and footer.holds(span)))
        return found

    @lazy
    def salutation(self) -> tuple[Part, Span] | None:
        """The line that greets the reader."""
        return salutation.salutation(self)

    @lazy
    def closing(self) -> tuple[Part, Span] | None:
        """The phrase that takes leave."""
        return closing.closing(self)

    @lazy
    def notices(self) -> list[opt_out.Notice | None]:
        """The best opt-out notice of each version of the message, text and HTML."""
        return [opt_out.notice(self, version) for version in opt_out.versions(self)]

    @lazy
    def opening(self) -> list[tuple[Part, Span]]:
        """The first sentences behind the salutation, headings among them."""
        return opening.stretch(self)

    @lazy
    def calls(self) -> list[Call]:
        """Requests to the reader, in order."""
        return calls.calls(self)

    @lazy
    def mentions(self) -> list[Mention]:
        """Every place that names a discount, a gift or a price, in subject and body."""
        found: list[Mention] = []
        for part in [self.subject, *self.body]:
            found += self._mentions(part)
        return found

    def _mentions(self, part: Part) -> list[Mention]:
        found: list[Mention] = self._read(
            "mentions",
            part,
            lambda: mentions.mentions(
                part,
                self.lang,
                self.sentences(part),
                self.footer(part),
                self.prices(part),
                self._targets(part),
                Around(phrases.read_of(part), self.tokens(part), thesaurus(self.lang, OF_OFFERS)).of,
            ),
        )
        return found

    def _targets(self, part: Part) -> list[tuple[int, str]]:
        """Where the links of a part stand and lead, footer and ways out left aside."""
        if part is self.html_part:
            found = self.html_links
        else:
            found = self._written_links(part) if "." in part.text else []
        return [
            (link.span.start, target)
            for link in found
            if not link.in_footer and (target := target_of(link.href)) and not is_aside(link.href)
        ]

    @lazy
    def offers(self) -> list[Offer]:
        """The mentions gathered by what they offer."""
        return offers.cluster(self.mentions)

    @lazy
    def carries_offer(self) -> bool:
        """Whether it sells something."""
        if any(mention.sells for mention in self.mentions):
            return True
        return any(self.phrases("selling", part) for part in [self.subject, *self.body])


def _text(given: Mapping[str, Any], key: str) -> str:
    value = given.get(key) or ""
    if not isinstance(value, str):
        raise ValueError(f"{key}: a string is expected")
    return value


def _one_of(given: Mapping[str, Any], key: str, words: type[Channel] | type[Kind]) -> Any:
    try:
        return words(given[key])
    except ValueError:
        raise ValueError(f"{key}: {given[key]!r} is not one of {', '.join(words)}") from None
