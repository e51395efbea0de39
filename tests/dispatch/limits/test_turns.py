"""A provider takes fewer messages at once than there are lanes: they take turns, and nothing else waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, lane, manners, plan
from campaign.dispatch.limits import slots
from campaign.dispatch.limits.slots import Slots
from campaign.dispatch.limits.terms import Limit, Limits
from campaign.dispatch.manners import Manners
from campaign.lab.sink import Sink, running
from campaign.models import Delivery, Mailing, Submission
from tests.dispatch.lanes import PATIENCE, Running
from tests.dispatch.limits.test_under_way import until
from tests.dispatch.making import settings_for, start_company

NEVER = 24 * 3600


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine who waits may be silent for long."""
    monkeypatch.setattr(slots, "SILENT_SECONDS", PATIENCE)


def lanes(redis: Redis, names: str, limit: int) -> list[Slots]:
    return [Slots(redis, "rq", "to/google", name, limit) for name in names]


# --- the parts of lanes, asked one by one --------------------------------------------------------


def test_who_has_had_its_turn_goes_behind_those_who_wait(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", 0)
    a, b, c = lanes(redis, "abc", 1)
    assert (a.share(0), b.share(0), c.share(0)) == (1, 0, 0)
    assert a.share(1) == 0, "its turn is over"
    assert b.share(0) == 0, "its last message is not"
    assert a.share(0) == 0
    assert c.share(0) == 0, "b has waited longer"
    assert b.share(0) == 1
    assert b.share(0) == 0
    assert (a.share(0), c.share(0)) == (0, 1)
    assert c.share(0) == 0
    assert (b.share(0), a.share(0)) == (0, 1)


def test_within_its_turn_a_lane_keeps_its_part(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", NEVER)
    a, b = lanes(redis, "ab", 1)
    assert (a.share(0), b.share(0)) == (1, 0)
    assert (a.share(1), b.share(0), a.share(0)) == (1, 0, 1)
    a.leave()
    assert b.share(0) == 1


def test_nobody_gives_way_when_nobody_waits(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", 0)
    a, b, c = lanes(redis, "abc", 2)
    assert (a.share(0), a.share(1)) == (2, 2)
    assert b.share(0) == 0, "both are the first one's until it asks again"
    assert (a.share(1), b.share(0)) == (1, 1)
    assert (a.share(1), b.share(1), a.share(1), b.share(1)) == (1, 1, 1, 1)
    assert c.share(0) == 0
    assert a.share(1) == 0
    c.leave()
    assert (b.share(1), a.share(0)) == (1, 1)


def test_a_lane_that_died_while_it_waited_takes_no_turn(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", 0)
    a, b, c = lanes(redis, "abc", 1)
    assert (a.share(0), b.share(0)) == (1, 0)
    monkeypatch.setattr(slots, "SILENT_SECONDS", 0)
    assert a.share(1) == 1, "b is not heard of"
    a.leave()
    assert c.share(0) == 1


def test_connections_to_a_relay_are_not_made_anew_for_turns(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who do not say what they use keep what they have."""
    monkeypatch.setattr(slots, "TURN_SECONDS", 0)
    a, b = lanes(redis, "ab", 1)
    assert [a.share(), b.share(), a.share(), b.share(), a.share()] == [1, 0, 1, 0, 1]


# --- two lanes on two mailings -------------------------------------------------------------------


class House:
    """A lane for each of two mailings, each over a server of its own, the first a slow one; three in four go
    to Google, which takes one at a time from all."""

    def __init__(
        self, stack: ExitStack, database: Database, db: Session, folder: Path, redis_url: str
    ) -> None:
        self.sinks = [stack.enter_context(running(Sink(delay=delay))) for delay in (1.0, 0.05)]
        self.all_settings = [settings_for(folder, sink, REDIS_URL=redis_url) for sink in self.sinks]
        first = start_company(db, 320)
        signed = db.get_one(Submission, first.submission_id)
        second = plan.new_mailing(
            db, submission=signed, audience_id=first.audience_id, created_by=first.created_by, now=utc_now()
        )
        control.start(db, second, utc_now())
        self.mailings = [first, second]
        for number, mailing in enumerate(self.mailings):
            _keep_half(db, mailing, number)
        manners.keep(db, Manners(Limits(recipients={"google": Limit(connections=1)})), None, utc_now())
        db.commit()
        self._stack, self._database = stack, database

    def start(self, number: int) -> Running:
        made = Running(self._database, self.all_settings[number], self.mailings[number])
        self._stack.callback(made.end)
        return made

    def taken(self, number: int, *, google: bool) -> int:
        accepted = list(self.sinks[number].accepted)
        return sum(one.recipient.endswith("@gmail.com") == google for one in accepted)


def _keep_half(db: Session, mailing: Mailing, number: int) -> None:
    rows = Delivery.mailing_id == mailing.id
    db.execute(delete(Delivery).where(rows, Delivery.contact_id % 2 == number))
    address = "p" + Delivery.contact_id.cast(Delivery.address.type) + "@gmail.com"
    to_google = update(Delivery).where(rows, Delivery.contact_id % 8 > 1).values(address=address)
    db.execute(to_google, execution_options={"synchronize_session": False})


@pytest.fixture
def house(
    database: Database, db: Session, tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    # a lane that ends makes way anyhow; here none does
    monkeypatch.setitem(lane.Lane.__init__.__kwdefaults__, "seconds", PATIENCE)
    with ExitStack() as stack:
        yield House(stack, database, db, tmp_path, redis_url)


def test_the_lane_that_came_later_gets_its_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", 0.2)
    first = house.start(0)
    until(lambda: house.taken(0, google=True) > 0)
    second = house.start(1)
    until(lambda: house.taken(1, google=True) > 1)
    before = house.taken(0, google=True)
    assert before < 120, "the first one has more of it"
    until(lambda: house.taken(0, google=True) > before)
    assert not first.reports
    assert not second.reports


def test_what_goes_elsewhere_does_not_wait_for_a_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "TURN_SECONDS", NEVER)
    house.start(0)
    until(lambda: house.taken(0, google=True) > 0)
    house.start(1)
    until(lambda: house.taken(1, google=False) == 40)
    assert house.taken(1, google=True) == 0
    before = house.taken(0, google=True)
    assert before < 120
    until(lambda: house.taken(0, google=True) > before)
