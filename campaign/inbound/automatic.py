"""Mail that no person wrote: out-of-office notes and other auto-replies (RFC 3834)."""

from __future__ import annotations

import re

from campaign.inbound.parse import Parsed

# headers of programs older than RFC 3834, or that never read it
MARKS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-vacation",
    "x-ms-exchange-inbox-rules-loop",
)
BULK = frozenset(("bulk", "junk", "auto_reply", "auto-reply"))
# subjects that mail programs themselves put there, at the very start; a person's "Re: …" never matches
_SUBJECT = re.compile(
    r"(?:automatic reply|auto[- ]?reply|autoreply|out of (?:the )?office|trả lời tự động|thư trả lời tự động"
    r"|vắng mặt|自动回复|自動回覆|自动答复)\s*(?:[:：\-–]|$)",
    re.IGNORECASE,
)


def is_automatic(mail: Parsed) -> bool:
    """Whether a machine answered; a false yes would hide a customer, so only clear signs count."""
    submitted = mail.headers.get("auto-submitted", "").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(name in mail.headers for name in MARKS):
        return True
    if mail.headers.get("precedence", "").strip().lower() in BULK:
        return True
    return bool(_SUBJECT.match(mail.subject))
