"""What stands in a message and is not its words: the compliance footer, and lines quoted from others."""

from __future__ import annotations

import re

from lint_rules.parsing.part import LONGEST_END, LONGEST_READ, Part, Span
from lint_rules.parsing.phrases import Phrases, Token, lexicon, tokens
from lint_rules.parsing.postscripts import MARK as POSTSCRIPT_MARK
from lint_rules.parsing.sentences import paragraphs

# a paragraph with more words than this is prose: then the footer begins with the line of its cue
LONGEST_FOOTER_PARAGRAPH = 60
# the longest legal small print we have seen; more is text that only speaks of opting out
LONGEST_FOOTER = 150
_UNIT = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+")
_SENTENCE_END = re.compile(r"[.!?…]+\s|[。！？]")
# an e-mail address or a telephone number
_REACHED_AT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<![\w.])\+?\(?0?\d[\d .()-]{7,14}\d(?!\w)")
_RULE_LINE = re.compile(r"[ \t]*(?:[-_=*~—–―─]{2,}|-- ?)[ \t]*$")


def footer(part: Part, lang: str) -> Span | None:
    """Sender identity and opt-out at the end; None when nothing says how to opt out."""
    opt_out, identity = lexicon(lang, "opt_out"), lexicon(lang, "sender_identity")
    blocks = paragraphs(part)
    if len(part.text) > LONGEST_READ:
        # of an endless text only its end: a footer is short
        end = len(part.text) - LONGEST_END
        blocks = [block for block in blocks if block.start >= end]
    cue = next(
        (index for index in range(len(blocks) - 1, -1, -1) if _holds(part, blocks[index], opt_out)), None
    )
    if cue is None or any(not _may_follow(part, block) for block in blocks[cue + 1 :]):
        return None
    start = _start_within(part, blocks[cue], opt_out, identity)
    if start == blocks[cue].start:
        for block in reversed(blocks[:cue]):
            if not _is_identity(part, block, identity):
                break
            start = block.start
    found = Span(start, blocks[-1].end)
    return found if _size(part, found) <= LONGEST_FOOTER else None


def quoted(part: Part) -> list[Span]:
    """Lines that begin with `>`."""
    return [line for line in part.lines if part.text.startswith(">", line.start)]


def _words(part: Part, span: Span) -> tuple[list[Token], str]:
    text = part.folded[span.start : span.end]
    return tokens(text), text


def _holds(part: Part, span: Span, phrases: Phrases) -> bool:
    return phrases.any_in(*_words(part, span))


def _size(part: Part, span: Span) -> int:
    """Words and Chinese characters."""
    return len(_UNIT.findall(part.masked, span.start, span.end))


def _start_within(part: Part, block: Span, opt_out: Phrases, identity: Phrases) -> int:
    """Where in the paragraph of the cue the footer begins: its top, unless prose stands above."""
    lines = [line for line in part.lines if block.holds(line)]
    holding = [index for index, line in enumerate(lines) if _holds(part, line, opt_out)]
    first = holding[0] if holding else len(lines) - 1
    for index in range(first, -1, -1):
        if _RULE_LINE.match(part.text[lines[index].start : lines[index].end]):
            return lines[index].start
    if _size(part, block) <= LONGEST_FOOTER_PARAGRAPH and first <= _MOST_LINES_ABOVE:
        return block.start
    if _size(part, lines[first]) > LONGEST_FOOTER_PARAGRAPH:
        return _sentence_of_cue(part, lines[first], opt_out)
    while first > 0 and _holds(part, lines[first - 1], identity):
        first -= 1
    return lines[first].start


_MOST_LINES_ABOVE = 6


def _sentence_of_cue(part: Part, line: Span, opt_out: Phrases) -> int:
    words, text = _words(part, line)
    cue = line.start + opt_out.find(words, text)[0].start
    ends = [match.end() for match in _SENTENCE_END.finditer(part.masked, line.start, cue)]
    return ends[-1] if ends else line.start


def _may_follow(part: Part, block: Span) -> bool:
    """Whether a paragraph under the opt-out still belongs to the footer: short, and no postscript."""
    text = part.text[block.start : block.end]
    if POSTSCRIPT_MARK.match(text):
        return False
    return _size(part, block) <= LONGEST_FOOTER_PARAGRAPH // 2


def _is_identity(part: Part, block: Span, identity: Phrases) -> bool:
    text = part.text[block.start : block.end]
    if _RULE_LINE.match(text):
        return True
    if _size(part, block) > LONGEST_FOOTER_PARAGRAPH:
        return False
    return _holds(part, block, identity) or _is_address_block(text)


def _is_address_block(text: str) -> bool:
    """Lines without a sentence, and how to reach whom they name: a house writes its own name in its own language."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(_REACHED_AT.search(text))
        and not any(_SENTENCE_END.search(f"{line} ") for line in lines)
    )
