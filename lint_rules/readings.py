"""What is read out of one part of a message: each reading is made once and kept with the part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from lint_rules.message import Message
from lint_rules.parsing import dates, deadlines, footer, links, phrases, postscripts, prices, sentences, words
from lint_rules.parsing.dates import DateMention
from lint_rules.parsing.in_common import find_beside
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import Phrases, Token
from lint_rules.parsing.prices import Price
from lint_rules.parsing.thesaurus import ASKED_APART, OF_OFFERS, thesaurus
from lint_rules.rule import Kind

# characters of a part in which prices are looked for
LONGEST_PRICED = 60_000
# lexicons that are asked of an HTML part beside a text part: it is seldom read for more
OF_THE_PAGE = frozenset(["opt_out", "sender_identity", "closings"])
# phrases of one lexicon in a sentence or a link that anybody asks for
_MOST_WITHIN = 200


class Readings(Message):
    """A message with what its parts say, each part by itself; drafts that share a part share it too."""

    @lazy
    def _phrases_key(self) -> tuple[str, str]:
        return "phrases", self.lang

    @lazy
    def _footer_key(self) -> tuple[str, str]:
        return "footer", self.lang

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
