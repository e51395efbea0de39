"""Where the words of one recipient's rendering come from: the block of the copy, merge fields in place.

A finding on a rendering is led back to the copy, so that it is the same finding whoever the example is: its
place is the block's, and its fingerprint is that of the author's words. A waiver given for one recipient
therefore covers the next one, and no other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from campaign.compose.document import Block, Document
from campaign.lint.copy import text_of
from lint_rules.document import Draft
from lint_rules.finding import Finding, fingerprint_of
from lint_rules.parsing.part import Part as TextPart

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# a Chinese line may break anywhere, and typesetting sets blanks between its characters and figures; of an
# address paper shows no scheme
_TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|https?:|[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", re.DOTALL)
_SCHEMES = ("http:", "https:")
_BETWEEN = r"(?:[\W_]|https?:)*"
# characters; no value of a merge field is longer than an address
_LONGEST_VALUE = 300
# blanks and marks between two words
_LONGEST_BETWEEN = 16
# how often the first words of a block are looked for
_BEGINNINGS = 8


@dataclass(frozen=True)
class _Run:
    """Words that follow each other with a pattern for them, a group for each; or a field, without one.

    `places` are from and to of each in the block's text.
    """

    places: list[tuple[int, int]]
    pattern: re.Pattern[str] | None = None
    longest: int = 0


@dataclass(frozen=True)
class _Stretch:
    """A piece of a block."""

    block: str
    runs: list[_Run]


@dataclass(frozen=True)
class _Pair:
    """A word or a field: from and to in the rendering, from and to in the block's text."""

    start: int
    end: int
    source_start: int
    source_end: int


class Origins:
    """The copy of one variant; asked for each finding on a rendering of it."""

    def __init__(self, document: Document) -> None:
        self._sources = {block.id: text_of(block) for block in document.blocks}
        self._stretches = [one for block in document.blocks for one in _stretches(block)]
        self._whole = "\n".join(text_of(block) for block in document.in_reading_order())

    def lead_back(self, finding: Finding, draft: Draft, values: Mapping[str, Any]) -> Finding:
        """The finding at its place in the copy; `values` are the recipient's."""
        part = _part_of(draft, finding.part)
        source = self._sources.get(finding.part)
        if part is None or part.original == source:
            return finding  # word for word what the author wrote
        start = part.offset(finding.line, finding.column)
        end = part.offset(finding.end_line, finding.end_column)
        words = part.original[start:end]
        found = self._found(finding.part, part.original, start, end) if words.strip() else None
        if found is None:
            return self._unplaced(finding, words, values)
        block, first, last = found
        source = self._sources[block]
        # where a line ends depends on the names before it: a line too long is its block's finding
        said = source if part is draft.typeset else source[first:last]
        place = (*_position(source, first), *_position(source, last))
        return replace(_at(finding, *place), part=block, fingerprint=fingerprint_of(finding.rule, said))

    def beginning_of(self, block_id: str, text: str) -> int | None:
        """Where the block begins in a letter's text, the last time that its words stand there."""
        starts = [
            pairs[0].start
            for stretch in self._stretches
            if stretch.block == block_id
            for pairs in _alignments(stretch, text, alone=False)
        ]
        return max(starts, default=None)

    def _unplaced(self, finding: Finding, words: str, values: Mapping[str, Any]) -> Finding:
        """Something missing, or words of the layout: it holds on to what is the same for everybody."""
        if not words.strip() or any(value in words for value in _texts(values)):
            said = self._sources.get(finding.part, self._whole)
            finding = replace(finding, fingerprint=fingerprint_of(finding.rule, said))
        return _at(finding, 1, 1, 1, 1)

    def _found(self, name: str, text: str, start: int, end: int) -> tuple[str, int, int] | None:
        """Block, from and to in its text."""
        nearest: tuple[tuple[int, int], str, int, int] | None = None
        for stretch in self._stretches:
            if name in self._sources and stretch.block != name:
                continue
            for pairs in _alignments(stretch, text, alone=stretch.block == name):
                inside = [pair for pair in pairs if pair.start < end and pair.end > start]
                # of texts that hold the same words, the one of which more stands there
                shared = sum(min(pair.end, end) - max(pair.start, start) for pair in inside), len(pairs)
                if inside and (nearest is None or shared > nearest[0]):
                    nearest = shared, stretch.block, inside[0].source_start, inside[-1].source_end
        if nearest is None:
            return self._literal(name, text[start:end])
        _, block, first, last = nearest
        exact = _words(text[start:end]).search(self._sources[block], max(0, first - 1))
        return (block, *exact.span()) if exact and exact.start() <= last else (block, first, last)

    def _literal(self, name: str, words: str) -> tuple[str, int, int] | None:
        """Signs without a word, such as `!!!`, and words behind a condition; any others are the layout's."""
        pattern, has_words = _words(words), _TOKEN.search(words)
        for block, source in self._sources.items():
            may_hold = not has_words or "{%" in source
            if (block == name or (name not in self._sources and may_hold)) and (
                hit := pattern.search(source)
            ):
                return block, *hit.span()
        return None


