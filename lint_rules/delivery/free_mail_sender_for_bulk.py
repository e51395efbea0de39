"""Bulk mail comes from a domain of the sender's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.mailbox import host_of
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Địa chỉ gửi thuộc {host}, một dịch vụ thư miễn phí. Gửi cho nhiều người thì hãy dùng tên miền riêng.",
    en="The sender's address is at {host}, a free mail service. Use a domain of your own for mail to many.",
    zh="发件地址属于免费邮箱{host}。群发邮件请使用自己的域名。",
)
# what a free mailbox lets its owner send in a day (Gmail: 500); nobody writes so many by hand
BULK_A_DAY = 500


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The whole host is compared: gmail.com.example is another's."""
    host = host_of(draft.context.sender)
    if host in _hosts() and _is_bulk(draft):
        yield Hit(draft.subject, Span(0, 0), MESSAGE, {"host": host})


def _is_bulk(draft: Draft) -> bool:
    """By what the sender sends a day; where that is not known, by whether more than one gets it."""
    a_day, recipients = draft.context.bulk_per_day, draft.context.recipients
    if a_day is None:
        return (recipients or 0) > 1
    return max(a_day, recipients or 0) >= BULK_A_DAY


@cache
def _hosts() -> frozenset[str]:
    path = Path(__file__).parent / "free_mail_hosts.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


RULE = Rule(
    id="free-mail-sender-for-bulk",
    code="DLV002",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư gửi hàng loạt dùng tên miền riêng, không dùng hộp thư miễn phí.",
        en="Bulk mail comes from the sender's own domain, not from a free mailbox.",
        zh="群发邮件使用自己的域名，不用免费邮箱。",
    ),
    why=Words(
        vi="Thư mang tên gmail.com mà không do Gmail gửi thì không xác thực được, và bị từ chối.",
        en="Mail in the name of gmail.com that Gmail did not send fails authentication and is refused.",
        zh="以gmail.com名义却非Gmail发出的邮件无法通过验证，会被拒收。",
    ),
    source="Google's rules for senders: do not impersonate Gmail in From; bulk senders authenticate a domain of their own.",
    bad=(
        Example("vi", subject="Trà sen", context={"from": "Trà <tra.sen@gmail.com>", "bulk_per_day": 8000}),
        Example("en", subject="Tea", context={"from": "tea@yahoo.com", "recipients": 1200}),
        Example("zh", subject="新茶", context={"from": "cha@163.com", "bulk_per_day": 6000}),
    ),
    good=(
        Example("vi", subject="Trà sen", context={"from": "tra@gmail.com.tra.vn", "bulk_per_day": 8000}),
        Example("en", subject="Tea", context={"from": "tea@gmail.com", "bulk_per_day": 12}),
        Example("zh", subject="新茶", context={"from": "cha@163.com.example", "bulk_per_day": 6000}),
    ),
    check=check,
)
