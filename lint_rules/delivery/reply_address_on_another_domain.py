"""Replies go to the sender's own domain."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.domains import registrable
from lint_rules.parsing.mailbox import host_of
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư gửi từ {sender} nhưng trả lời lại về {reply}. Hãy dùng địa chỉ trả lời cùng tên miền.",
    en="The mail comes from {sender} but replies go to {reply}. Use a reply address on the same domain.",
    zh="邮件来自{sender}，回复却发往{reply}。请使用同一域名的回复地址。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Compares registered domains: mail.tea.example and tea.example are one."""
    sender, reply = host_of(draft.context.sender), host_of(draft.context.reply_to)
    if not sender or not reply or sender == reply:
        return
    if (registrable(sender) or sender) != (registrable(reply) or reply):
        values = {"sender": sender, "reply": reply}
        yield Hit(draft.subject, Span(0, 0), MESSAGE, values)


RULE = Rule(
    id="reply-address-on-another-domain",
    code="DLV001",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Địa chỉ trả lời cùng tên miền với người gửi.",
        en="The reply address is on the sender's domain.",
        zh="回复地址与发件人使用同一域名。",
    ),
    why=Words(
        vi="Thư trả lời đi sang tên miền lạ là dấu hiệu lừa đảo; hộp thư lớn và người đọc đều nghi ngờ.",
        en="Replies to a foreign domain look like fraud, to mailbox providers and to readers.",
        zh="回复发往陌生域名像是诈骗，邮箱服务商和读者都会起疑。",
    ),
    source="Microsoft's rules for senders: From and Reply-To are valid and can receive.",
    bad=(
        Example(
            "vi", subject="Trà sen", context={"from": "Trà <thu@tra.vn>", "reply_to": "tra.sen@gmail.com"}
        ),
        Example("en", subject="Tea", context={"from": "a@tea.co.uk", "reply_to": "a@coffee.co.uk"}),
        Example("zh", subject="新茶", context={"from": "a@tea.com.cn", "reply_to": "a@cha.com.cn"}),
    ),
    good=(
        Example(
            "vi", subject="Trà sen", context={"from": "thu@tra.com.vn", "reply_to": "hoi@mail.tra.com.vn"}
        ),
        Example("en", subject="Tea", context={"from": "a@news.tea.co.uk", "reply_to": "Tea <b@tea.co.uk>"}),
        Example("zh", subject="新茶", context={"from": "a@tea.com.cn"}),
    ),
    check=check,
)
