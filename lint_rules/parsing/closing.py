"""Where a message takes leave: "Trân trọng,", "Kind regards,", "此致".

The lexicon `closings` holds what closes wherever a sentence or line begins with it; `closings_brief` what
closes only when it is all of its line, or a mark follows: "Best," but not "Best tea in town".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span

if TYPE_CHECKING:
    from lint_rules.document import Draft

# of so short a message every line may be the closing
_FEW = 4
# words before a phrase that belong to it: "with kind regards", "xin một lần nữa cảm ơn", "再次感谢"
_LEAD = re.compile(
    r"(?:^|[.!?…。！？;；])[\s\W]*(?:(?:with|and|my|our|your|very|kind|kindest|best|warm|warmest|sincere|many|yours|all|once|again|most"
    r"|một|lần|nữa|lời|xin|rất|và|cảm|cám|ơn|kính|trân|trọng|chân|thành|cuối|cùng|em|chúng|tôi|mình|bên|shop)[\s,]+){0,5}$"
    r"|(?:^|[.!?…。！？;；，]|(?<=[\u3400-\u9fff]),)[\s\W]*(?:再次|最后|谨|特|恭|敬|并|在此|衷心|诚挚|预)*$"
)
# 茶舍敬上: below a Chinese letter the name comes first
_SIGNED = re.compile(r"^.{1,20}(?:敬上|谨上|谨启|敬启|谨呈|拜上|敬贺|敬礼)\W*$")
# 祝学习进步！ 顺颂商祺: a short wish is all of its line; 祝贺王女士 and 祝小梅, a name, are none
_WISH = re.compile(
    r"^\W{0,4}(?:(?:[敬谨恭顺即并再遥预特此诚]|衷心|最后|专此|在此){0,2}祝(?!贺|寿|融|枝山|福卡|您购物)[^。！？：:;\n]{0,24}?"
    r"(?:顺[利遂心意]|进步|快乐|愉快|健康|[安平]康|平安|吉祥|如意|幸福|兴[隆旺]|发财|大吉|成功|丰收|美满|圆满|开心|胜意|腾达|有成|辉煌|红火|昌盛|昌隆|繁荣|高升|万福|万安|安好|晚安|一切都?好|早日康复|痊愈|长青|学业有成|金榜题名|好运|好梦|好|[商时春夏秋冬近文教学编撰台大金勋财节新年暑冬旅道福]?[安祺祉绥绮禧])"
    r"|(?:[顺敬即此并恭谨专祗兼][颂候]|[顺敬即此并恭谨专]请(?=[^\W\d]{0,3}安))[^\W\d]{1,8}|(?:[特专谨]此|此致),?(?:函[告达复询]|通知|奉[告达复]|告知|致函|布达|敬复|说明|回复|敬礼))\W{0,4}$"
)
# 祝 alone on its line, and what is wished on the next one
_WISH_BEGUN = re.compile(r"^\W{0,4}(?:[敬谨恭顺即并此特]|衷心|专此){0,2}[祝颂]\W{0,2}$")
_WISHED = re.compile(r"^\W{0,4}[^\W\d]{2,14}\W{0,4}$")
_LONGEST_WISH = 40
# words of a line that wishes and takes leave: "Bon voyage and kind regards,"
_WISH_WORDS = 7
_AND = re.compile(r"(?<!\w)(?:and|&|và|cùng|kèm)\s(?:my |our |the |with )?$")
# characters of the line before a phrase that are looked at
_REACH = 48
_ENDS = re.compile(r"\s*(?:[,.!，。！~–—-]|$)")
# words of a line that is nothing but a brief closing: "Thanks again", "Thân, Lan"
_BRIEF_WORDS = 3
_BRIEF_HAN = 14


def closing(draft: Draft) -> tuple[Part, Span] | None:
    """The phrase, in the second half of the lines; signature and postscript come after it. None without."""
    lines = [(part, line) for part in draft.body for line in _lines(draft, part)]
    start = len(lines) // 2 - 1 if len(lines) > _FEW else 0
    below: Span | None = None
    for part, line in reversed(lines[start:]):
        if _stands_as_closing(draft, part, line, below):
            return part, line
        if draft.lang == "zh" and _wishes(part, line, below):
            return part, line
        below = line
        for span in draft.phrases_within("closings", part, line):
            if _begins(part, line, span) or _SIGNED.match(part.folded[line.start : line.end]):
                return part, span
        for span in draft.phrases_within("closings_brief", part, line):
            if _begins(part, line, span) and _is_brief(draft, part, line, span):
                return part, span
    return None


def _stands_as_closing(draft: Draft, part: Part, line: Span, below: Span | None) -> bool:
    """Whether a line takes leave by where it stands: short, begins its paragraph, a name directly below.

    "Until Thursday,", "Hẹn anh chị ở bến,", "周末见": no list foresees all that people write there.
    """
    if below is None or draft.salutation == (part, line) or not _begins_paragraph(part, line):
        return False
    text = part.text[line.start : line.end].strip()
    name = part.text[below.start : below.end].strip()
    is_below = not part.text[line.end : below.start].strip() and below.start - line.end <= _NAME_BELOW
    if (
        not is_below
        or not 0 < len(name) <= _LONGEST_WISH
        or name[-1] in _SENTENCE_ENDS
        or _NO_NAME.search(name)
    ):
        return False
    if draft.lang == "zh":
        return bool(_ZH_LEAVE.match(text))
    return len(text) <= _LONGEST_WISH and text[-1] == "," and name[0].isupper() and not _NO_NAME.search(text)


def _begins_paragraph(part: Part, line: Span) -> bool:
    return not part.text[part.text.rfind("\n", 0, max(0, line.start - 1)) + 1 : line.start].strip()


# characters between a closing and the name: a line end, and an empty line in a letter
_NAME_BELOW = 3
_SENTENCE_ENDS = ".!?…。！？:："
# an address, a link, a figure
_NO_NAME = re.compile(r"\d|@|https?://|www\.")
_ZH_LEAVE = re.compile(
    r"(?:[愿祝盼望候待等][^，。！？：:\d]{1,14}|[^，。！？：:\d]{0,10}(?:见|再会|回见))[！!。～~，,]?$"
)


def _lines(draft: Draft, part: Part) -> list[Span]:
    """What is written on; long small print below would push the closing out of the second half."""
    key = ("written-lines", f"{draft.lang} {draft.declared_kind}")
    if key not in part.readings:
        written = (line for line in part.lines if part.text[line.start : line.end].strip())
        part.readings[key] = list(outside(written, [*draft.aside(part), *draft.postscripts(part)]))
    found: list[Span] = part.readings[key]
    return found


def _wishes(part: Part, line: Span, below: Span | None) -> bool:
    """Whether a Chinese line is a wish and nothing else, or begins one that the next line says."""
    if line.end - line.start > _LONGEST_WISH:
        return False
    text = part.folded[line.start : line.end]
    if _WISH.match(text):
        return True
    return (
        below is not None
        and below.end - below.start <= _LONGEST_WISH
        and bool(_WISH_BEGUN.match(text))
        and bool(_WISHED.match(part.folded[below.start : below.end]))
    )


def _begins(part: Part, line: Span, span: Span) -> bool:
    """Whether its line or a sentence begins with the phrase, or a short line of wishes ends with it."""
    if _LEAD.search(part.folded[max(line.start, span.start - _REACH) : span.start]):
        return True
    behind = part.text[span.end : line.end].strip()
    is_short = (
        line.end - line.start <= _REACH and len(part.text[line.start : line.end].split()) <= _WISH_WORDS
    )
    return (
        is_short
        and behind in ("", ",", ".", "!", "，")
        and _AND.search(part.folded[line.start : span.start]) is not None
    )


def _is_brief(draft: Draft, part: Part, line: Span, span: Span) -> bool:
    rest = part.folded[span.end : line.end]
    if _ENDS.match(rest):
        return True
    if draft.lang == "zh":
        return len(rest) <= _BRIEF_HAN
    return len(rest.split(maxsplit=_BRIEF_WORDS)) < _BRIEF_WORDS
