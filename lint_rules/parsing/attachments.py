"""Where a message says that something comes with it: "đính kèm", "enclosed", "附件".

A phrase alone is not enough: nothing may be attached, or later, or by the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.parsing.part import Part, Span

# characters of the sentence before and after a phrase that can turn its meaning
_REACH = 60
_BEFORE = {
    "vi": re.compile(
        # not, not yet; and what may stand between
        r"(?<!\w)(?:không|chưa|chẳng|đừng|khỏi)"
        r"(?: (?:có|kèm|gửi|còn|hề|phải|mở|nên|được|tệp|file|tài liệu|nào|gì|bất kỳ|bất cứ|thư|thể|kịp)){0,6} $"
        r"|(?<!\w)sẽ(?: (?:được|gửi|cũng|phải)){0,3} $"
        # what the reader is asked to attach, or may; "gửi anh đính kèm" is ours
        r"|(?<!\w)(?:vui lòng|hãy|nhớ|nên|cần|phải|có thể|muốn|quên|giúp)(?: gửi)? $"
        r"|(?<!gửi )(?<!gửi anh )(?<!cho )(?<!cho anh )(?<!\w)(?:khách|bạn|anh|chị|ông|bà|quý vị)(?: đã)?(?: gửi)? $"
    ),
    "en": re.compile(
        r"(?:(?<!\w)(?:no|not|nothing|never|without|cannot|nor|neither)|n't)"
        r"(?: (?:is|are|been|be|have|has|files?|documents?|papers?|any|an?|the|send|sent|open|opened|include|included|with|to|this|of|longer"
        r"|yet|need|pdf|read|see|as|further|other|more|single|it|was|were)){0,5} ?$"
        r"|(?:(?<!\w)(?:will|shall)|'ll)(?: be| also| then)? $"
        r"|(?<!\w)your (?:own )?$"
    ),
    "zh": re.compile(
        r"(?:没有|没|无需|无|不含|不带|不附|不会|不再|未|勿|不要|别)[^\s，。；：！？]{0,12}$"
        r"|(?:(?<!请)将|将会|(?:我们|我|随后|稍后)会|稍后|随后|下次|下一封)[^\s，。；：！？]{1,14}$"
        r"|(?:请|可以|可|需要?|如果|若)(?:您)?(?:在[^\s，。；]{0,8})?(?:一并|同时|随信)?$"
        r"|(?:[盒罐箱袋瓶]|包装|每份|随货)[^\s，。；]{0,2}$"
    ),
}
_AFTER = {
    "vi": re.compile(
        r"[^,;.]{0,30}?(?<!\w)(?:sẽ (?:được )?gửi|gửi sau|(?:thư|mail|email) (?:sau|tới|kế tiếp))(?!\w)"
        r"| (?:theo )?(?:mỗi|từng|đơn hàng|sản phẩm)(?!\w)"
        r"|[^,;.]{0,40}?(?<!\w)(?:trong|cùng|theo) (?:mỗi |từng |các )?(?:đơn hàng|gói hàng|kiện hàng|hộp|thùng)(?!\w)"
    ),
    "en": re.compile(
        r" to (?!this|my |our (?:e-?mail|letter|message)|the (?:e-?mail|mail|message|letter))"
        r"| (?:(?:that |which )?(?:you|he|she|they) (?!will find|find|see|have|'ll find))|[^,;.]{0,30}? (?:will follow|later|separately|under separate cover)(?!\w)"
    ),
    "zh": re.compile(r"[^，。；]{0,10}(?:另行|随后|稍后|以后)(?:发送|寄出|发给|寄给)?"),
}


def says_attached(part: Part, lang: str, sentence: Span, found: Span) -> bool:
    """Whether a phrase of the lexicon says that something is attached, here and by us."""
    text = part.folded
    before = text[max(sentence.start, found.start - _REACH) : found.start].replace("\n", " ")
    after = text[found.end : min(sentence.end, found.end + _REACH)].replace("\n", " ")
    return not (_BEFORE[lang].search(before) or _AFTER[lang].match(after))


def sentences_of(sentences: list[Span], found: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Each phrase with its sentence; both lists are in order."""
    index = 0
    for span in found:
        while index < len(sentences) - 1 and sentences[index].end <= span.start:
            index += 1
        yield (sentences[index] if sentences else span), span
