"""Abuse reports of mailbox providers (ARF, RFC 5965): somebody pressed "this is spam"."""

from __future__ import annotations

import re

from campaign.errors import TokenError
from campaign.inbound.matching import token_of
from campaign.inbound.parse import Parsed
from campaign.links import Purpose, Signer

_MAIL_FROM = re.compile(r"^original-mail-from:[ \t]*<?([^\s<>]{3,320})", re.IGNORECASE | re.MULTILINE)
_REPLY_TO = re.compile(
    r"^reply-to:.{0,300}?(reply\+[a-z0-9]{10,80}@[^\s<>,]{1,255})", re.IGNORECASE | re.MULTILINE
)
_UNSUBSCRIBE = re.compile(r"/u/([A-Za-z0-9_-]{10,100})")


def is_complaint(mail: Parsed) -> bool:
    return "message/feedback-report" in mail.reports


def delivery_id_of(signer: Signer, mail: Parsed, envelope_to: str) -> int | None:
    """The delivery complained of, by a token of ours in the address, the report or the returned header.

    Without one the report proves nothing: anybody can write a mail that looks like it.
    """
    original = mail.reports.get("original", "")
    addresses = [envelope_to]
    addresses += _MAIL_FROM.findall(mail.reports.get("message/feedback-report", ""))
    addresses += _REPLY_TO.findall(original)
    for address in addresses:
        token = token_of(signer, address)
        if token is not None:
            return token[1]
    for link in _UNSUBSCRIBE.findall(original):
        try:
            return signer.read_link(Purpose.UNSUBSCRIBE, link)[0]
        except TokenError:
            continue
    return None
