"""The text does not shout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import capitals
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import tokens
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
    aside = draft.aside(part)
    for run in capitals.runs(part):
        counted = [word for word in run if capitals.shouts(part.masked[word.start : word.end])]
        span = Span(run[0].start, run[-1].end)
        if (
            len(counted) < capitals.SHORTEST_RUN
            or any(left.holds(span) for left in aside)
            or _is_name(draft, part, span)
        ):
            continue
        yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


def _is_name(draft: Draft, part: Part, span: Span) -> bool:
    """A legal name, or a signature: the whole of a short line under a closing."""
    end = part.text.find("\n", span.start)
    line = Span(part.text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(part.text))
    text = part.folded[line.start : line.end]
    if _LEGAL.search(text):
        return True
    if part.text[line.start : line.end].strip() != part.text[span.start : span.end]:
        return False
    above = part.folded[max(0, line.start - _SIGNATURE) : line.start]
    return len(text.split()) <= _LONGEST_NAME and draft.lexicon("closings").any_in(tokens(above), above)


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
