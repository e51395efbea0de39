"""What passes between who writes mails and who sends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from campaign.dispatch.claim import Claimed
from campaign.dispatch.transports.smtp import Envelope


class CannotWrite(Exception):
    """This one recipient's message cannot be made; `reason` is a word for it. The others go on."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(detail or reason)


@dataclass(slots=True)
class Mail:
    """One message as it goes on the wire, before its dots are doubled; `data` ends in CRLF. `sha256` is of
    the message without its DKIM-Signature headers: these hold the time of signing, and could not be made
    again byte for byte. (Not frozen: that would take three times as long to make.)"""

    envelope: Envelope
    data: bytes
    sha256: str


class Writer(Protocol):
    """Makes the mails of deliveries."""

    def writes(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        """One result a row, in their order, made when asked for. `eight_bit`: whether bytes above 127 may
        stand in the message."""
        ...
