"""Nobody in Vietnam gets more than three advertising e-mails in 24 hours."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import provisions_of
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_ONLY, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

ID = "daily-limit-exceeded"
MESSAGE = Words(
    vi="Có người đã nhận {sent} thư quảng cáo trong {hours} giờ qua; thư này sẽ vượt mức {limit}. Hãy gửi muộn hơn hoặc bớt những người ấy.",
    en="Somebody has had {sent} advertising e-mails in the last {hours} hours; this one would exceed the limit of {limit}. Send later, or leave them out.",
    zh="有收件人在过去{hours}小时内已收到{sent}封广告邮件，再发就超过{limit}封的上限。请推迟发送，或移除这些收件人。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The count of the busiest recipient, this message not included."""
    sent = draft.context.max_sends_last_24h
    if sent is None:
        return
    for provision in provisions_of(draft, ID):
        limit, hours = provision.values["emails"], provision.values["hours"]
        if sent + 1 > limit:
            values = {"sent": sent, "limit": limit, "hours": hours}
            yield Hit(draft.subject, Span(0, len(draft.subject.text)), MESSAGE, values)


RULE = Rule(
    id=ID,
    code="LAW007",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.ERROR,
    summary=Words(
        vi="Không ai nhận quá ba thư quảng cáo trong 24 giờ.",
        en="Nobody gets more than three advertising e-mails in 24 hours.",
        zh="任何人24小时内收到的广告邮件不超过三封。",
    ),
    why=Words(
        vi="Nghị định 91/2020 cho phép tối đa ba thư quảng cáo tới một địa chỉ trong 24 giờ.",
        en="Vietnam's Decree 91/2020 allows three advertising e-mails to one address in 24 hours.",
        zh="越南第91/2020号法令规定：24小时内向同一地址发送的广告邮件不得超过三封。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 13.",
    bad=(
        Example("vi", subject="Giảm 20% trà sen", context={"pack": ["vn"], "max_sends_last_24h": 3}),
        Example("en", subject="20% off lotus tea", context={"pack": ["vn"], "max_sends_last_24h": 5}),
        Example("zh", subject="莲花茶八折", context={"pack": ["vn"], "max_sends_last_24h": 3}),
    ),
    good=(
        Example("vi", subject="Giảm 20% trà sen", context={"pack": ["vn"], "max_sends_last_24h": 2}),
        Example("en", subject="20% off lotus tea", context={"pack": ["us"], "max_sends_last_24h": 9}),
        Example("zh", subject="莲花茶八折", context={"pack": ["vn"]}),
    ),
    check=check,
)
