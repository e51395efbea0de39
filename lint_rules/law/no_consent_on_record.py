"""Advertising goes only to people whose consent is on record."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import LAW_KINDS, provisions_of
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_ONLY, Example, Hit, Rule, Severity, Words

ID = "no-consent-on-record"
MESSAGE = Words(
    vi="{count} người nhận chưa có sự đồng ý được ghi lại. Hãy bỏ họ khỏi danh sách hoặc xin phép trước.",
    en="{count} recipients have no consent on record. Leave them out, or ask them first.",
    zh="有{count}位收件人没有同意记录。请先征得同意，或将其从名单中移除。",
)
ONE = Words(
    vi="1 người nhận chưa có sự đồng ý được ghi lại. Hãy bỏ người ấy khỏi danh sách hoặc xin phép trước.",
    en="1 recipient has no consent on record. Leave them out, or ask them first.",
    zh="有1位收件人没有同意记录。请先征得同意，或将其从名单中移除。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The count comes from the consent ledger."""
    count = draft.context.recipients_without_consent
    if count and provisions_of(draft, ID):
        yield Hit(
            draft.subject, Span(0, len(draft.subject.text)), ONE if count == 1 else MESSAGE, {"count": count}
        )


RULE = Rule(
    id=ID,
    code="LAW006",
    channels=EMAIL_ONLY,
    kinds=LAW_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Mọi người nhận đều đã đồng ý, và sự đồng ý được ghi lại.",
        en="Every recipient has agreed, and their consent is on record.",
        zh="每位收件人都已同意，并有记录可查。",
    ),
    why=Words(
        vi="Gửi quảng cáo khi chưa được phép là thư rác; khi bị hỏi, người gửi phải chứng minh sự đồng ý.",
        en="Advertising without consent is spam, and it is the sender who must prove consent.",
        zh="未经同意发送广告就是垃圾邮件；举证责任在发件人。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 13; Law 91/2025/QH15, art. 28(3); Order 38 (2006), art. 13; CASL and ePrivacy Directive, art. 13 (read in summaries). CAN-SPAM asks for none: there it is the house's own demand.",
    bad=(
        Example("vi", subject="Giảm 20% trà sen", context={"pack": ["vn"], "recipients_without_consent": 12}),
        Example("en", subject="20% off lotus tea", context={"pack": ["eu"], "recipients_without_consent": 1}),
        Example("zh", subject="莲花茶八折", context={"pack": ["cn"], "recipients_without_consent": 3}),
    ),
    good=(
        Example("vi", subject="Giảm 20% trà sen", context={"pack": ["vn"], "recipients_without_consent": 0}),
        Example("en", subject="20% off lotus tea", context={"pack": ["eu"]}),
        Example("zh", subject="莲花茶八折", context={"recipients_without_consent": 3}),
    ),
    check=check,
)
