"""A dialogue on a socket that never waits."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from campaign.dispatch.transports.dialogue import Dialogue, Offers, Verdict
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.replies import Nonsense
from campaign.dispatch.transports.smtp import Lost, Timeouts

READ_BYTES = 64 * 1024
# the kernel may keep the end of a body for its dot, up to 200 ms (tcp(7)): one packet, and one wake-up of the
# server, instead of two. Where it does not know this, it sends at once
MORE_FOLLOWS = getattr(socket, "MSG_MORE", 0)
_NOT_NOW = (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError)

T = TypeVar("T")


@dataclass
class Route:
    """One relay as a lane sees it."""

    relay: Relay
    allowed: int
    """Connections that this lane may hold to it."""
    takes: float = float("inf")
    """Connections that it takes from this lane; known once it has turned one away."""
    open: int = 0
    opening: int = 0
    losses: int = 0
    """Connections lost in a row, with no word on a message between them."""
    rests_until: float = 0.0
    """No message starts over it before then, by `time.monotonic`: its limits."""
    down: str = ""
    """Why it is left alone; empty while it works."""

    @property
    def has_room(self) -> bool:
        """Whether one more connection may be opened."""
        return not self.down and self.open + self.opening < min(self.allowed, self.takes)


class Channel(Generic[T]):
    """One connection. Errors are Lost; whether a message had ended by then, `dialogue.doubtful` tells."""

    def __init__(self, route: Route, smtp: smtplib.SMTP, timeouts: Timeouts) -> None:
        assert smtp.sock is not None
        self.route = route
        self.socket: socket.socket = smtp.sock
        self.socket.setblocking(False)
        self.dialogue: Dialogue[T] = Dialogue(_offers(smtp))
        self._since = time.monotonic()
        self.unended: T | None = None
        """After a loss: the message whose dot was promised and did not leave."""
        self.watched_for_writing = False
        self._smtp = smtp
        self._timeouts = timeouts
        self._encrypted = isinstance(self.socket, ssl.SSLSocket)
        self._unwritten = b""
        self._dot_waits = False

    def fileno(self) -> int:
        return self.socket.fileno()

    @property
    def is_blocked(self) -> bool:
        """Whether something waits until the server takes more."""
        return bool(self._unwritten)

    def end(self) -> None:
        """Give the dot of the message that the server holds; it goes out with the next `write`."""
        self.dialogue.end()
        self._dot_waits = True

    def write(self, may_end: Callable[[], bool]) -> None:
        """Hand over what is to be said, as far as the kernel takes it. `may_end` is asked right before a
        dot leaves; when it says no, the connection is lost with the message not ended."""
        output = self.dialogue.output
        if output:
            if self._unwritten or len(output) > 1:
                self._unwritten = b"".join((self._unwritten, *output))
            else:
                self._unwritten = output[0]  # a whole body: not copied once more
            output.clear()
        while self._unwritten:
            if self._dot_waits and not may_end():
                raise self._not_ended("the lease was over before the dot")
            if not self._send():
                break
        else:
            self.dialogue.written()
        self._since = time.monotonic()

    def _send(self) -> bool:
        """Whether the kernel took some."""
        flags = MORE_FOLLOWS if self.dialogue.granted else 0
        if self._encrypted:
            self._dot_waits = False  # from here on OpenSSL may hold it, and nobody can take it back
            flags = 0  # and it takes none
        try:
            sent = self.socket.send(self._unwritten, flags)
        except _NOT_NOW:
            return False
        except OSError as error:
            if self._dot_waits:
                raise self._not_ended(_words(error)) from error
            raise Lost(_words(error)) from error
        self._dot_waits = False
        self._unwritten = self._unwritten[sent:]
        return True

    def _not_ended(self, why: str) -> Lost:
        """The dot was promised, and no byte of it left."""
        self.unended, self.dialogue.doubtful = self.dialogue.doubtful, None
        return Lost(why)

    def read(self, verdicts: list[Verdict[T]]) -> None:
        """Add what the server decided; that counts even when it ends in Lost (it hung up, or talks nonsense)
        or Unasked (it spoke first)."""
        while True:
            try:
                data = self.socket.recv(READ_BYTES)
            except _NOT_NOW:
                break
            except OSError as error:
                raise Lost(_words(error)) from error
            if not data:
                raise Lost("the server hung up")
            try:
                self.dialogue.take(data, verdicts)
            except Nonsense as error:
                raise Lost(str(error)) from error
            if not self._encrypted:
                break  # the selector tells when there is more; of what OpenSSL holds it does not know
        self._since = time.monotonic()

    @property
    def silence(self) -> str:
        """For whose answer it has waited too long; '' when it has not."""
        if time.monotonic() < self._since + self._seconds():
            return ""
        return f"no answer to {self.dialogue.phase or 'the body'} in time"

    def _seconds(self) -> float:
        """How long to wait for what is waited for."""
        phase, dialogue = self.dialogue.phase, self.dialogue
        if phase == "dot":
            return self._timeouts.dot
        if phase:
            return self._timeouts.data if phase == "data" else self._timeouts.reply
        if dialogue.opening is not None and not dialogue.holds:
            return self._timeouts.block
        return float("inf")

    def abort(self) -> None:
        """Drop the connection: what was not ended by a dot is not sent."""
        self._smtp.close()

    def quit(self) -> None:
        """Say goodbye; whether the server hears it no longer matters."""
        with contextlib.suppress(OSError):
            self.socket.send(b"QUIT\r\n")
        self._smtp.close()


def _offers(smtp: smtplib.SMTP) -> Offers:
    size = smtp.esmtp_features.get("size") if smtp.has_extn("size") else None
    return Offers(
        pipelining=smtp.has_extn("pipelining"),
        eight_bit=smtp.has_extn("8bitmime"),
        smtputf8=smtp.has_extn("smtputf8"),
        size=None if size is None else int(size) if size.isdigit() else 0,
    )


def _words(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
