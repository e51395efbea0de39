"""One SMTP connection for one mail at a time, which says exactly how far it got; and how any connection is
made. Lanes talk on many connections at once: see `dialogue` and `channel`.

The standard library's smtplib connects, greets, encrypts and logs in. The conversation per message is
ours, for `smtplib.sendmail` hides what we must know: whether the final dot went out. The body is written
in one piece without its terminator and the terminator in a second, so a failure before that second write
is *known not sent*.
"""

from __future__ import annotations

import base64
import re
import select
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.timed import Timed, TimedTls
from campaign.errors import TransportError


@dataclass(frozen=True)
class Timeouts:
    """Seconds to wait, as RFC 5321 §4.5.3.2 asks: `reply` to MAIL, RCPT and RSET, `data` for the 354, `block`
    until the server takes more of a body, `dot` for its word on the whole. Only the last is worth waiting for
    whatever it costs: it decides between a known and an unknown outcome."""

    connect: float = 20
    reply: float = 300
    dot: float = 600
    data: float = 120
    block: float = 180


class Envelope(NamedTuple):
    """The addresses of MAIL and RCPT, in Unicode."""

    sender: str
    recipient: str


@dataclass(frozen=True)
class Reply:
    code: int
    text: str


class Turned(TransportError):
    """The server answered with 4xx or 5xx; `code` and `text` are its words, `phase` where we were."""

    def __init__(self, phase: str, reply: Reply) -> None:
        self.phase = phase
        self.reply = reply
        super().__init__(f"{phase}: {reply.code} {reply.text}")


class Lost(TransportError):
    """The connection broke, or the server was silent too long. `ended`: the dot had gone out by then, so
    nobody knows what became of the message; otherwise it is known not sent."""

    def __init__(self, message: str, ended: bool = False) -> None:
        self.ended = ended
        super().__init__(message)


class Down(TransportError):
    """No conversation at all: refused, no such host, no greeting, no login. Nothing was tried."""


_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]+@[^\s<>@\x00-\x1f\x7f]+")
LOGGED_IN, GO_ON = 235, 334  # RFC 4954 §6
CLOSING = 421  # RFC 5321 §3.8: the server is about to close the channel
# in answer to MAIL: log in first, encrypt first (RFC 4954 §6, RFC 3207 §4). A setting is wrong, or a password
# has lapsed; nothing is said of the message
NOT_LET_IN = frozenset({530, 538})


class Connection:
    """`open` the envelope, write the `body`, then `finish` with the dot; each raises what went wrong."""

    def __init__(
        self,
        relay: Relay,
        local_name: str,
        timeouts: Timeouts | None = None,
        until: float = float("inf"),
    ) -> None:
        """`until` (`time.monotonic`): no dot is given after it; the word on one is waited for all the same,
        `Timeouts.dot` in all."""
        self._timeouts = timeouts or Timeouts()
        self._name = relay.name
        self._smtp = connect(relay, local_name, self._timeouts.connect, until)
        self._pipelining = self._smtp.has_extn("pipelining")
        self._smtputf8 = self._smtp.has_extn("smtputf8")
        self._eight_bit = b" BODY=8BITMIME" if self._smtp.has_extn("8bitmime") else b""
        size = self._smtp.esmtp_features.get("size", "")
        self.size_limit = int(size) if size.isdigit() else 0
        """Octets that the server takes; 0 when it does not say."""
        self.takes_8bit = bool(self._eight_bit)
        self.taken = 0
        """Messages that the server took on this connection."""

    def open(self, envelope: Envelope) -> None:
        """MAIL, RCPT and DATA, in one write where the server offers PIPELINING (RFC 2920)."""
        commands = self._commands(envelope)
        if self._pipelining:
            self._write(b"".join(commands))
            replies = [self._read(self._timeouts.reply) for _ in commands]
        else:
            replies = []
            for command in commands:
                self._write(command)
                replies.append(self._read(self._timeouts.reply))
                if replies[-1].code >= 400:
                    break
        self._require_all(replies)

    def body(self, message: bytes) -> None:
        """The message with dots doubled, but not ended. `message` must end in CRLF."""
        if message.startswith(b"."):
            message = b"." + message
        self._write(message.replace(b"\n.", b"\n.."))

    def finish(self) -> Reply:
        """The dot, and the server's answer."""
        if self._has_word():
            # it spoke or hung up before we were done: end nothing
            self._smtp.close()
            raise Lost("the server broke off within the message")
        self._write(b".\r\n")
        self._smtp.until = time.monotonic() + self._timeouts.dot
        reply = self._read(self._timeouts.dot, ended=True)
        if reply.code >= 400:
            raise Turned("dot", reply)
        self.taken += 1
        return reply

    def reset(self) -> None:
        """After a refusal the next message starts afresh."""
        self._write(b"RSET\r\n")
        reply = self._read(self._timeouts.reply)
        if reply.code >= 400:
            raise Turned("rset", reply)

    def abort(self) -> None:
        """Drop the connection: what was not ended by a dot is not sent."""
        self._smtp.close()

    def quit(self) -> None:
        """Say goodbye; whether the server hears it no longer matters."""
        try:
            self._write(b"QUIT\r\n")
        except Lost:
            return
        finally:
            self._smtp.close()

    def _commands(self, envelope: Envelope) -> list[bytes]:
        for address in (envelope.sender, envelope.recipient):
            # CR, LF or > in an address would be a command of the address's own
            if not _ADDRESS.fullmatch(address):
                raise Turned("rcpt", Reply(501, "the address cannot be written into a command"))
        options = self._eight_bit
        if not envelope.recipient.isascii():
            if not self._smtputf8:
                raise Turned("rcpt", Reply(553, "the server takes no addresses outside ASCII"))
            options += b" SMTPUTF8"
        return [
            b"MAIL FROM:<" + envelope.sender.encode() + b">" + options + b"\r\n",
            b"RCPT TO:<" + envelope.recipient.encode() + b">\r\n",
            b"DATA\r\n",
        ]

    def _require_all(self, replies: list[Reply]) -> None:
        """250, 250, 354. The first refusal counts; a 354 after a refused RCPT is ended with a lone dot,
        which sends nothing to nobody (RFC 2920 §3.1)."""
        for phase, reply in zip(("mail", "rcpt", "data"), replies, strict=False):
            if reply.code >= 400:
                if len(replies) == 3 and replies[2].code == 354:
                    self._write(b".\r\n")
                    self._read(self._timeouts.reply)
                if phase == "mail" and reply.code in NOT_LET_IN:
                    raise Down(f"{self._name}: {reply.code} {reply.text}")
                raise Turned(phase, reply)
        if len(replies) < 3 or replies[2].code != 354:
            raise Lost("the server answered DATA with something else than 354")

    def _write(self, data: bytes) -> None:
        try:
            self._smtp.send(data)
        except (OSError, smtplib.SMTPException) as error:
            self._smtp.close()
            raise Lost(str(error)) from error

    def _has_word(self) -> bool:
        """Whether the server has said something, or hung up, unasked."""
        return self._smtp.sock is None or bool(select.select([self._smtp.sock], [], [], 0)[0])

    def _read(self, seconds: float, ended: bool = False) -> Reply:
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(seconds)
            code, text = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._smtp.close()
            raise Lost(str(error), ended) from error
        if code < 200:
            self._smtp.close()
            raise Lost("the server does not speak SMTP", ended)
        return Reply(code, text.decode("utf-8", "replace"))


