"""What is said on one SMTP connection and what the answers mean; no socket, no clock.

`start` a message; when `holds` says that its body is with the server, `end` it with the dot, and with the
next message's envelope in the same write where the server offers PIPELINING (RFC 2920). So the lane decides
about each dot, and a message whose dot it never gave is known not sent. `take` reads what the server said and
tells what became of messages.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from campaign.dispatch.transports.replies import Nonsense, reply_of, seen, usual
from campaign.dispatch.transports.smtp import CLOSING, Envelope, Reply

_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]+@[^\s<>@\x00-\x1f\x7f]+")
# more than this is no answer (RFC 5321 §4.5.3.1.5: a line has at most 512 octets)
LONGEST_ANSWER = 64 * 1024
MOST_LINES = 100
_ENVELOPE = ("mail", "rcpt", "data")
# what is waited for most of the time: the word on one message, and on the envelope of the next
_DOT_AND_ENVELOPE = deque(("dot", *_ENVELOPE))
# a line that begins with a dot. A regular expression finds it several times faster than `bytes.replace`
_DOT_FIRST = re.compile(rb"\n\.")

T = TypeVar("T")


@dataclass(frozen=True)
class Offers:
    """What the server said in answer to EHLO."""

    pipelining: bool = False
    eight_bit: bool = False
    smtputf8: bool = False
    size: int | None = None
    """Octets that it takes, 0 for no limit; None when it does not know SIZE (RFC 1870)."""

    @property
    def size_limit(self) -> int:
        return self.size or 0

    def take(self, envelope: Envelope, size: int) -> bool:
        """Whether a message of that size to these addresses fits."""
        ascii_only = envelope.recipient.isascii() and envelope.sender.isascii()
        return (self.smtputf8 or ascii_only) and (not self.size or size <= self.size)


class Verdict(NamedTuple, Generic[T]):
    """The server's word on one message. `phase`: mail, rcpt, data, body or dot."""

    message: T
    phase: str
    reply: Reply


class Unasked(Exception):
    """The server spoke first: it is about to hang up, or throws a body out in the midst."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(f"{reply.code} {reply.text}")


class Unwritable(Exception):
    """An address that cannot stand in a command, or that this server does not take."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(reply.text)


