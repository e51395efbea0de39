"""An offer says until when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import selling
from lint_rules.parsing.dates import DAY, RELATIVE, WEEKDAY, DateMention
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Ưu đãi chưa có hạn. Hãy nói đến hết ngày nào; “số lượng có hạn” không phải là hạn.",
    en="The offer has no deadline. Say until which day; “while stocks last” is none.",
    zh="优惠没有截止日期。请写明到哪一天；“数量有限”不算期限。",
)
# an event ends its own offer
_EVENT = re.compile(
    r"khai giảng|diễn ra|tổ chức|khai mạc|khởi hành|hội thảo|đêm nhạc|hoà nhạc|biểu diễn|công chiếu|lịch học|ngày học|ngày diễn|thời gian:|buổi|lớp|khoá"
    r"|(?<!\w)(?:takes? place|starts?|begins?|held|concert|workshop|class|course|talk|show|tasting|tour|event|when:|doors|session|conference|webinar)(?!\w)"
    r"|举行|举办|开课|开班|演出|音乐会|讲座|课|活动|沙龙|工作坊|出发|会员日|直播|展会"
)
# a birthday of the house is no end of the offer
_OCCASION = re.compile(
    r"nhân|mừng|kỷ niệm|dịp|sinh nhật|thành lập|từ năm|opened|founded|since|established|celebrat|anniversary|birthday|in honou?r|成立|周年|创立|创办|生日|店庆|纪念|庆祝|开业"
)
_OPENING = re.compile(r"mở cửa|giờ làm việc|(?<!\w)open(?!\w)|hours|营业|上班")
_THESE_DAYS = re.compile(
    r"(?:trong )?(?:tuần|tháng|hôm|cuối tuần|quý|năm) (?:này|nay)|cuối tuần|trong tháng|today|tonight|this \w+|the weekend|本[周月季]|这周|周末|今[天日晚]|当[天日]"
)
# "order today" hurries, and says nothing of tomorrow
_HURRY = re.compile(
    r"(?:(?<!\w)(?:đặt|mua|gọi|đăng ký|ghé|order|buy|call|book|shop|visit|register|yours?)(?!\w)|下单|订购|购买|抢购|选购)[^.。!！]{0,16}$"
)
_HURRY_AFTER = re.compile(r" (?:đặt|mua|order|buy)(?!\w)|就?(?:下单|订购|购买|订)")
_SERVICE = re.compile(r"giao|ship|gửi|nhận hàng|deliver|dispatch|arriv|sent|送|发货|寄|达")
# characters before a day that are looked at
_NEAR = 24


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A day beside a cue such as until, before, ends; the day of an event; an offer of this week.

    What is free and nothing else may stay so: a guide to download needs no last day.
    """
    if not selling.offers_something(draft) or (selling.is_free(draft) and not selling.names_price(draft)):
        return
    if any(draft.deadlines(part) or _is_kept_to_days(draft, part) for part in [draft.subject, *draft.body]):
        return
    part, span = selling.place(draft)
    yield Hit(part, span, MESSAGE)


def _is_kept_to_days(draft: Draft, part: Part) -> bool:
    """Whether a sentence names the day of an event, or offers for this week or this Friday."""
    mentions = [item for item in draft.dates(part) if item.kind in (DAY, WEEKDAY, RELATIVE)]
    if not mentions:
        return False
    offered = [item.span.start for item in draft.mentions if item.part is part]
    index = 0
    for sentence in draft.sentences(part):
        while index < len(mentions) and mentions[index].span.start < sentence.end:
            if sentence.start <= mentions[index].span.start and _keeps(
                part,
                sentence,
                mentions[index],
                any(sentence.start <= start < sentence.end for start in offered),
            ):
                return True
            index += 1
    return False


def _keeps(part: Part, sentence: Span, mention: DateMention, offers: bool) -> bool:
    text = part.folded
    within = text[max(sentence.start, mention.span.start - _SENTENCE_READ) : mention.span.end]
    if _OCCASION.search(within) or _OPENING.search(within):
        return False
    before = text[max(sentence.start, mention.span.start - _NEAR) : mention.span.start]
    if _SERVICE.search(before):
        return False
    if mention.kind in (DAY, WEEKDAY) and _EVENT.search(
        text, sentence.start, min(sentence.end, sentence.start + _SENTENCE_READ)
    ):
        return True
    if mention.kind == WEEKDAY:
        return offers
    is_near = mention.kind == RELATIVE and _THESE_DAYS.match(text, mention.span.start)
    hurries = _HURRY.search(before) or _HURRY_AFTER.match(text, mention.span.end)
    return offers and bool(is_near) and not hurries


# characters of a sentence
_SENTENCE_READ = 400

RULE = Rule(
    id="deadline-missing",
    code="OFR004",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(vi="Ưu đãi phải có hạn.", en="An offer has a deadline.", zh="优惠要有期限。"),
    why=Words(
        vi="Không có hạn thì để mai; có hạn rõ thì hôm nay quyết.",
        en="Without a date it waits until tomorrow; with one it is decided today.",
        zh="没有期限就拖到明天，有了期限今天就能决定。",
    ),
    source="Course notes on e-mail marketing: key facts complete: price, delivery, deadlines.",
    bad=(
        Example("vi", text="Trà sen 390.000đ một hộp, giao tận nhà. Còn ít hàng, đặt ngay!"),
        Example("en", text="Tea at $24 a tin, delivered free. We opened on May 3, 1998. While stocks last."),
        Example("zh", text="春茶每罐199元，包邮。数量有限，欢迎订购。"),
    ),
    good=(
        Example("vi", text="Trà sen 390.000đ một hộp, đến hết 31/3."),
        Example("en", text="Tea at $24 a tin until March 31."),
        Example("zh", text="春茶每罐199元，截至3月31日。"),
    ),
    check=check,
)