def _stretches(block: Block) -> Iterator[_Stretch]:
    """The block's texts one by one: an offer's facts stand in a table, with words of the layout between."""
    offset = 0
    for _, source in block.texts():
        if source.strip():
            yield _Stretch(block.id, list(_runs(source, offset)))
            offset += len(source) + 1


def _runs(source: str, offset: int) -> Iterator[_Run]:
    words: list[re.Match[str]] = []
    for token in _TOKEN.finditer(source):
        if token[0] in _SCHEMES:
            continue
        if not _TAG.fullmatch(token[0]):
            words.append(token)
            continue
        if words:
            yield _run(words, offset)
            words = []
        yield _Run([(token.start() + offset, token.end() + offset)])
    if words:
        yield _run(words, offset)


def _run(words: list[re.Match[str]], offset: int) -> _Run:
    return _Run(
        [(word.start() + offset, word.end() + offset) for word in words],
        re.compile(_BETWEEN.join(f"({re.escape(word[0])})" for word in words)),
        sum(len(word[0]) + _LONGEST_BETWEEN for word in words),
    )


def _alignments(stretch: _Stretch, text: str, *, alone: bool) -> Iterator[list[_Pair]]:
    """Each way the stretch may stand in the text, word by word, as far as a condition leaves no words out.

    `alone`: the text is that of its block, so that fields without any word are all of it.
    """
    opening = next((run.pattern for run in stretch.runs if run.pattern), None)
    if opening is None:
        if alone:
            yield _values(stretch.runs, 0, len(text))
        return
    for hit in islice(opening.finditer(text), _BEGINNINGS):
        if pairs := _aligned(stretch.runs, text, hit.start()):
            yield pairs


def _aligned(runs: list[_Run], text: str, start: int) -> list[_Pair]:
    """Words in their order, each run the next one behind the last; what lies between is a field's value."""
    pairs: list[_Pair] = []
    fields: list[_Run] = []
    at = text.rfind("\n", 0, start) + 1
    for run in runs:
        if run.pattern is None:
            fields.append(run)
            continue
        begin = at if pairs else start
        hit = run.pattern.search(text, begin, begin + _LONGEST_VALUE + run.longest)
        if hit is None:
            return pairs  # a condition left these words out: what comes behind them is not known
        pairs += _values(fields, at, hit.start())
        pairs += [_Pair(*hit.span(number), *place) for number, place in enumerate(run.places, 1)]
        at, fields = hit.end(), []
    line_end = text.find("\n", at)
    return pairs + _values(fields, at, line_end if line_end >= 0 else len(text))


def _values(fields: list[_Run], start: int, end: int) -> list[_Pair]:
    """Fields that follow each other share what stands in their place."""
    if not fields or start >= end:
        return []
    return [_Pair(start, end, fields[0].places[0][0], fields[-1].places[-1][1])]


def _words(words: str) -> re.Pattern[str]:
    """The same words, whatever blanks and breaks stand between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def _part_of(draft: Draft, name: str) -> TextPart | None:
    parts = [draft.subject, *draft.blocks, draft.text, *([draft.typeset] if draft.typeset else [])]
    return next((part for part in parts if part.name == name), None)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _at(finding: Finding, line: int, column: int, end_line: int, end_column: int) -> Finding:
    """There; what a rule would mend in a rendering is not mended in the copy."""
    return replace(finding, line=line, column=column, end_line=end_line, end_column=end_column, fix=None)


def _texts(values: Mapping[str, Any]) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, Mapping):
            yield from _texts(value)
        elif isinstance(value, str) and value.strip():
            yield value
