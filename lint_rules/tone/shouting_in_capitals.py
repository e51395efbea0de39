"""The text does not shout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import capitals
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import tokens
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Viết hoa cả cụm nghe như quát: “{shown}”.",
    en="Capitals throughout read as shouting: “{shown}”.",
    zh="全部大写像在喊叫：“{shown}”。",
)
_LEGAL = re.compile(
    r"công ty|tnhh|cổ phần|doanh nghiệp|ngân hàng|hợp tác xã|(?<!\w)(?:ltd|inc|llc|jsc|corp|plc|gmbh|co\.)(?!\w)|有限公司"
)


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """Three words in capitals in a row; abbreviations, codes, figures and the firm's legal name are none."""
    line: _Line | None = None
    for span in outside(_loud(part), [*draft.aside(part), *quotations(part)]):
        if line is None or span.start > line.span.end:
            line = _line_at(part, span.start)
        if _is_name(draft, part, span, line):
            continue
        yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


def _loud(part: Part) -> Iterator[Span]:
    for run in capitals.runs(part):
        counted = [word for word in run if capitals.shouts(part.masked[word.start : word.end])]
        if len(counted) >= capitals.SHORTEST_RUN:
            yield Span(run[0].start, run[-1].end)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what is asked of it, read once for all that stands in it."""

    span: Span
    words: str
    is_legal: bool


def _line_at(part: Part, position: int) -> _Line:
    end = part.text.find("\n", position)
    span = Span(part.text.rfind("\n", 0, position) + 1, end if end >= 0 else len(part.text))
    is_legal = bool(_LEGAL.search(part.folded, span.start, span.end))
    return _Line(span, part.text[span.start : span.end].strip(), is_legal)


def _is_name(draft: Draft, part: Part, span: Span, line: _Line) -> bool:
    """A legal name, or a signature: the whole of a short line under a closing."""
    if line.is_legal:
        return True
    if len(line.words) != span.end - span.start or line.words != part.text[span.start : span.end]:
        return False
    above = part.folded[max(0, line.span.start - _SIGNATURE) : line.span.start]
    return len(line.words.split()) <= _LONGEST_NAME and draft.lexicon("closings").any_in(tokens(above), above)


# characters between a closing and the name under it, with room for a position and blank lines
_SIGNATURE = 60
_LONGEST_NAME = 5

RULE = Rule(
    id="shouting-in-capitals",
    code="TONE001",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Không viết hoa cả cụm từ.",
        en="No words in a row in capitals.",
        zh="不连续使用全大写单词。",
    ),
    why=Words(
        vi="Chữ hoa liền nhau khó đọc và nghe như quát; muốn nhấn mạnh, dùng chữ đậm hoặc gạch đầu dòng.",
        en="Capitals are hard to read and sound like shouting; stress with bold type or a dash instead.",
        zh="全大写难读，像在喊叫；要强调请用粗体或列表。",
    ),
    source="Course notes on e-mail marketing: no text all in capitals.",
    bad=(
        Example("vi", text="MUA NGAY HÔM NAY để được giảm 20%."),
        Example("en", text="Do NOT MISS THIS OFFER, friend."),
        Example("zh", text="春茶八折 BUY ONE TODAY 欢迎选购"),
    ),
    good=(
        Example(
            "vi",
            text="Khách VIP của VNPT tại TP.HCM dùng mã SEN20 được giảm 20%.\n\nTrân trọng,\nCÔNG TY TNHH TRÀ XANH",
        ),
        Example("en", text="Bring a USB, CD or DVD to the IBM HQ in the USA. Use code TEA20."),
        Example("zh", text="支持 USB、CD、DVD 和 VIP 会员卡。"),
    ),
    check=each_part(check_part),
)
