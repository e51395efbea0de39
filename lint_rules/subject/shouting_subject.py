"""A subject does not shout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import capitals
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.subjects import own_words_start
from lint_rules.parsing.words import HAN
from lint_rules.rule import (
    ALL_KINDS,
    EMAIL_ONLY,
    Edit,
    Example,
    Hit,
    Kind,
    Rule,
    Severity,
    Words,
    subject_alone,
)

CAPITALS = Words(
    vi="Tiêu đề viết hoa cả cụm, đọc lên như quát: “{shown}”. Hãy viết chữ thường.",
    en="Capitals throughout make the subject shout: “{shown}”. Write it in small letters.",
    zh="主题里大段大写像在喊叫：“{shown}”。请改用小写。",
)
MARKS = Words(
    vi="Tiêu đề có {count} dấu chấm than; một dấu là đủ, không dấu nào càng hay.",
    en="The subject has {count} exclamation marks; one is enough, none is better.",
    zh="主题有 {count} 个感叹号，最多用一个，不用更好。",
)
# of the letters that can be written either way
LOUD_SHARE = 0.7
# with fewer such letters, capitals are a name or an abbreviation
FEWEST_LETTERS = 10
# characters; no list of mails shows half as many
LONGEST_SUBJECT = 500
_MARK = re.compile(r"(?<!\byahoo)(?<!\bjoomla)!(?:\s?!)*")
_HAN = re.compile(f"[{HAN}]")


def check_subject(draft: Draft, subject: Part, config: Config) -> Iterator[Hit]:
    """Speaks once of capitals and once of exclamation marks; an answer bears the customer's own subject."""
    start = own_words_start(subject.folded)
    if subject.blank() or (start and draft.declared_kind is Kind.REPLY):
        return
    if loud := _in_capitals(subject, start):
        shown = subject.text[loud.start : loud.end]
        calm = capitals.calmed(shown, opens=not subject.text[start : loud.start].strip())
        yield Hit(subject, loud, CAPITALS, {"shown": shown}, edits=(Edit(subject, loud, calm),))
    marks = list(_MARK.finditer(subject.folded, start, start + LONGEST_SUBJECT))
    count = sum(match.group().count("!") for match in marks)
    if count > 1:
        spans = [Span(*match.span()) for match in marks]
        keep = subject.text[spans[0].start]
        edits = [Edit(subject, span, "" if index else keep) for index, span in enumerate(spans)]
        yield Hit(subject, spans[0], MARKS, {"count": count}, edits=tuple(edits))


def _in_capitals(subject: Part, start: int) -> Span | None:
    """Three loud words in a row, or a subject nearly all in capitals."""
    for run in capitals.runs(subject, start + LONGEST_SUBJECT):
        own = [word for word in run if word.start >= start]
        if (
            sum(capitals.shouts(subject.masked[word.start : word.end]) for word in own)
            >= capitals.SHORTEST_RUN
        ):
            return Span(own[0].start, own[-1].end)
    return _nearly_all(subject, start)


def _nearly_all(subject: Part, start: int) -> Span | None:
    cased = loud = 0
    places: list[Span] = []
    for match in capitals.words(subject.masked[: start + LONGEST_SUBJECT], start):
        word = match.group()
        if capitals.is_capital(word) and not capitals.shouts(word):
            continue
        letters = [char for char in word if char.lower() != char.upper()]
        cased += len(letters)
        loud += sum(char.isupper() for char in letters)
        if capitals.is_capital(word):
            places.append(Span(*match.span()))
    # the only Latin letters of a Chinese subject are names
    foreign = len(_HAN.findall(subject.masked, start, start + LONGEST_SUBJECT)) >= cased
    if not places or foreign or cased < FEWEST_LETTERS or loud < LOUD_SHARE * cased:
        return None
    return Span(places[0].start, places[-1].end)


RULE = Rule(
    id="shouting-subject",
    code="SUBJ005",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Tiêu đề không quát: không viết hoa cả cụm, không chồng dấu chấm than.",
        en="A subject does not shout, neither with capitals nor with exclamation marks.",
        zh="主题不喊叫：不大段大写，不连用感叹号。",
    ),
    why=Words(
        vi=(
            "Giữa một hộp thư đầy, chữ hoa và dấu chấm than trông như biển quảng cáo nhấp nháy; người đọc lướt"
            " qua, bộ lọc thì cho là thư rác. Chữ viết tắt như VIP, TV không tính."
        ),
        en=(
            "In a full inbox, capitals and exclamation marks look like a flashing sign: readers pass them over"
            " and filters take them for spam. Abbreviations such as VIP or TV do not count."
        ),
        zh="收件箱里，大写和感叹号像闪烁的广告牌：读者会略过，过滤器会当成垃圾邮件。VIP、TV 等缩写不算。",
    ),
    source="Course notes on e-mail marketing: no text all in capitals, few exclamation marks.",
    bad=(
        Example("vi", subject="GIẢM GIÁ SỐC bếp từ"),
        Example("vi", subject="Bếp từ giảm 20%!!!"),
        Example("en", subject="HUGE SAVINGS NOW on garden chairs"),
        Example("en", subject="Hurry! 20% off chairs!"),
        Example("zh", subject="春茶八折！！"),
        Example("zh", subject="春茶 BUY ONE GET ONE 第二盒半价"),
    ),
    good=(
        Example("vi", subject="[QC] Khách VIP: TV OLED LG giảm 15%"),
        Example("vi", subject="Bếp từ giảm 20% đến hết tháng 4!"),
        Example("en", subject="NASA and UNESCO posters: 3 for $20"),
        Example("zh", subject="VIP会员日：iPhone 16 Pro Max立减500元！"),
    ),
    check=subject_alone(check_subject),
)
