"""Who complains is told what happens next, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư trả lời phàn nàn chưa nói chúng ta sẽ làm gì, vào lúc nào.",
    en="The answer to a complaint does not say what we will do, and when.",
    zh="对投诉的答复没有说明我们下一步做什么、什么时候做。",
)
LEXICON = "own_actions"
# who acts on our side, and what is done
_OWN = {
    "vi": re.compile(
        r"(?<!\w)(?:chúng tôi|chúng em|tôi|bên em|bên mình|bên tôi|em|mình|công ty|cửa hàng|shop|nhân viên|kỹ thuật viên|kỹ sư|thợ|bộ phận|tổng đài|kho|kế toán)(?:\s\w+){0,3}?\s(?:gửi|đổi|hoàn|gọi|giao|cử|cho người|cho thợ|chuyển|kiểm tra|thay|sửa|liên hệ|báo|trả lời|khắc phục|bồi thường|đền|tặng|hẹn|qua|đến|ghé|lắp|thu hồi|xử lý|hoàn tất|xác minh|thông báo|cộng|bù|sẽ)(?!\w)"
        r"|(?<!\w)(?:và|rồi|nên) sẽ (?:trừ|hoàn|gửi|đổi|giao|gọi|cử|sửa|thay|bù|chuyển|cộng|báo|trả|lắp|qua|có mặt|kiểm tra|xử lý)(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:we|i)(?:'re| are|'m| am) (?!hoping|being|having|writing)\w{2,14}ing(?!\w)|(?<!\w)(?:we|i)(?:'ve| have) (?:asked|arranged|booked|set aside|reserved|kept|held|ordered|sent|posted|refunded|credited|replaced|told|instructed|scheduled)(?!\w)"
        r"|(?<!\w)(?:our|my|a|an|the|your) (?:\w+ ){0,2}?(?:engineer|technician|team|manager|colleague|plumber|driver|courier|refund|replacement|money|parcel|order|credit|voucher|repair|fan|machine|item|product)s? (?:will|is going to|comes|visits|calls|arrives|leaves|goes)(?!\w)|(?<!\w)(?:we|i) (?:will|shall)(?!\w)|(?<!\w)(?:we|i)'ll(?!\w)"
    ),
    "zh": re.compile(
        r"(?:我们?|我司|本店|本公司|公司|工程师|技术员|技术人员|师傅|客服|同事|专人|财务|仓库|退款|款项)[^，。！？收\n]{0,30}?(?:会|将|付清|安排|给您|为您|上门|寄|退|换|补|联系|致电|打电话|送|修|回复|处理|核实|到账|发)"
    ),
}
# "please send it back within 7 days" is the customer's step
_ASKS = re.compile(
    r"(?<!\w)(?:anh|chị|quý khách|bạn|ông|bà|anh chị)(?: có thể)? (?:vui lòng|hãy|giúp|chịu khó|cần|phải|nhớ)|(?<!\w)(?:xin|vui lòng|mong) (?:anh|chị|quý khách|bạn|ông|bà)|(?<!\w)(?:please|you (?:can|may|must|should|need))(?!\w)|请您?|麻烦您"
)
# characters of a sentence
_LONGEST = 600


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """An action of ours with a date or a duration in its sentence or the one after it."""
    if not draft.context.complaint:
        return
    parts = [part for part in draft.body if not part.blank()]
    if not parts or any(_has_step(draft, part) for part in draft.body):
        return
    yield Hit(parts[0], Span(0, len(parts[0].text.rstrip())), MESSAGE)


def _has_step(draft: Draft, part: Part) -> bool:
    times = [mention.span.start for mention in draft.dates(part)]
    if not times:
        return False
    actions = draft.phrases(LEXICON, part)
    spans = list(outside(draft.sentences(part), draft.aside(part)))
    for index, span in enumerate(spans):
        end = spans[index + 1].end if index + 1 < len(spans) else span.end
        first = bisect_left(times, span.start)
        if first < len(times) and times[first] < end and _acts(draft, part, span, actions):
            return True
    return False


def _acts(draft: Draft, part: Part, sentence: Span, actions: list[Span]) -> bool:
    end = min(sentence.end, sentence.start + _LONGEST)
    if _OWN[draft.lang].search(part.folded, sentence.start, end):
        return True
    asks = _ASKS.search(part.folded, sentence.start, end)
    if asks:
        return False
    first = bisect_left(actions, Span(sentence.start, 0))
    return first < len(actions) and actions[first].start < sentence.end


RULE = Rule(
    id="complaint-reply-without-a-next-step",
    code="STR009",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REPLY}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Trả lời phàn nàn thì nói bước tiếp theo và thời hạn.",
        en="An answer to a complaint names the next step and its date.",
        zh="答复投诉要写明下一步和时间。",
    ),
    why=Words(
        vi="“Chúng tôi ghi nhận” không giải quyết gì; khách cần biết ai làm gì, bao giờ xong.",
        en="“We have noted it” mends nothing; the customer wants to know who does what, and by when.",
        zh="“我们已经记录”解决不了问题；顾客要知道谁来做、何时完成。",
    ),
    source="Course notes on complaints: state the next steps; keep the customer informed of progress.",
    bad=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi xin lỗi chị và xin ghi nhận ý kiến của chị.",
            context={"complaint": True},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We are sorry and have noted your complaint.",
            context={"complaint": True},
        ),
        Example("zh", kind=Kind.REPLY, text="非常抱歉，我们已经记录您的意见。", context={"complaint": True}),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi xin lỗi chị. Chúng tôi sẽ gửi ấm mới trong 2 ngày.",
            context={"complaint": True},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We are sorry. We will send a new pot by Friday.",
            context={"complaint": True},
        ),
        Example(
            "zh", kind=Kind.REPLY, text="非常抱歉，我们会在三天内寄出新壶。", context={"complaint": True}
        ),
        Example("en", kind=Kind.REPLY, text="Thank you for your kind words.", context={"complaint": False}),
    ),
    check=check,
)
