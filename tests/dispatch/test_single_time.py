"""One mail over several relays has one budget of time, and the word on its dot is waited for in full."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from redis import Redis

from campaign import db
from campaign.approval import notices as notice_rows
from campaign.config import Settings
from campaign.contacts.opt_in import waiting
from campaign.dispatch import confirmations, notices, single
from campaign.dispatch.breaker import Breaker, BreakerState
from campaign.dispatch.transports.smtp import Down, Envelope, Lost, Timeouts
from campaign.errors import TransportError
from campaign.lab.sink import LATE, Sink, running
from campaign.queue import JOB_TIMEOUT_SECONDS, Job
from tests.dispatch.making import settings_for

LETTER = Envelope("shop@example.com", "lan@example.com")
BODY = b"Subject: Hello\r\n\r\nHello\r\n"
# each single wait would be patient
PATIENT = Timeouts(connect=60, reply=60, dot=60)
LARGE = b"Subject: Hello\r\n\r\n" + b"x" * 78 * 400_000 + b"\r\n"


@pytest.fixture
def sinks() -> Iterator[list[Sink]]:
    with running(Sink()) as one, running(Sink()) as other:
        yield [one, other]


@pytest.fixture
def settings(sinks: list[Sink], redis_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, *sinks, REDIS_URL=redis_url)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Relays are begun with less than usual, for tests wait for the end of their turns."""
    monkeypatch.setattr(single, "LEAST_SECONDS", 0.2)


def hand_over(settings: Settings, talk: float, data: bytes = BODY) -> None:
    """So many seconds, and those for the word on the dot."""
    until = time.monotonic() + talk + PATIENT.dot
    single.hand_over(settings, LETTER, data, "localhost", PATIENT, until)


# --- how the time is shared ----------------------------------------------------------------------


