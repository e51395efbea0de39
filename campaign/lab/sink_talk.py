"""One SMTP conversation of the sink."""

from __future__ import annotations

import asyncio
from typing import Protocol

from campaign.lab.sink_faults import DROP, HANG, LATE, TAKE_AND_DROP, Faults, Pace


class House(Protocol):
    """What conversations share: the sink."""

    faults: Faults
    delay: float
    late: float
    hang: float
    size_limit: int
    most: int
    farewell: str
    pace: Pace

    def came(self, talk: Conversation) -> None: ...
    def left(self, talk: Conversation) -> None: ...
    def begun(self, recipient: str) -> float: ...
    def take(self, sender: str, recipient: str, body: bytes, begun_at: float) -> None: ...
    def broke(self, in_doubt: bool) -> None: ...


class Conversation(asyncio.Protocol):
    """One client; commands may come in one packet (PIPELINING). While a reply waits, nothing that came
    after its command is looked at, so replies keep their order."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._buffer = bytearray()
        self._in_body = False
        self._silent = False
        self._waiting = False
        self._sender = self._recipient = ""
        self._ended = 0
        self._fresh = False
        self._paced = False
        self._begun_at = 0.0
        self._searched = 0
        self._in_doubt = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._house.came(self)
        self._answer("greeting", "220 sink ESMTP")

    def connection_lost(self, exc: Exception | None) -> None:
        self._silent = True
        self._house.left(self)

    def data_received(self, data: bytes) -> None:
        if self._silent:
            return
        self._buffer += data
        self._go_on()

    def cut(self) -> None:
        """Break off. A client that ended a message and has begun no other may not know its outcome."""
        if not self._transport.is_closing():
            self._house.broke(self._in_doubt)
        self._silent = True
        self._transport.abort()

    def _go_on(self) -> None:
        while not self._silent and not self._waiting and (self._body() if self._in_body else self._command()):
            pass

    def _answer(self, phase: str, usual: str, after: float = 0.0) -> bool:
        """Reply as usual, unless a fault says otherwise; True when it was as usual."""
        return self._respond(self._house.faults(phase, self._recipient), usual, after)

    def _respond(self, act: str | None, usual: str, after: float = 0.0) -> bool:
        if act == HANG:
            self._fall_silent()
        elif act in (DROP, TAKE_AND_DROP):
            self.cut()
        elif act == LATE:
            self._say(usual, after + self._house.late)
        else:
            self._say(act or usual, after)
        return act in (None, LATE)

    def _fall_silent(self) -> None:
        """Say nothing more; after a while, when one is set, break off."""
        self._silent = True
        if self._house.hang:
            asyncio.get_running_loop().call_later(self._house.hang, self.cut)

    def _say(self, line: str, after: float = 0.0) -> None:
        if after:
            self._waiting = True
            asyncio.get_running_loop().call_later(after, self._say_now, line)
        elif not self._transport.is_closing():
            self._transport.write(line.encode() + b"\r\n")

    def _say_now(self, line: str) -> None:
        self._waiting = False
        self._say(line)
        if not self._silent:
            self._go_on()

    def _command(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        verb = line[:4].upper()
        if verb == b"MAIL":
            self._mail(_address(line))
        elif verb == b"RCPT" and not self._sender:
            self._say("503 no sender")
        elif verb == b"RCPT":
            self._recipient = _address(line)
            if not self._answer("rcpt", "250 ok"):
                self._recipient = ""
        elif verb == b"DATA":
            self._data()
        elif verb == b"RSET":
            self._sender = self._recipient = ""
            self._answer("rset", "250 ok")
        elif verb == b"EHLO":
            self._hello()
        elif verb == b"QUIT":
            self._say("221 bye")
            self._transport.close()
        else:
            self._say("250 ok")
        return True

    def _mail(self, sender: str) -> None:
        self._sender, self._recipient = sender, ""
        if 0 < self._house.most <= self._ended:
            self._respond(self._house.farewell, "")
        elif not self._answer("mail", "250 ok"):
            self._sender = ""

    def _hello(self) -> None:
        size = f"250-SIZE {self._house.size_limit}\r\n" if self._house.size_limit else ""
        self._say(f"250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n{size}250 8BITMIME")

    def _data(self) -> None:
        if not self._recipient:
            self._say("503 no recipient")
            return
        self._paced = self._house.pace.early()
        after = self._house.pace.wait() if self._paced else 0.0
        if self._answer("data", "354 go on", after):
            # so that a body that is only a dot ends like any other
            self._buffer[:0] = b"\r\n"
            self._in_body, self._fresh, self._searched = True, True, 0

    def _body(self) -> bool:
        if self._fresh and len(self._buffer) > 2:
            self._fresh = self._in_doubt = False
            self._begun_at = self._house.begun(self._recipient)
            act = self._house.faults("body", self._recipient)
            if act == HANG:
                self._fall_silent()
                return False
            if act:
                self.cut()
                return False
        end = self._buffer.find(b"\r\n.\r\n", max(0, self._searched - 4))
        if end < 0:
            self._searched = len(self._buffer)
            return False
        body = bytes(self._buffer[: end + 2]).replace(b"\r\n..", b"\r\n.")[2:]
        del self._buffer[: end + 5]
        self._in_body, self._in_doubt = False, True
        self._ended += 1
        act = self._house.faults("dot", self._recipient)
        if act in (None, TAKE_AND_DROP, LATE):
            self._house.take(self._sender, self._recipient, body, self._begun_at)
        after = self._house.delay + (0.0 if self._paced else self._house.pace.wait())
        self._respond(act, "250 ok", after)
        return True


def _address(line: bytes) -> str:
    return line.partition(b"<")[2].partition(b">")[0].decode("utf-8", "replace")
