"""A new mail does not pose as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Tiêu đề giả làm thư trả lời hoặc chuyển tiếp (“{prefix}”), dù đây là thư mới.",
    en="The subject poses as a reply or a forwarded mail (“{prefix}”), though this mail is new.",
    zh="这是一封新邮件，主题却伪装成回复或转发（“{prefix}”）。",
)
_LABEL = r"(?:\s*[\[(（【](?:qc|ad|adv|quảng cáo|广告)[\])）】])?\s*"
_PREFIX = re.compile(
    rf"^{_LABEL}((?:(?:re|fw|fwd|tr|trả lời|chuyển tiếp|回复|答复|转发)\s?(?:\[\d{{1,3}}\])?\s?[:：]\s*)+)"
)
_THREAD_HEADERS = frozenset({"in-reply-to", "references"})


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """An answer bears a header that names what it answers; mail to many never does."""
    subject = draft.subject
    match = _PREFIX.match(subject.folded[:200])
    if match is None:
        return
    headers = draft.context.headers
    if headers is None and draft.declared_kind is Kind.REPLY:
        return
    if headers is not None and any(name.lower() in _THREAD_HEADERS for name in headers):
        return
    span = Span(match.start(1), match.end(1))
    prefix = subject.text[span.start : span.end].strip()
    yield Hit(subject, span, MESSAGE, {"prefix": prefix}, edits=(Edit(subject, span, ""),), safe=True)


RULE = Rule(
    id="fake-reply-or-forward-subject",
    code="SUBJ004",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư mới không giả làm thư trả lời hay chuyển tiếp.",
        en="A new mail does not pose as a reply or a forward.",
        zh="新邮件不得伪装成回复或转发。",
    ),
    why=Words(
        vi="“Re:” trên thư mới là lừa người đọc; hộp thư lớn coi đó là dấu hiệu thư rác.",
        en="“Re:” on a new mail deceives the reader, and mailbox providers take it for a mark of spam.",
        zh="在新邮件上写“Re:”是欺骗读者，邮箱服务商会视为垃圾邮件特征。",
    ),
    source="Google's rules for senders: no Re: or Fwd: on new mail.",
    bad=(
        Example("vi", subject="Re: Giảm 20% máy lọc nước"),
        Example("vi", subject="[QC] Trả lời: vé Đà Nẵng 399k"),
        Example("en", subject="FWD: 20% off winter coats"),
        Example("zh", subject="回复：春茶八折"),
    ),
    good=(
        Example("vi", subject="Trả góp 0%: máy lọc nước RO"),
        Example("vi", subject="Trả lời khảo sát, nhận 50.000đ"),
        Example("en", subject="Renewal: save 20% until Friday"),
        Example(
            "en",
            subject="Re: your order",
            kind=Kind.REPLY,
            context={"headers": {"In-Reply-To": "<1@a.example>"}},
        ),
        Example("zh", subject="回复问卷，领取九折券"),
    ),
    check=check,
)
