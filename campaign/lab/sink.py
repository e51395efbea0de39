"""An SMTP server that swallows mail and keeps a record, for benches and fault tests.

It stands outside the system under test: a process (or a thread) of its own that notes Message-ID, recipient
and the SHA-256 of what it accepted, at the moment it accepts. On request it answers 4xx or 5xx, drops the
connection or falls silent at any phase.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

DROP = "drop"
HANG = "hang"
TAKE_AND_DROP = "take and drop"  # accepted, but its reply is never sent


@dataclass(frozen=True)
class Accepted:
    """One message that the sink said 250 to (or would have)."""

    message_id: str
    recipient: str
    sender: str
    sha256: str


Faults = Callable[[str, str], str | None]
"""Phase (greeting, mail, rcpt, data, body, dot) and recipient (empty before RCPT) to what is done instead of
the ordinary reply: a line like `451 4.7.1 later`, DROP, HANG or TAKE_AND_DROP. `body` strikes when the first
bytes of a body have come."""


class Sink:
    """What was accepted, in order, and how the next messages are treated."""

    def __init__(self, faults: Faults | None = None, log: TextIO | None = None, delay: float = 0.0) -> None:
        self.accepted: list[Accepted] = []
        self.faults: Faults = faults or (lambda _phase, _recipient: None)
        self.delay = delay
        """Seconds before each reply to a dot."""
        self.bodies: list[bytes] | None = None
        """Set to a list to keep whole messages."""
        self.connections = 0
        self.open: set[asyncio.Transport] = set()
        self.port = 0
        self._log = log

    def take(self, sender: str, recipient: str, body: bytes) -> None:
        head = b"\r\n" + body.partition(b"\r\n\r\n")[0]
        found = Accepted(_message_id(head), recipient, sender, hashlib.sha256(body).hexdigest())
        if self._log is None:
            self.accepted.append(found)
        else:
            self._log.write(f"{found.message_id}\t{found.recipient}\t{found.sha256}\t{len(body)}\n")
        if self.bodies is not None:
            self.bodies.append(body)

    def flush(self) -> None:
        if self._log is not None:
            self._log.flush()


def _message_id(head: bytes) -> str:
    at = head.lower().find(b"\r\nmessage-id:")
    if at < 0:
        return ""
    return head[at + 13 :].split(b"\r\n", 1)[0].strip().strip(b"<>").decode("ascii", "replace")


class _Conversation(asyncio.Protocol):
    """One client; commands may come in one packet (PIPELINING)."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._buffer = bytearray()
        self._in_body = False
        self._silent = False
        self._waits = False
        self._sender = self._recipient = ""
        self._fresh = False
        self._searched = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._sink.connections += 1
        self._sink.open.add(transport)
        self._answer("greeting", "220 sink ESMTP")

    def connection_lost(self, exc: Exception | None) -> None:
        self._silent = True
        self._sink.open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        if self._silent:
            return
        self._buffer += data
        self._read_on()

    def _read_on(self) -> None:
        """What has come, up to a reply that is delayed: answers keep their order (RFC 2920 §3.2)."""
        while not (self._silent or self._waits) and (self._body() if self._in_body else self._command()):
            pass
        self._sink.flush()

    def _late(self) -> None:
        self._waits = False
        self._say("250 ok")
        self._read_on()

    def _answer(self, phase: str, usual: str) -> bool:
        """Reply as usual, unless a fault says otherwise; True when it was as usual."""
        return self._respond(self._sink.faults(phase, self._recipient), usual)

    def _respond(self, act: str | None, usual: str) -> bool:
        if act == HANG:
            self._silent = True
        elif act in (DROP, TAKE_AND_DROP):
            self._silent = True
            self._transport.abort()
        else:
            self._say(act or usual)
        return act is None

    def _say(self, line: str) -> None:
        if not self._transport.is_closing():
            self._transport.write(line.encode() + b"\r\n")

    def _command(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        verb = line[:4].upper()
        if verb == b"MAIL":
            self._sender, self._recipient = _address(line), ""
            if not self._answer("mail", "250 ok"):
                self._sender = ""
        elif verb == b"RCPT" and not self._sender:
            self._say("503 no sender")
        elif verb == b"RCPT":
            self._recipient = _address(line)
            if not self._answer("rcpt", "250 ok"):
                self._recipient = ""
        elif verb == b"DATA":
            self._data()
        elif verb == b"EHLO":
            self._transport.write(b"250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n")
        elif verb == b"QUIT":
            self._say("221 bye")
            self._transport.close()
        else:
            self._say("250 ok")
        return True

    def _data(self) -> None:
        if not self._recipient:
            self._say("503 no recipient")
        elif self._answer("data", "354 go on"):
            # so that a body that is only a dot ends like any other
            self._buffer[:0] = b"\r\n"
            self._in_body, self._fresh, self._searched = True, True, 0

    def _body(self) -> bool:
        if self._fresh and len(self._buffer) > 2:
            self._fresh = False
            act = self._sink.faults("body", self._recipient)
            if act:
                self._silent = True
                if act != HANG:
                    self._transport.abort()
                return False
        end = self._buffer.find(b"\r\n.\r\n", max(0, self._searched - 4))
        if end < 0:
            self._searched = len(self._buffer)
            return False
        body = bytes(self._buffer[: end + 2]).replace(b"\r\n..", b"\r\n.")[2:]
        del self._buffer[: end + 5]
        self._in_body = False
        act = self._sink.faults("dot", self._recipient)
        if act in (None, TAKE_AND_DROP):
            self._sink.take(self._sender, self._recipient, body)
        if self._sink.delay and act is None:
            self._waits = True
            asyncio.get_running_loop().call_later(self._sink.delay, self._late)
        else:
            self._respond(act, "250 ok")
        return True


def _address(line: bytes) -> str:
    return line.partition(b"<")[2].partition(b">")[0].decode("utf-8", "replace")


async def serve(sink: Sink, port: int = 0, host: str = "127.0.0.1") -> asyncio.Server:
    """Listen; `sink.port` says where."""
    server = await asyncio.get_running_loop().create_server(lambda: _Conversation(sink), host, port)
    sink.port = server.sockets[0].getsockname()[1]
    return server


@contextmanager
def running(sink: Sink, port: int = 0) -> Iterator[Sink]:
    """The sink in a thread, for tests."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(sink, port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:

        async def stop() -> None:
            server.close()
            for _ in range(3):  # one that was just accepted shows a turn later
                await asyncio.sleep(0.01)
                for transport in list(sink.open):
                    transport.abort()

        asyncio.run_coroutine_threadsafe(stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


async def _main(port: int, log: Path, delay: float) -> None:
    with log.open("a", encoding="utf-8") as file:
        sink = Sink(log=file, delay=delay)
        server = await serve(sink, port)
        sys.stdout.write(f"{sink.port}\n")
        sys.stdout.flush()
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await stop.wait()
        server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="An SMTP server that swallows mail and keeps a record.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--delay", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(_main(given.port, given.log, given.delay))
