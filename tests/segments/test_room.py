"""Wherever a rule is asked of everybody, PostgreSQL has room for the ids that it looks others up in: without,
it compares each contact with each id, and a question of a second takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from campaign import config
from campaign.audience import profiles
from campaign.campaigns import samples
from campaign.config import Settings
from campaign.db import Database
from campaign.models import Channel, ConsentPurpose, Segment, Sender
from campaign.segments import count, people_file, rule_of, sample
from campaign.segments.asking import asking
from campaign.segments.exam import digest, examine
from campaign.segments.room import ROOM
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_segment, make_sender

PATIENT = 600
MARKETING = ConsentPurpose.MARKETING
BOUGHT = {"type": "orders", "days": 365, "measure": "count", "op": "at_least", "value": 1, "currency": "VND"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)}), segments_seconds=PATIENT)


@pytest.fixture
def rooms(database: Database) -> Iterator[list[str]]:
    """The working memory of each statement that looks through orders, in the order they were sent."""
    if database.is_sqlite:
        pytest.skip("SQLite keeps what it looks up in a table of its own, of any size")
    found: list[str] = []

    def look(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "order_statistics" in statement:
            with connection.connection.cursor() as own:
                found.append(own.execute("SHOW work_mem").fetchone()[0])

    event.listen(database.engine, "before_cursor_execute", look)
    yield found
    event.remove(database.engine, "before_cursor_execute", look)


def _examine(db: Session, segment: Segment) -> None:
    examine(db, segment, sender=db.scalars(select(Sender)).one(), purpose=MARKETING, now=NOW)


def _people(db: Session, segment: Segment) -> None:
    people_file.ids_of(db, rule_of(db, segment), NOW)


ASKED_WITHIN_LIMITS: list[Callable[[Session, Segment], None]] = [_examine, _people]


def _count(db: Session, segment: Segment) -> None:
    count(db, rule_of(db, segment), sender_id=1, purpose=MARKETING, now=NOW)


def _sample(db: Session, segment: Segment) -> None:
    sample(db, rule_of(db, segment), now=NOW)


def _search(db: Session, segment: Segment) -> None:
    samples.to_look_at(db, segment, "Lan", NOW, samples.Meant(Channel.EMAIL, MARKETING, 1))


def _digest(db: Session, segment: Segment) -> None:
    digest.take(db, segment, NOW)


def _freeze(db: Session, segment: Segment) -> None:
    list(profiles.in_chunks(db, rule_of(db, segment), NOW, ()))


ASKED_ANYWHERE = [_count, _sample, _search, _digest, _freeze]


@pytest.fixture
def segment(database: Database) -> int:
    with database.write() as db:
        account = make_account(db)
        make_sender(db)
        make_contact(db, full_name="Lan", email="lan@example.com")
        return make_segment(db, account, rule=BOUGHT).id


@pytest.mark.parametrize("act", ASKED_WITHIN_LIMITS)
def test_a_question_with_an_end_has_it(
    database: Database, settings: Settings, segment: int, rooms: list[str], act: Any
) -> None:
    with asking(database, settings) as db:
        act(db, db.get_one(Segment, segment))
    assert rooms
    assert set(rooms) == {ROOM}


@pytest.mark.parametrize("act", ASKED_ANYWHERE)
def test_so_has_what_counts_draws_or_freezes(
    database: Database, segment: int, rooms: list[str], act: Any
) -> None:
    with database.write() as db:
        act(db, db.get_one(Segment, segment))
    assert rooms
    assert set(rooms) == {ROOM}


def test_it_ends_with_the_transaction(database: Database, segment: int, rooms: list[str]) -> None:
    with database.write() as db:
        _count(db, db.get_one(Segment, segment))
    rooms.clear()
    with database.read() as db:
        db.scalars(select(Segment).where(Segment.id == segment)).one()
        db.connection().exec_driver_sql("SELECT contact_id FROM order_statistics")
    assert rooms
    assert ROOM not in rooms