def standing(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock of the budget, which only goes on when it is set; connections have the real one."""
    clock = SimpleNamespace(now=time.monotonic())
    monkeypatch.setattr(single, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.mark.parametrize(
    ("left", "relays", "turn"),
    [(90, 1, 90), (90, 2, 45), (90, 3, 30), (24, 3, 10), (12, 2, 10), (10, 1, 10), (9.9, 1, 0), (-5, 2, 0)],
)
def test_the_relays_that_are_left_share_it(
    monkeypatch: pytest.MonkeyPatch, left: float, relays: int, turn: float
) -> None:
    clock = standing(monkeypatch)
    ends = single._turn(clock.now + left, relays)
    assert ends == pytest.approx(clock.now + turn if turn else 0.0)


@pytest.mark.parametrize(("spent", "begun"), [(985, 1), (995, 0), (1200, 0)])
def test_a_relay_is_begun_when_enough_time_is_left(
    settings: Settings, sinks: list[Sink], monkeypatch: pytest.MonkeyPatch, spent: float, begun: int
) -> None:
    clock = standing(monkeypatch)

    def slow_and_full(phase: str, _to: str) -> str | None:
        if phase != "mail":
            return None
        clock.now += spent
        return "451 4.3.1 no room"

    sinks[0].faults = slow_and_full
    until = clock.now + 1000 + PATIENT.dot
    if begun:
        single.hand_over(settings, LETTER, BODY, "localhost", PATIENT, until)
    else:
        with pytest.raises(TransportError, match=r"no room; .*there was no time"):
            single.hand_over(settings, LETTER, BODY, "localhost", PATIENT, until)
    assert (sinks[1].connections, len(sinks[1].accepted)) == (begun, begun)


def test_with_no_time_at_all_nobody_is_asked(settings: Settings, sinks: list[Sink]) -> None:
    with pytest.raises(Down, match="no time"):
        hand_over(settings, talk=0)
    assert [sink.connections for sink in sinks] == [0, 0]


# --- a slow server -------------------------------------------------------------------------------


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("scheme", "phase"), [("smtp", "greeting"), ("smtps", "greeting"), ("smtp", "mail"), ("smtp", "data")]
)
def test_a_server_that_is_late_loses_its_turn_before_the_dot(
    settings: Settings, sinks: list[Sink], redis_url: str, scheme: str, phase: str
) -> None:
    """And lanes, who have more time, are not told to leave it alone."""
    sinks[0].late = 30
    sinks[0].faults = lambda now, _to: LATE if now == phase else None
    alone = replace(settings, smtp_url=f"{scheme}://127.0.0.1:{sinks[0].port}")
    with pytest.raises((Down, Lost)) as failed:
        hand_over(alone, talk=0.5)
    assert not getattr(failed.value, "ended", False), "known not to have been sent"
    assert sinks[0].accepted == []
    redis = Redis.from_url(redis_url)
    assert Breaker(redis, f"127.0.0.1:{sinks[0].port}").read().state is BreakerState.CLOSED
    redis.close()


@pytest.mark.usefixtures("hurried")
def test_the_word_on_the_dot_is_waited_for_beyond_the_turn(settings: Settings, sinks: list[Sink]) -> None:
    """On a busy machine its turn may be over before the dot; then none is given."""
    sinks[0].delay = 3.0
    alone = replace(settings, smtp_url=settings.smtp_url.split(",")[0])
    failure = None
    try:
        hand_over(alone, talk=2.0)
    except TransportError as error:
        failure = error
    assert not getattr(failure, "ended", False)
    assert len(sinks[0].accepted) == (failure is None)


class Slow:
    """Says its greeting line by line for `talks` seconds, and reads nothing of a body for `rests` seconds;
    then it takes the mail."""

    def __init__(self, talks: float = 0.0, rests: float = 0.0) -> None:
        self.talks = talks
        self.rests = rests
        self.taken = 0
        self.hung_up = threading.Event()

    def talk(self, link: socket.socket) -> None:
        with link, link.makefile("rb") as words:
            for _ in range(int(self.talks / 0.05)):
                link.sendall(b"220-\r\n")
                time.sleep(0.05)
            link.sendall(b"220 at last\r\n")
            while line := words.readline():
                if not line.startswith(b"DATA"):
                    link.sendall(b"250 ok\r\n")
                    continue
                link.sendall(b"354 go on\r\n")
                self.hung_up.wait(self.rests)
                while (line := words.readline()) not in (b".\r\n", b""):
                    pass
                self.taken += line != b""
                link.sendall(b"250 ok\r\n")


@contextmanager
def listening(server: Slow) -> Iterator[str]:
    """Its address as SMTP_URL has it."""

    def serve() -> None:
        link, _ = door.accept()
        try:
            server.talk(link)
        except OSError:  # the client had hung up
            return

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"smtp://127.0.0.1:{door.getsockname()[1]}"
        server.hung_up.set()
        thread.join()


@pytest.mark.usefixtures("hurried")
def test_a_server_that_always_says_a_little_more_loses_its_turn(settings: Settings) -> None:
    slow = Slow(talks=6)
    with listening(slow) as url, pytest.raises(Down):
        hand_over(replace(settings, smtp_url=url), talk=1.0)
    assert slow.taken == 0


@pytest.mark.usefixtures("hurried")
def test_a_server_that_does_not_read_loses_its_turn(settings: Settings) -> None:
    slow = Slow(rests=6)
    with listening(slow) as url, pytest.raises(TransportError) as failed:
        hand_over(replace(settings, smtp_url=url), talk=2.0, data=LARGE)
    assert not getattr(failed.value, "ended", False)
    assert slow.taken == 0


# --- a job's time --------------------------------------------------------------------------------

JOBS = [
    (Job.NOTICE, notices.TIMEOUTS, notice_rows.AGAIN_AFTER),
    (Job.CONFIRMATION, confirmations.TIMEOUTS, waiting.AGAIN_AFTER),
]


@pytest.mark.parametrize(("job", "timeouts", "again_after"), JOBS)
def test_a_job_has_time_for_relays_for_the_last_word_and_to_write_it_down(
    job: Job, timeouts: Timeouts, again_after: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = standing(monkeypatch)
    whole = JOB_TIMEOUT_SECONDS[job]
    mail = single.deadline(job) - clock.now
    assert whole - mail > db.BUSY_TIMEOUT_MS / 1000
    assert mail - timeouts.dot >= 3 * single.LEAST_SECONDS
    assert again_after.total_seconds() > whole
