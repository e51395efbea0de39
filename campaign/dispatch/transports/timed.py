"""A conversation that is over by a moment, however slowly the server speaks or reads.

A socket's time-out bounds each single wait: a server that says a letter every few seconds is never late. Here
each wait is also no longer than what is left until the moment. What that does not bound comes before the
greeting: a name is looked up, each address of a host is tried, and an encryption is agreed on, for up to the
caller's time-out each.
"""

from __future__ import annotations

import io
import smtplib
import time
from typing import Any

# written at a time: for an encrypted socket a time-out bounds one record
PIECE_BYTES = 16 * 1024


class Timed(smtplib.SMTP):
    """Until `until` (`time.monotonic`), which may be moved. A wait beyond it ends as any that is too long."""

    def __init__(self, *where: Any, until: float = float("inf"), **more: Any) -> None:
        self.until = until
        super().__init__(*where, **more)

    def hurry(self) -> None:
        """The next wait of the socket ends in time; TimeoutError when no time is left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("its time was over")
        if self.sock is not None:
            waits = self.sock.gettimeout()
            if waits is None or waits > left:
                self.sock.settimeout(left)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = io.BufferedReader(_Words(self))
        return super().getreply()

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        for start in range(0, len(data), PIECE_BYTES):
            self.hurry()
            super().send(data[start : start + PIECE_BYTES])


class TimedTls(Timed, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""


class _Words(io.RawIOBase):
    """What the server says, on whatever socket the conversation has by now."""

    def __init__(self, smtp: Timed) -> None:
        self._smtp = smtp

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._smtp.hurry()
        return 0 if self._smtp.sock is None else self._smtp.sock.recv_into(buffer)
