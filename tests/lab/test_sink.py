"""The lab's mail sink, spoken to over its socket."""

import hashlib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from campaign.lab.sink import DROP, LATE, TAKE_AND_DROP, Sink, running
from campaign.lab.sink_faults import Pace
from campaign.lab.sink_process import SinkProcess, sink_process
from campaign.lab.sink_record import read

GIVE_UP_SECONDS = 300
LINES = b"Message-ID: <1@x>\r\nSubject: s\r\n\r\n.hidden\r\n"


class Client:
    """Says lines and reads replies."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=GIVE_UP_SECONDS)
        self.file = self.socket.makefile("rb")
        self.reply()

    def reply(self) -> int:
        while True:
            line = self.file.readline()
            if not line:
                return 0
            if line[3:4] == b" ":
                return int(line[:3])

    def say(self, *lines: bytes) -> list[int]:
        """All lines in one packet, then one reply for each."""
        self.socket.sendall(b"".join(line + b"\r\n" for line in lines))
        return [self.reply() for _ in lines]

    def envelope(self, to: str = "p1@example.com") -> list[int]:
        return self.say(b"MAIL FROM:<a@b>", f"RCPT TO:<{to}>".encode(), b"DATA")

    def body(self, text: bytes = LINES) -> int:
        self.socket.sendall(text.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return self.reply()

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@contextmanager
def client(port: int) -> Iterator[Client]:
    made = Client(port)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[SinkProcess]:
    with sink_process(tmp_path) as sink:
        yield sink


def test_what_came_is_written_down(process: SinkProcess) -> None:
    before = time.time()
    with client(process.port) as talk:
        assert talk.envelope() == [250, 250, 354]
        assert talk.body() == 250
    record = read(process.record)
    assert [(found.message_id, found.recipient) for found in record.taken] == [("1@x", "p1@example.com")]
    assert record.taken[0].sha256 == hashlib.sha256(LINES).hexdigest()
    assert before <= record.taken[0].begun_at <= record.taken[0].at <= time.time()
    assert [talk.recipient for talk in record.begun] == ["p1@example.com"]


def test_the_hash_leaves_signatures_out() -> None:
    signed = b"DKIM-Signature: v=1;\r\n b=abc\r\ndkim-signature: v=1\r\n" + LINES
    inner = b"Message-ID: <1@x>\r\nSubject: s\r\n\r\nDKIM-Signature: of the body\r\n"
    with running(Sink()) as sink, client(sink.port) as talk:
        for text in (LINES, signed, inner):
            talk.envelope()
            talk.body(text)
    assert sink.accepted[0].sha256 == sink.accepted[1].sha256
    assert sink.accepted[2].sha256 == hashlib.sha256(inner).hexdigest()
    assert sink.accepted[1].message_id == "1@x"


def test_replies_keep_their_order_behind_a_late_one() -> None:
    with running(Sink(faults=lambda phase, _to: LATE if phase == "mail" else None)) as sink:
        sink.late = 0.2
        with client(sink.port) as talk:
            began = time.monotonic()
            assert talk.envelope() == [250, 250, 354]
            assert time.monotonic() - began >= 0.2


def test_an_outage_closes_the_door_and_opens_it_again(process: SinkProcess) -> None:
    with client(process.port) as talk:
        talk.envelope()
        process.order(listen=False)
        assert talk.reply() == 0
    with pytest.raises(ConnectionRefusedError):
        Client(process.port)
    process.order(listen=True)
    with client(process.port) as talk:
        assert talk.envelope() == [250, 250, 354]


@pytest.mark.parametrize(
    ("how_far", "lost"), [("envelope", 0), ("body", 0), ("ended", 1), ("next envelope", 1), ("next body", 0)]
)
def test_a_reply_counts_as_lost_until_the_client_is_known_to_have_read_it(
    process: SinkProcess, how_far: str, lost: int
) -> None:
    with client(process.port) as talk:
        bodies = 2 if how_far == "next body" else 1
        talk.envelope()
        if how_far == "body":
            talk.socket.sendall(LINES)
        if how_far in ("ended", "next envelope", "next body"):
            talk.body()
        if how_far in ("next envelope", "next body"):
            talk.envelope()
        if how_far == "next body":
            talk.socket.sendall(LINES)
        end = time.monotonic() + GIVE_UP_SECONDS
        while how_far.endswith("body") and len(read(process.record).begun) < bodies:
            assert time.monotonic() < end, "the sink never saw these bytes"
            process.order()  # writes down what came
        assert process.order(listen=False)["lost_replies"] == lost


@pytest.mark.parametrize(("act", "taken"), [(DROP, 0), (TAKE_AND_DROP, 1)])
def test_a_drop_after_the_dot_is_a_lost_reply(process: SinkProcess, act: str, taken: int) -> None:
    process.order(rates={"dot": {act: 1.0}}, seed=1)
    with client(process.port) as talk:
        talk.envelope()
        assert talk.body() == 0
    counts = process.order()
    assert (counts["lost_replies"], counts["taken"]) == (1, taken)


def test_a_hanging_sink_breaks_off_in_the_end(process: SinkProcess) -> None:
    process.order(rates={"dot": {"hang": 1.0}}, hang=0.2)
    with client(process.port) as talk:
        talk.envelope()
        began = time.monotonic()
        assert talk.body() == 0
        assert time.monotonic() - began >= 0.2
    assert process.order()["lost_replies"] == 1


def test_the_pace_holds_over_all_connections(process: SinkProcess) -> None:
    process.order(per_second=20, seed=1)
    talks = [Client(process.port) for _ in range(4)]
    began = time.monotonic()
    for _ in range(3):
        for talk in talks:
            assert talk.envelope()[-1] == 354
            talk.body()
    assert time.monotonic() - began >= 11 / 20
    for talk in talks:
        talk.close()


def test_no_pace_waits_for_nothing() -> None:
    assert Pace(0).wait() == 0.0
