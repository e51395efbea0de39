"""The parsed message that all rules share: each reading is made once, when a rule first asks for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from lint_rules.context import Context
from lint_rules.parsing import (
    calls,
    closing,
    dates,
    deadlines,
    footer,
    html_parts,
    links,
    mentions,
    offers,
    opening,
    opt_out,
    phrases,
    postscripts,
    prices,
    salutation,
    sentences,
    words,
)
from lint_rules.parsing.around import Around
from lint_rules.parsing.beside import beside
from lint_rules.parsing.calls import Call
from lint_rules.parsing.dates import DateMention
from lint_rules.parsing.in_common import find_beside
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.links import Link
from lint_rules.parsing.mentions import Mention
from lint_rules.parsing.offers import Offer
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import Phrases, Token
from lint_rules.parsing.prices import Price
from lint_rules.parsing.targets import is_aside, target_of
from lint_rules.parsing.thesaurus import ASKED_APART, OF_OFFERS, thesaurus
from lint_rules.rule import LANGUAGES, Channel, Kind

# characters of a part in which prices are looked for
LONGEST_PRICED = 60_000
# lexicons that are asked of an HTML part beside a text part: it is seldom read for more
OF_THE_PAGE = frozenset(["opt_out", "sender_identity", "closings"])
# phrases of one lexicon in a sentence or a link that anybody asks for
_MOST_WITHIN = 200


class Draft:
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
        # asked for hundreds of times in a message
        self._phrases_key, self._footer_key = ("phrases", lang), ("footer", lang)
        self.channel = Channel(channel)
        self.declared_kind = Kind(kind)
        self.context = context or Context()
        self.subject = subject if isinstance(subject, Part) else Part.plain("subject", subject)
        self._html_source = html
        self.text = Part.plain("text", text)
        self.blocks = list(blocks or ())
        self._as_sent = as_sent
        self.typeset = None if typeset is None else Part.plain("typeset", "\n".join(typeset))

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

    # -- parts -----------------------------------------------------------------------------------

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
    def kind(self) -> Kind:
        """Its kind as the rules see it: a greeting that carries an offer is marketing."""
        if self.declared_kind is Kind.GREETING and self.carries_offer:
            return Kind.MARKETING
        return self.declared_kind

    @lazy
    def asked(self) -> tuple[object, ...]:
        """What a check of one part may ask of the message around it."""
        return self.lang, self.channel, self.kind, self.declared_kind, self.typeset is None

    # -- readings --------------------------------------------------------------------------------

    def lexicon(self, name: str) -> Phrases:
        """The phrases of that name in the message's language."""
        return phrases.lexicon(self.lang, name)

    def phrases(self, name: str, part: Part) -> list[Span]:
        """The phrases of a lexicon in a part, in order; all lexicons are looked up in one pass."""
        if name in OF_THE_PAGE and self._is_beside_text(part):
            return self._phrases_of_the_page(name)
        if name in ASKED_APART or name in OF_OFFERS:
            raise LookupError(f"{name}: no text is looked through for the words of this lexicon")
        return self._all_phrases(part).get(name, [])

    def _all_phrases(self, part: Part) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] | None = part.readings.get(self._phrases_key)
        if found is None:
            found = thesaurus(self.lang).find(self.tokens(part), phrases.read_of(part))
            part.readings[self._phrases_key] = found
        return found

    def _is_beside_text(self, part: Part) -> bool:
        return self.has_html and part is self.html_part and part is not self.body[0]

    def _phrases_of_the_page(self, name: str) -> list[Span]:
        part, key = self.html_part, ("phrases-of-the-page", self.lang)
        if key not in part.readings:
            few = thesaurus(self.lang, OF_THE_PAGE)
            others = [(phrases.read_of(other), self._all_phrases(other)) for other in self.body]
            part.readings[key] = find_beside(phrases.read_of(part), others, few)
        spans: list[Span] = part.readings[key].get(name, [])
        return spans

    def phrases_within(self, name: str, part: Part, span: Span) -> list[Span]:
        """Those that lie within a stretch of the part."""
        found = self.phrases(name, part)
        if not found:
            return []
        first = bisect_left(found, Span(span.start, 0))
        return [one for one in found[first : _MOST_WITHIN + first] if one.end <= span.end]

    def _read(self, reading: str, part: Part, read: Callable[[], Any]) -> Any:
        """A reading of a part, made once and kept with it: drafts that share a part share it too."""
        key = (reading, self.lang)
        if key not in part.readings:
            part.readings[key] = read()
        return part.readings[key]

    def tokens(self, part: Part) -> list[Token]:
        """Words of a part, folded, for lexicons."""
        found: list[Token] = self._read("tokens", part, lambda: phrases.tokens(phrases.read_of(part)))
        return found

    def sentences(self, part: Part) -> list[Span]:
        """Sentences of a part."""
        found: list[Span] = self._read("sentences", part, lambda: sentences.sentences(part, self.lang))
        return found

    def footer(self, part: Part) -> Span | None:
        """The compliance footer of a part."""
        if self._footer_key not in part.readings:
            part.readings[self._footer_key] = self._footer(part)
        found: Span | None = part.readings[self._footer_key]
        return found

    def _footer(self, part: Part) -> Span | None:
        return footer.footer(part, self.phrases("opt_out", part), self.phrases("sender_identity", part))

    def dates(self, part: Part) -> list[DateMention]:
        """Dates, weekdays, hours and durations of a part."""
        found: list[DateMention] = self._read(
            "dates", part, lambda: dates.dates(part.folded, self.lang, part.masked)
        )
        return found

    def deadlines(self, part: Part) -> list[DateMention]:
        """Those of its dates that are bounds."""
        found: list[DateMention] = self._read(
            "deadlines", part, lambda: deadlines.deadlines(part.folded, self.lang, self.dates(part))
        )
        return found

    def prices(self, part: Part) -> list[Price]:
        """All amounts of money in a part, the first pages of it."""
        found: list[Price] = self._read("prices", part, lambda: prices.prices(_priced(part)))
        return found

    def postscripts(self, part: Part) -> list[Span]:
        """The postscripts of a part, each with its mark."""
        found: list[Span] = self._read("postscripts", part, lambda: postscripts.postscripts(part))
        return found

    def aside(self, part: Part) -> list[Span]:
        """What is not the author's prose: the footer and, in a reply, the lines quoted."""
        found = [span] if (span := self.footer(part)) else []
        return found + (footer.quoted(part) if self.declared_kind is Kind.REPLY else [])

    def words(self, part: Part) -> list[Span]:
        """The words of a part that count."""
        reading = "words-of-reply" if self.declared_kind is Kind.REPLY else "words"
        found: list[Span] = self._read(
            reading, part, lambda: words.count_words(part, self.lang, self._uncounted(part))
        )
        return found

    def _uncounted(self, part: Part) -> list[Span]:
        return [*self.urls(part), *self.aside(part)]

    def word_count(self, part: Part) -> int:
        """How many words of a part count."""
        reading = "count-of-reply" if self.declared_kind is Kind.REPLY else "count"
        found: int = self._read(
            reading, part, lambda: words.word_count(part, self.lang, self._uncounted(part))
        )
        return found

    def urls(self, part: Part) -> list[Span]:
        """Web addresses written out."""
        found: list[Span] = self._read("urls", part, lambda: links.find_urls(part.masked))
        return found

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
    def html_beside(self) -> Part:
        """The HTML part without what the text part says too, in the same places."""
        return beside(self.html_part, self.text)

    @lazy
    def text_beside(self) -> Part:
        """The text part without what the HTML part says too, in the same places."""
        return beside(self.text, self.html_part)

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


def _priced(part: Part) -> str:
    """Its first pages; a Chinese comma between two figures parts them: 满99，888人已购."""
    text = part.folded[:LONGEST_PRICED]
    if "，" not in part.text:
        return text
    commas = [match.start() for match in _COMMA_OF_FIGURES.finditer(part.masked, 0, len(text))]
    for place in commas[:_MOST_WITHIN]:
        text = f"{text[:place]};{text[place + 1 :]}"
    return text


_COMMA_OF_FIGURES = re.compile(r"(?<=\d)，(?=\d)")


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