def connect(relay: Relay, local_name: str, seconds: float, until: float = float("inf")) -> Timed:
    """Greeted, encrypted and logged in; Down says why not. No wait takes longer than `seconds`, nor beyond
    `until` (`time.monotonic`; see `timed`)."""
    smtp: Timed | None = None
    try:
        waits = max(0.001, min(seconds, until - time.monotonic()))
        if relay.tls == "implicit":
            smtp = TimedTls(
                relay.host, relay.port, local_name, timeout=waits, context=_trust(relay), until=until
            )
        else:
            smtp = Timed(relay.host, relay.port, local_name, timeout=waits, until=until)
        smtp.ehlo_or_helo_if_needed()
        if relay.tls == "starttls":
            smtp.starttls(context=_trust(relay))
            smtp.ehlo_or_helo_if_needed()
        if relay.user:
            _log_in(smtp, relay)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # ValueError: a token or a challenge that is no text
        if smtp is not None:
            smtp.close()
        raise Down(f"{relay.name}: {_words(error)}") from error
    if smtp.sock is not None:
        # the dot is a small packet after a large one: held back for the server's delayed
        # acknowledgement, it would cost 40 ms a message
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp


def _trust(relay: Relay) -> ssl.SSLContext:
    """Whom to believe. Only made for who encrypts: to read all certificates takes 10 ms and more."""
    context = ssl.create_default_context()
    if not relay.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _log_in(smtp: smtplib.SMTP, relay: Relay) -> None:
    """PLAIN, LOGIN or CRAM-MD5, whichever the server offers; XOAUTH2 when the URL asks for it."""
    if relay.auth != "xoauth2":
        if (relay.user + relay.password).isascii():
            smtp.login(relay.user, relay.password)
        else:
            _log_in_utf8(smtp, relay)
        return
    token = Path(relay.token_file).read_text().strip() if relay.token_file else relay.password

    def answer(challenge: bytes | None = None) -> str:
        # a second challenge explains a refusal, and is answered with nothing
        return f"user={relay.user}\1auth=Bearer {token}\1\1" if challenge is None else ""

    smtp.auth("XOAUTH2", answer)


def _log_in_utf8(smtp: smtplib.SMTP, relay: Relay) -> None:
    """PLAIN is UTF-8 (RFC 4616 §2), and so is LOGIN where servers have such passwords; smtplib writes ASCII
    only."""
    user, password = relay.user.encode(), relay.password.encode()
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "LOGIN" in offered and "PLAIN" not in offered:
        code, text = smtp.docmd("AUTH", f"LOGIN {_base64(user)}")
        if code == GO_ON:
            code, text = smtp.docmd(_base64(password))
    else:
        code, text = smtp.docmd("AUTH", f"PLAIN {_base64(b'%c%b%c%b' % (0, user, 0, password))}")
    if code != LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, text)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
