"""The nightly digest: one a segment and night, all of a small segment, gone after a hundred days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.models import Role, Segment, SegmentDigest
from campaign.segments import saved
from campaign.segments.exam import digest
from campaign.segments.rule import EVERYBODY, Tag
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_organisation, make_segment

# two o'clock in Hà Nội, on 10 March
NIGHT = datetime(2026, 3, 9, 19, 0, tzinfo=UTC)


def digests(db: Session) -> list[tuple[int, date]]:
    db.expire_all()
    rows = select(SegmentDigest.segment_id, SegmentDigest.day).order_by(
        SegmentDigest.segment_id, SegmentDigest.day
    )
    found = [(row[0], row[1]) for row in db.execute(rows)]
    db.rollback()  # the beat writes between the looks
    return found


def night(database: Database, now: datetime = NIGHT) -> int:
    """What the worker does; how many were taken."""
    return digest.take_all(database, lambda: now)


def test_each_segment_once_a_night_whoever_asks_how_often(database: Database, db: Session) -> None:
    first, second = make_segment(db).id, make_segment(db).id
    db.commit()
    with database.read() as reading:
        assert not digest.is_due(reading, NIGHT - timedelta(minutes=1))  # too early
        assert digest.is_due(reading, NIGHT)
    assert night(database) == 2
    assert night(database, NIGHT + timedelta(hours=1)) == 0
    with database.read() as reading:
        assert not digest.is_due(reading, NIGHT + timedelta(hours=2))
    day = date(2026, 3, 10)
    assert digests(db) == [(first, day), (second, day)]
    assert night(database, NIGHT + timedelta(days=1)) == 2
    assert len(digests(db)) == 4


def test_a_worker_that_is_stopped_leaves_the_rest_for_the_next(database: Database, db: Session) -> None:
    for _ in range(3):
        make_segment(db)
    db.commit()
    answers = iter((False, True))
    assert digest.take_all(database, lambda: NIGHT, lambda: next(answers)) == 1
    assert night(database) == 2


def test_it_holds_the_persons_of_the_segment(database: Database, db: Session) -> None:
    here = [make_contact(db, tags=["vip"]).id for _ in range(3)]
    make_contact(db)
    make_organisation(db, tags=["vip"])
    make_contact(db, tags=["vip"]).erased_at = NOW
    segment = make_segment(db, rule={"type": "tag", "tag": "vip"})
    db.commit()
    night(database)
    kept = db.get_one(SegmentDigest, (segment.id, date(2026, 3, 10)))
    assert (kept.people, kept.sample) == (3, here)
    assert kept.rule_sha256 == digest.rule_hash(Tag("vip"))


def test_a_large_segment_keeps_its_number_and_a_sample(
    database: Database, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest.sampling, "SAMPLE", 5)
    monkeypatch.setattr(digest.sampling.draw, "__defaults__", (5,))
    everybody = {make_contact(db).id for _ in range(12)}
    segment = make_segment(db)
    db.commit()
    night(database)
    kept = db.get_one(SegmentDigest, (segment.id, date(2026, 3, 10)))
    assert kept.people == 12
    assert len(kept.sample) == 5
    assert set(kept.sample) < everybody


def test_what_is_older_than_a_hundred_days_is_forgotten(database: Database, db: Session) -> None:
    segment = make_segment(db)
    db.commit()
    day = date(2026, 3, 10)
    for age in (99, 100, 101):
        facts = {"rule_sha256": digest.rule_hash(EVERYBODY), "people": 0, "sample": []}
        db.add(SegmentDigest(segment_id=segment.id, day=day - timedelta(days=age), **facts))
    db.commit()
    night(database)
    assert [(day - one).days for _, one in digests(db)] == [100, 99, 0]


def test_a_rule_that_cannot_be_read_is_left_out_and_the_others_are_taken(
    database: Database, db: Session
) -> None:
    make_segment(db, rule={"type": "of an older day"})
    good = make_segment(db)
    db.commit()
    night(database)
    assert digests(db) == [(good.id, date(2026, 3, 10))]


def test_a_second_writer_changes_nothing(database: Database, db: Session) -> None:
    segment = make_segment(db)
    db.commit()
    with database.read() as reading:
        late = digest.take(reading, reading.get_one(Segment, segment.id), NIGHT)
    night(database)
    with database.write() as writing:
        assert not digest.keep(writing, late)
    assert len(digests(db)) == 1


def test_digests_go_with_their_segment(database: Database, db: Session) -> None:
    segment = make_segment(db)
    author = make_account(db, Role.MARKETER)
    db.commit()
    night(database)
    with database.read() as reading:
        late = digest.take(reading, reading.get_one(Segment, segment.id), NIGHT + timedelta(days=1))
    saved.remove(db, db.get_one(Segment, segment.id), account=author, now=NOW)
    db.commit()
    assert digests(db) == []
    with database.write() as writing:
        assert not digest.keep(writing, late)  # it was removed while its people were read
