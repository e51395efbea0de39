"""What an arriving mail can turn out to be."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    BOUNCE_HARD = "bounce-hard"  # the address does not exist: suppressed
    BOUNCE_SOFT = "bounce-soft"  # full, over quota, refused for its content: only noted
    DELAYED = "delayed"  # the server still tries, or says that all went well
    COMPLAINT = "complaint"  # the "this is spam" button (RFC 5965)
    AUTO_REPLY = "auto-reply"  # a machine answered (RFC 3834); no reply
    UNSUBSCRIBE = "unsubscribe"  # sent to the signed address of List-Unsubscribe
    REPLY = "reply"  # a person wrote
    UNVERIFIED = "unverified"  # looks like a bounce or a complaint, but bears no token of ours
