"""An SMTP server that swallows mail and keeps a record, for benches and fault tests.

It stands outside the system under test: a process (or a thread) of its own that notes Message-ID, recipient
and the SHA-256 of what it accepted, at the moment it accepts. On request it answers 4xx or 5xx, drops the
connection, falls silent or answers late at any phase; a process of its own is steered through a Unix
socket (`campaign.lab.sink_process`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from campaign.lab import sink_record
from campaign.lab.sink_faults import DROP, HANG, LATE, TAKE_AND_DROP, Faults, Pace, by_chance
from campaign.lab.sink_record import Accepted
from campaign.lab.sink_talk import Conversation

__all__ = ["DROP", "HANG", "LATE", "TAKE_AND_DROP", "Accepted", "Faults", "Sink", "running", "serve"]

LISTEN_BACKLOG = 128
# conversations are broken off at once; a busy machine may need longer
END_SECONDS = 120


class Sink:
    """What was accepted, in order, and how the next messages are treated."""

    def __init__(self, faults: Faults | None = None, log: TextIO | None = None, delay: float = 0.0) -> None:
        self.accepted: list[Accepted] = []
        self.faults: Faults = faults or (lambda _phase, _recipient: None)
        self.delay = delay
        """Seconds before each reply to a dot."""
        self.late = 1.0
        """Seconds that a LATE reply takes."""
        self.hang = 0.0
        """Seconds of silence after which a HANG breaks off; 0: never."""
        self.size_limit = 0
        """What SIZE announces, in octets; 0: it is not offered."""
        self.most = 0
        """Messages that it takes on one connection; 0: any number."""
        self.farewell = "421 4.7.0 that was enough"
        """What is done about the next one: a line, or DROP."""
        self.pace = Pace(0)
        self.bodies: list[bytes] | None = None
        """Set to a list to keep whole messages."""
        self.connections = 0
        self.open: set[Conversation] = set()
        self.port = 0
        self.taken = 0
        self.lost_replies = 0
        """Connections that the sink broke off while its client may not have known a message's outcome."""
        self._log = log

    def came(self, talk: Conversation) -> None:
        self.connections += 1
        self.open.add(talk)

    def left(self, talk: Conversation) -> None:
        self.open.discard(talk)

    def begun(self, recipient: str) -> float:
        now = time.time()
        if self._log is not None:
            sink_record.write_begun(self._log, recipient, now)
        return now

    def take(self, sender: str, recipient: str, body: bytes, begun_at: float) -> None:
        found = sink_record.read_message(sender, recipient, body, begun_at, time.time())
        self.taken += 1
        if self._log is None:
            self.accepted.append(found)
        else:
            sink_record.write_taken(self._log, found)
            self._log.flush()  # the client must not hear 250 of what is not written down
        if self.bodies is not None:
            self.bodies.append(body)

    def broke(self, in_doubt: bool) -> None:
        self.lost_replies += in_doubt

    def flush(self) -> None:
        if self._log is not None:
            self._log.flush()

    def cut_all(self) -> None:
        """Break off every conversation."""
        for talk in list(self.open):
            talk.cut()


async def serve(sink: Sink, port: int = 0, host: str = "127.0.0.1") -> asyncio.Server:
    """Listen; `sink.port` says where."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(sink), host, port, backlog=LISTEN_BACKLOG)
    sink.port = server.sockets[0].getsockname()[1]
    return server


async def close(server: asyncio.Server) -> None:
    """Nobody comes in any more. Who is just being let in needs the server for two turns of the loop yet: on a
    closed one asyncio would drop the socket, neither closed nor known to anybody."""
    loop = asyncio.get_running_loop()
    for door in server.sockets:
        loop.remove_reader(door.fileno())
    for _ in range(3):
        await asyncio.sleep(0)
    server.close()


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
            await close(server)
            while sink.open or len(asyncio.all_tasks()) > 1:
                sink.cut_all()
                await asyncio.sleep(0.01)

        asyncio.run_coroutine_threadsafe(stop(), loop).result(END_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(END_SECONDS)
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


class Steering:
    """Orders to a sink's process: one JSON object a line, answered by one with the counts.

    `{"listen": false}` closes the door and every conversation, `true` opens it again; `rates` (see
    `sink_faults.Rates`, with `seed`), `per_second`, `late`, `hang`, `size_limit` set what they say; an
    empty object only asks.
    """

    def __init__(self, sink: Sink, host: str, port: int) -> None:
        self.sink = sink
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None

    async def listen(self, wanted: bool) -> None:
        if wanted and self._server is None:
            self._server = await serve(self.sink, self._port, self._host)
            self._port = self.sink.port
        elif not wanted and self._server is not None:
            server, self._server = self._server, None
            await close(server)
            self.sink.cut_all()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                await self._obey(json.loads(line))
                writer.write(json.dumps(self._counts()).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def _obey(self, order: dict[str, Any]) -> None:
        seed = int(order.get("seed", 0))
        if "rates" in order:
            self.sink.faults = by_chance(order["rates"], seed)
        if "per_second" in order:
            self.sink.pace = Pace(float(order["per_second"]), seed)
        for name in ("late", "hang", "size_limit"):
            if name in order:
                setattr(self.sink, name, order[name])
        if "listen" in order:
            await self.listen(bool(order["listen"]))

    def _counts(self) -> dict[str, int]:
        sink = self.sink
        sink.flush()
        return {
            "port": self._port,
            "taken": sink.taken,
            "connections": sink.connections,
            "open": len(sink.open),
            "lost_replies": sink.lost_replies,
        }


async def _main(given: argparse.Namespace) -> None:
    with given.log.open("a", encoding="utf-8") as file:
        steering = Steering(Sink(log=file, delay=given.delay), given.host, given.port)
        await steering.listen(True)
        if given.control:
            await asyncio.start_unix_server(steering.talk, given.control)
        sys.stdout.write(f"{steering.sink.port}\n")
        sys.stdout.flush()
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        await stop.wait()
        await steering.listen(False)
        if given.control:
            os.unlink(given.control)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="An SMTP server that swallows mail and keeps a record.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--control", default="", help="a Unix socket to steer it by")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each reply to a dot")
    asyncio.run(_main(parser.parse_args()))
