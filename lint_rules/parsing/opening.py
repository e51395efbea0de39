"""Where the body's own prose begins: behind the salutation, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lint_rules.parsing.near import holds_any
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import columns

if TYPE_CHECKING:
    from lint_rules.document import Draft

# sentences among which the salutation is looked for: a letter bears a head, a mail a line for the browser
_LOOKED_AT = 14
# sentences and headings among which prose is looked for
_MOST_SENTENCES = 1_000
# sentences of an opening; the longest that a rule asks for is far shorter
_MOST = 60
# sentences of prose that may stand above it: the line that a list of mails shows
_MOST_ABOVE = 1
# columns; an address, a date, a name or a salutation is narrower
_SHORT = 52
# characters into which a salutation fits
_LONGEST_SALUTATION = 120
_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！", "…")
_PERSON = r"(?:anh|chị|em|bạn|cô|chú|bác|ông|bà|quý|các|mọi|thầy|cả nhà|đồng nghiệp|khách|hội viên|thành viên|\ufffc)"
_GREETING = re.compile(
    rf"[\W_]*?(?:(?:kính|thân|mến) (?:gửi|chào|thưa)|trân trọng kính (?:gửi|chào)|kính thưa|xin (?:kính )?chào|chào|thưa|gửi (?:tới |đến )?{_PERSON}"
    r"|hello|hi|hiya|hey|howdy|alo|dear|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern|ladies and gentlemen)(?![\w-])"
    r"|\W*(?:尊敬的?|敬爱的?|亲爱的?|您好|你好|大家好|各位|敬启者|致(?!力|使|以|于|电|富|癌|敬)|早上好|早安|上午好|下午好|晚上好|嗨)"
)
# `Chị Lan ơi`, `Bạn thân mến`: no mark need follow
_FOND = re.compile(r"(?<!\w)(?:ơi|thân mến|thân yêu|kính mến|quý mến|yêu quý|thương mến)\W*$")
_COMMA = re.compile(r"[,，:：!！]|\s[–—-]\s")
_ADDRESS_ENDS = (",", "，", ":", "：")
# words, and Chinese characters, of an address that stands alone or right behind a greeting
_ALONE = (6, 9)
# of a name behind the comma: `Good morning, Anna.`, `您好，李先生：`; more are prose
_NAME = (3, 4)
_UNIT = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+|\ufffc+")
_OF_VIEW_ONLINE = ("browser", "trình duyệt", "浏览器", "view online", "xem bản web")
_VIEW_ONLINE = re.compile(r"(?<!\w)browser(?!\w)|trình duyệt|浏览器|view online|xem bản web")
# the editor's own block for it
BLOCK = "salutation"


def opening_sentences(draft: Draft, most: int) -> list[tuple[Part, Span]]:
    """The first sentences of prose, headings between them left out."""
    found: list[tuple[Part, Span]] = []
    for part, span in draft.opening:
        if _is_heading(part, span) and not (found and most > 1 and part is not found[-1][0]):
            continue
        found.append((part, span))
        if len(found) == most:
            break
    return found


def opening_stretch(draft: Draft, most: int) -> list[tuple[Part, Span]]:
    """The same with the headings: all that a reader has seen after so many sentences."""
    last = opening_sentences(draft, most)[-1:]
    found: list[tuple[Part, Span]] = []
    for one in draft.opening:
        found.append(one)
        if [one] == last:
            break
        if not last and len(found) == most:
            break
    return found


def stretch(draft: Draft) -> list[tuple[Part, Span]]:
    """The first sentences behind the salutation, headings among them."""
    return list(islice(_behind_head(draft), _MOST))


def _behind_head(draft: Draft) -> Iterator[tuple[Part, Span]]:
    first = list(islice(_sentences(draft), _LOOKED_AT))
    start, prose_from = 0, None
    above = 0
    for index, (part, span) in enumerate(first):
        behind = _behind_salutation(part, span)
        if behind is not None:
            start, prose_from = (index, behind) if behind < span.end else (index + 1, None)
            if not (index + 1 < len(first) and _is_second_greeting(*first[index + 1])):
                break
        elif not _is_heading(part, span) and not _view_online(part, span):
            above += 1
            if above > _MOST_ABOVE:
                break
    for index, (part, span) in enumerate(islice(_sentences(draft), _MOST_SENTENCES)):
        if index < start or _view_online(part, span):
            continue
        yield part, (Span(prose_from, span.end) if index == start and prose_from is not None else span)


def _is_second_greeting(part: Part, span: Span) -> bool:
    """`Kính gửi chị Lan,` and then `Chào chị!`"""
    return part.name != BLOCK and _behind_salutation(part, span) == span.end


def _sentences(draft: Draft) -> Iterator[tuple[Part, Span]]:
    for part in draft.body:
        footer = draft.footer(part)
        for span in draft.sentences(part):
            if footer and footer.holds(span):
                break
            yield part, span


def _view_online(part: Part, span: Span) -> bool:
    end = min(span.end, span.start + 200)
    text = part.folded[span.start : end]
    may_say = holds_any(text, _OF_VIEW_ONLINE)
    return may_say and _VIEW_ONLINE.search(part.folded, span.start, end) is not None


def _is_heading(part: Part, span: Span) -> bool:
    """A short line that ends without a mark: a heading, a date, a line of an address."""
    text = part.text[span.start : span.end]
    return not text.endswith((*_SENTENCE_ENDS, *_ADDRESS_ENDS)) and columns(text[: _SHORT * 2]) <= _SHORT


def _behind_salutation(part: Part, span: Span) -> int | None:
    """Where prose begins behind a salutation, the sentence's end when it is nothing else; None without one."""
    if part.name == BLOCK:
        return span.end
    limit = min(span.end, span.start + _LONGEST_SALUTATION)
    greeting = _GREETING.match(part.folded, span.start, limit)
    if greeting is None:
        text = part.text[span.start : span.end]
        alone = text.endswith(_ADDRESS_ENDS) or _FOND.search(part.folded, span.start, span.end)
        return span.end if alone and _is_address(part, span, _ALONE) else None
    position = greeting.end()
    for comma in _COMMA.finditer(part.folded, greeting.end(), limit):
        again = _GREETING.match(part.folded, comma.end(), limit)
        if again is None:
            position = comma.end()
            break
        position = again.end()
    rest = part.text[position : span.end]
    if position == greeting.end():
        # no comma: `Dear Anna`, but not `Chào mừng bạn đến với …`
        return span.end if _is_address(part, Span(position, span.end), _ALONE) else None
    if not rest.endswith("。") and _is_address(part, Span(position, span.end), _NAME):
        return span.end
    return position + len(rest) - len(rest.lstrip())


def _is_address(part: Part, span: Span, most: tuple[int, int]) -> bool:
    """A name and nothing more, or nothing at all; what is offered has a figure."""
    if span.end - span.start > _LONGEST_SALUTATION:
        return False
    units = _UNIT.findall(part.folded, span.start, span.end)
    han = sum("\u3400" <= unit <= "\u9fff" for unit in units)
    has_figure = any(unit[0].isdigit() for unit in units)
    return len(units) - han <= most[0] and han <= most[1] and not has_figure