class Dialogue(Generic[T]):
    """One connection after EHLO. `T` is whatever the caller knows a message by."""

    def __init__(self, offers: Offers) -> None:
        self.offers = offers
        self._options = b" BODY=8BITMIME" if offers.eight_bit else b""
        self.output: list[bytes] = []
        """What is to be written next; the caller takes it."""
        self.opening: T | None = None
        """The message whose envelope or body is under way."""
        self.doubtful: T | None = None
        """The message whose dot was said, and not answered yet."""
        self.holds = False
        """The body of `opening` is written: only its dot is missing."""
        self.taken = 0
        """Messages that the server took."""
        self._awaited: deque[str] = deque()
        self._commands: deque[tuple[str, bytes]] = deque()
        self._body = b""
        self.refusal: tuple[str, Reply] | None = None
        """The first no to the envelope of `opening`, while other answers to it are still out."""
        self.granted = False
        """The server said 354: all output so far ends in the body of `opening`."""
        self._rest = b""
        self._closing = False
        self._lines: list[bytes] = []

    # --- what we say -----------------------------------------------------------------------------

    @property
    def phase(self) -> str:
        """Whose answer is waited for; '' when none is."""
        return self._awaited[0] if self._awaited else ""

    @property
    def is_free(self) -> bool:
        """Whether a message may be started."""
        return self.opening is None and (self.offers.pipelining or not self._awaited)

    @property
    def has_had_enough(self) -> bool:
        """Of a server that hung up: it took messages, and did not look at the one that is under way."""
        return self.taken > 0 and self.doubtful is None and self.phase == "mail"

    def start(self, message: T, envelope: Envelope, body: bytes) -> None:
        """Say MAIL, RCPT and DATA, at once or one after the other; the body follows on 354."""
        commands = self._envelope(envelope, len(body))
        self.opening = message
        self._body = _stuffed(body)
        self.refusal, self.granted = None, False
        if self.offers.pipelining:
            self._awaited.extend(_ENVELOPE)
            self.output.append(b"".join(commands))
        else:
            self._commands.extend(zip(_ENVELOPE, commands, strict=True))
            self._next_command()

    def end(self) -> None:
        """The dot of the message whose body the server holds. What `start` adds goes out with it."""
        self.doubtful, self.opening = self.opening, None
        self.holds = self.granted = False
        self._awaited.append("dot")
        self.output.append(b".\r\n")

    def written(self) -> None:
        """All output so far is with the kernel."""
        self.holds = self.granted

    def _envelope(self, envelope: Envelope, size: int) -> tuple[bytes, bytes, bytes]:
        """MAIL, RCPT and DATA."""
        sender, recipient = envelope.sender, envelope.recipient
        if not _ADDRESS.fullmatch(sender) or not _ADDRESS.fullmatch(recipient):
            # CR, LF or > in an address would be a command of the address's own
            raise Unwritable(Reply(501, "the address cannot be written into a command"))
        offers = self.offers
        options = self._options if offers.size is None else b" SIZE=%d%b" % (size, self._options)
        if not (recipient.isascii() and sender.isascii()):
            if not offers.smtputf8:
                raise Unwritable(Reply(553, "the server takes no addresses outside ASCII"))
            options += b" SMTPUTF8"
        return (
            b"MAIL FROM:<%b>%b\r\n" % (sender.encode(), options),
            b"RCPT TO:<%b>\r\n" % recipient.encode(),
            b"DATA\r\n",
        )

    def _next_command(self) -> None:
        if self._commands and not self._awaited:
            name, command = self._commands.popleft()
            self._awaited.append(name)
            self.output.append(command)

    # --- what the server says --------------------------------------------------------------------

    def take(self, data: bytes, verdicts: list[Verdict[T]]) -> None:
        """Read what came, and add the messages that the server decided about: they count even when it goes
        on with Nonsense, or Unasked."""
        if self._awaited == _DOT_AND_ENVELOPE and not (self._rest or self._lines or self._closing):
            taken = usual(data)
            if taken is not None:
                self._awaited.clear()
                self._ended(taken, verdicts)
                self._go_on()
                return
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_ANSWER:
            raise Nonsense("the server's answer has no end")
        for line in lines:
            if line[3:4] == b"-":
                self._lines.append(line)
                if len(self._lines) > MOST_LINES:
                    raise Nonsense("the server's answer has no end")
            elif self._lines:
                self._answer(reply_of([*self._lines, line]), verdicts)
                self._lines = []
            else:
                self._answer(seen(line), verdicts)

    def _answer(self, reply: Reply, verdicts: list[Verdict[T]]) -> None:
        if self._closing:
            return  # what follows a 421 is about nothing of ours
        if not self._awaited:
            raise Unasked(reply)
        self._closing = reply.code == CLOSING
        asked = self._awaited.popleft()
        if asked == "dot":
            self._ended(reply, verdicts)
        elif asked in ("mail", "rcpt", "data"):
            self._opened(asked, reply, verdicts)
        elif asked == "rset" and self._closing:
            raise Unasked(reply)
        elif asked == "rset" and reply.code >= 400:
            # the message after it was not meant: it is tried on another connection
            raise Nonsense(f"the server answered RSET with {reply.code} {reply.text}")
        if self._commands:
            self._next_command()

    def _ended(self, reply: Reply, verdicts: list[Verdict[T]]) -> None:
        message = self.doubtful
        assert message is not None
        if 300 <= reply.code < 400:
            raise Nonsense(f"the server answered the dot with {reply.code}")
        self.doubtful = None
        self.taken += reply.code < 300
        verdicts.append(Verdict(message, "dot", reply))

    def _opened(self, asked: str, reply: Reply, verdicts: list[Verdict[T]]) -> None:
        """250, 250, 354. The first refusal counts; a 354 after it is answered with a lone dot, which sends
        nothing to nobody (RFC 2920 §3.1)."""
        if reply.code >= 400 and self.refusal is None:
            self.refusal = (asked, reply)
        if self.refusal is not None:
            if asked == "data" or not self.offers.pipelining or self._closing:
                self._refused(reply, self.refusal, verdicts)
        elif asked == "data":
            if reply.code != 354:
                raise Nonsense("the server answered DATA with something else than 354")
            self._go_on()
        elif reply.code >= 300:
            raise Nonsense(f"the server answered {asked.upper()} with {reply.code}")

    def _go_on(self) -> None:
        """354: the body."""
        self.output.append(self._body)
        self._body = b""
        self.granted = True

    def _refused(self, last: Reply, refusal: tuple[str, Reply], verdicts: list[Verdict[T]]) -> None:
        """All answers to the envelope are here: the message is decided, and the next one starts afresh."""
        message, self.opening = self.opening, None
        assert message is not None
        self.refusal, self._body = None, b""
        self._commands.clear()
        if last.code == 354:
            self._awaited.append("lone dot")
            self.output.append(b".\r\n")
        self._awaited.append("rset")
        self.output.append(b"RSET\r\n")
        verdicts.append(Verdict(message, *refusal))


def _stuffed(body: bytes) -> bytes:
    """Dots at the beginning of lines doubled (RFC 5321 §4.5.2)."""
    if body.startswith(b"."):
        body = b"." + body
    return _DOT_FIRST.sub(b"\n..", body)
