"""One mail over several relays: another one takes what the first did not, and nobody gets it twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from campaign.campaigns import life
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import notices, single
from campaign.dispatch.breaker import Breaker, BreakerState
from campaign.dispatch.transports.smtp import Down, Envelope, Lost, Timeouts, Turned
from campaign.errors import TransportError
from campaign.lab.sink import DROP, HANG, TAKE_AND_DROP, Sink, running
from campaign.models import Notice
from campaign.queue import JOB_TIMEOUT_SECONDS, Job
from tests.campaigns.helpers import Office
from tests.conftest import NOW
from tests.dispatch.making import settings_for
from tests.sockets import closed_port

LETTER = Envelope("shop@example.com", "lan@example.com")
BODY = b"Subject: Hello\r\n\r\nHello\r\n"
PATIENT = Timeouts(connect=60, reply=60, dot=60)


@pytest.fixture
def sinks() -> Iterator[list[Sink]]:
    with running(Sink()) as one, running(Sink()) as other:
        yield [one, other]


@pytest.fixture
def settings(sinks: list[Sink], redis_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, *sinks, REDIS_URL=redis_url)


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


@pytest.fixture
def notice(database: Database) -> int:
    with database.write() as db:
        office = Office(db, NOW)
        office.campaign(NOW)
        life.submit(db, office.made, office.account("mai"), NOW)
        wanted = select(Notice.id).where(Notice.account_id == office.account("tam").id)
        return db.scalars(wanted).one()


def hand_over(settings: Settings, timeouts: Timeouts = PATIENT, until: float = float("inf")) -> None:
    single.hand_over(settings, LETTER, BODY, "localhost", timeouts, until)


def taken(sinks: list[Sink]) -> list[int]:
    return [len(sink.accepted) for sink in sinks]


def breaker(redis: Redis, sink: Sink) -> Breaker:
    return Breaker(redis, f"127.0.0.1:{sink.port}", "another")


def fault(sink: Sink, phase: str, act: str) -> None:
    sink.faults = lambda now, _to: act if now == phase else None


def test_the_heaviest_is_asked_first(settings: Settings, sinks: list[Sink]) -> None:
    hand_over(settings)
    assert taken(sinks) == [1, 0], "as SMTP_URL has them, when none is heavier"
    one, other = settings.smtp_url.split(",")
    hand_over(replace(settings, smtp_url=f"{one},{other}?weight=3"))
    assert taken(sinks) == [1, 1]


@pytest.mark.parametrize(
    ("phase", "act"),
    [
        ("greeting", "421 4.3.2 not now"), ("greeting", "554 5.3.2 not you"), ("greeting", DROP),
        ("mail", "451 4.3.0 later"), ("mail", DROP), ("rcpt", "450 4.2.1 greylisted"),
        ("data", "451 4.5.0 not yet"), ("data", DROP), ("dot", "451 4.3.1 no room"),
    ],
)  # fmt: skip
def test_what_surely_was_not_sent_goes_to_the_next(
    settings: Settings, sinks: list[Sink], phase: str, act: str
) -> None:
    fault(sinks[0], phase, act)
    hand_over(settings)
    assert taken(sinks) == [0, 1]


def test_a_body_that_is_broken_off_is_sent_once_or_nobody_knows(
    settings: Settings, sinks: list[Sink]
) -> None:
    """The dot may leave before the cut is heard of; then no other relay gets the mail."""
    fault(sinks[0], "body", DROP)
    unknown = False
    try:
        hand_over(settings)
    except Lost as lost:
        unknown = lost.ended
    assert taken(sinks) == [0, 0 if unknown else 1]
    assert sinks[1].connections == (0 if unknown else 1)


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "dot"])
def test_a_lasting_no_is_the_answer(settings: Settings, sinks: list[Sink], phase: str) -> None:
    fault(sinks[0], phase, "550 5.1.1 nobody")
    with pytest.raises(Turned):
        hand_over(settings)
    assert taken(sinks) == [0, 0]
    assert sinks[1].connections == 0


@pytest.mark.parametrize("act", [DROP, TAKE_AND_DROP])
def test_what_may_have_arrived_is_tried_nowhere_else(settings: Settings, sinks: list[Sink], act: str) -> None:
    fault(sinks[0], "dot", act)
    with pytest.raises(Lost) as lost:
        hand_over(settings)
    assert lost.value.ended
    assert sinks[1].connections == 0
    assert taken(sinks) == [act == TAKE_AND_DROP, 0]


def test_a_relay_that_is_down_is_left_alone_by_the_next_mail(
    settings: Settings, sinks: list[Sink], redis: Redis
) -> None:
    with closed_port() as port:
        down = f"127.0.0.1:{port}"
        settings = replace(settings, smtp_url=f"smtp://{down}?weight=9,smtp://127.0.0.1:{sinks[1].port}")
        hand_over(settings)
        state = Breaker(redis, down).read()
        assert (state.state, state.failures) == (BreakerState.OPEN, 1)
        hand_over(settings)
        assert Breaker(redis, down).read().failures == 1, "it was not tried again"
    assert taken(sinks) == [0, 2]


def test_who_works_or_says_no_in_words_is_closed_again(
    settings: Settings, sinks: list[Sink], redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign.dispatch.breaker.WAITS", (0.0,))
    breaker(redis, sinks[0]).trip("it was down")
    hand_over(settings)
    assert breaker(redis, sinks[0]).read().state is BreakerState.CLOSED
    assert taken(sinks) == [1, 0]


def test_haste_is_no_reason_to_leave_a_relay_alone(
    settings: Settings, sinks: list[Sink], redis: Redis
) -> None:
    fault(sinks[0], "greeting", HANG)
    hand_over(settings, Timeouts(connect=0.5, reply=60, dot=60))
    assert taken(sinks) == [0, 1]
    assert breaker(redis, sinks[0]).read().state is BreakerState.CLOSED


def test_while_all_are_left_alone_nothing_is_tried(
    settings: Settings, sinks: list[Sink], redis: Redis
) -> None:
    assert not single.all_rest(settings)
    breaker(redis, sinks[0]).trip("down")
    assert not single.all_rest(settings)
    hand_over(settings)
    assert taken(sinks) == [0, 1]
    breaker(redis, sinks[1]).trip("down")
    assert single.all_rest(settings)
    with pytest.raises(Down, match="left alone"):
        hand_over(settings)
    assert taken(sinks) == [0, 1]


def test_all_that_was_tried_is_told(settings: Settings, sinks: list[Sink]) -> None:
    fault(sinks[0], "mail", "451 4.3.0 the first is full")
    fault(sinks[1], "greeting", "421 4.3.2 the second is closing")
    with pytest.raises(TransportError, match=r"the first is full.*; .*the second is closing"):
        hand_over(settings)


def test_without_the_queue_server_it_is_sent(settings: Settings, sinks: list[Sink]) -> None:
    with closed_port() as port:
        away = replace(settings, redis_url=f"redis://127.0.0.1:{port}")
        assert not single.all_rest(away)
        fault(sinks[0], "greeting", DROP)
        hand_over(away)
    assert taken(sinks) == [0, 1]


def test_a_notice_uses_up_no_try_while_every_relay_is_left_alone(
    database: Database, settings: Settings, sinks: list[Sink], redis: Redis, notice: int
) -> None:
    for sink in sinks:
        breaker(redis, sink).trip("down")
    assert not notices.send(database, settings, notice, NOW)
    with database.read() as db:
        assert db.get_one(Notice, notice).tries == 0
    breaker(redis, sinks[1]).close()
    assert notices.send(database, settings, notice, NOW)
    assert taken(sinks) == [0, 1]


def test_a_notice_asks_nobody_when_its_job_has_no_time_left(
    database: Database, settings: Settings, sinks: list[Sink], notice: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_little = single.ASIDE_SECONDS + notices.TIMEOUTS.dot + 1
    monkeypatch.setitem(JOB_TIMEOUT_SECONDS, Job.NOTICE, too_little)
    assert not notices.send(database, settings, notice, NOW)
    assert [sink.connections for sink in sinks] == [0, 0]
