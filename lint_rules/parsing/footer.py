"""What stands in a message and is not its words: the compliance footer, and lines quoted from others."""

from __future__ import annotations

import re
from bisect import bisect_left

from lint_rules.parsing.part import LONGEST_END, LONGEST_READ, Part, Span
from lint_rules.parsing.phrases import HAN
from lint_rules.parsing.postscripts import MARK as POSTSCRIPT_MARK
from lint_rules.parsing.sentences import paragraphs

# a paragraph with more words than this is prose: then the footer begins with the line of its cue
LONGEST_FOOTER_PARAGRAPH = 60
# the longest legal small print we have seen; more is text that only speaks of opting out
LONGEST_FOOTER = 150
_WORD, _WORD_OR_HAN = re.compile(r"[^\W_]+"), re.compile(rf"{HAN.pattern}|(?:(?!{HAN.pattern})[^\W_])+")
_SENTENCE_END = re.compile(r"[.!?…]+\s|[。！？]")
# an e-mail address or a telephone number
_REACHED_AT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<![\w.])(?:\+|\(?0)\d[\d .()-]{6,14}\d(?!\w)|(?<![\w.])(?:1[89]00|400)[ .-]?\d{3}|(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\w)"
)
# columns; a closing is no longer: "Trân trọng,", "Kind regards,"
_CLOSING = 36
_RULE_LINE = re.compile(r"[ \t]*(?:[-_=*~—–―─]{2,}|-- ?)[ \t]*$")


def footer(part: Part, cues: list[Span], identities: list[Span]) -> Span | None:
    """Sender identity and opt-out at the end; None when nothing says how to opt out.

    `cues` are the phrases of the lexicon `opt_out` in the part, `identities` those of `sender_identity`.
    """
    if not cues:
        return None
    blocks = paragraphs(part)
    if len(part.text) > LONGEST_READ:
        # of an endless text only its end: a footer is short
        end = len(part.text) - LONGEST_END
        blocks = [block for block in blocks if block.start >= end]
    last = next((index for index in range(len(blocks) - 1, -1, -1) if _first_in(blocks[index], cues)), -1)
    if last < 0 or any(not _may_follow(part, block) for block in blocks[last + 1 :]):
        return None
    start = _start_within(part, blocks[last], cues, identities)
    if start == blocks[last].start:
        for block in reversed(blocks[:last]):
            if not _is_identity(part, block, identities):
                break
            start = block.start
    found = Span(start, blocks[-1].end)
    return found if _size(part, found) <= LONGEST_FOOTER else None


def quoted(part: Part) -> list[Span]:
    """Lines that begin with `>`."""
    return [line for line in part.lines if part.text.startswith(">", line.start)]


def _first_in(span: Span, phrases: list[Span]) -> Span | None:
    """The first of the phrases that lies within; they stand in order."""
    at = bisect_left(phrases, (span.start, 0))
    return phrases[at] if at < len(phrases) and phrases[at].end <= span.end else None


def _size(part: Part, span: Span) -> int:
    """Words and Chinese characters."""
    unit = _WORD_OR_HAN if HAN.search(part.masked, span.start, span.end) else _WORD
    return len(unit.findall(part.masked, span.start, span.end))


def _start_within(part: Part, block: Span, cues: list[Span], identities: list[Span]) -> int:
    """Where in the paragraph of the cue the footer begins: its top, unless prose stands above."""
    first = bisect_left(part.lines, (block.start, 0))
    lines = part.lines[first : bisect_left(part.lines, (block.end, 0), first)]
    holding = [index for index, line in enumerate(lines) if _first_in(line, cues)]
    first = holding[0] if holding else len(lines) - 1
    for index in range(first, -1, -1):
        if _RULE_LINE.match(part.text[lines[index].start : lines[index].end]):
            return lines[index].start
    if _size(part, block) <= LONGEST_FOOTER_PARAGRAPH and first <= _MOST_LINES_ABOVE:
        return block.start
    if _size(part, lines[first]) > LONGEST_FOOTER_PARAGRAPH:
        return _sentence_of_cue(part, lines[first], cues)
    while first > 0 and _first_in(lines[first - 1], identities):
        first -= 1
    return lines[first].start


_MOST_LINES_ABOVE = 6


def _sentence_of_cue(part: Part, line: Span, cues: list[Span]) -> int:
    cue = _first_in(line, cues) or line
    ends = [match.end() for match in _SENTENCE_END.finditer(part.masked, line.start, cue.start)]
    return ends[-1] if ends else line.start


def _may_follow(part: Part, block: Span) -> bool:
    """Whether a paragraph under the opt-out still belongs to the footer: short, and no postscript."""
    text = part.text[block.start : block.end]
    if POSTSCRIPT_MARK.match(text):
        return False
    return _size(part, block) <= LONGEST_FOOTER_PARAGRAPH // 2


def _is_identity(part: Part, block: Span, identities: list[Span]) -> bool:
    text = part.text[block.start : block.end]
    if _RULE_LINE.match(text):
        return True
    if _size(part, block) > LONGEST_FOOTER_PARAGRAPH or POSTSCRIPT_MARK.match(text):
        return False
    return _first_in(block, identities) is not None or _is_address_block(text)


def _is_address_block(text: str) -> bool:
    """Lines without a sentence, and how to reach whom they name: a house writes its own name in its own language."""
    lines = text.split("\n")
    if len(lines[0]) <= _CLOSING and lines[0].rstrip().endswith((",", "，")):
        return False
    return (
        len(lines) > 1
        and bool(_REACHED_AT.search(text))
        and not any(_SENTENCE_END.search(f"{line} ") for line in lines)
    )
