"""What the beat counts, and how often."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, progress
from campaign.models import Channel, DeliveryState, InboundMail, InboundState
from campaign.queue import Queues, connect
from campaign.watch import counts, signs
from campaign.watch.probes import beat_goes_round
from tests.dispatch.making import make_mailing, rows_of

EMAIL = Channel.EMAIL
QUEUED, ACCEPTED = DeliveryState.QUEUED, DeliveryState.ACCEPTED


def test_states_ages_and_rate(database: Database, db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now, people=6)
    control.start(db, mailing, now)
    db.add(InboundMail(sha256="1", envelope_to="x", raw=b"", received_at=now, state=InboundState.SHELVED))
    db.commit()
    assert counts.keep(database, now + timedelta(seconds=30))
    fates = [DeliveryState.ACCEPTED] * 3 + [DeliveryState.DEFERRED] + [DeliveryState.CLAIMED] * 2
    for row, fate in zip(rows_of(db, mailing), fates, strict=True):
        row.state = fate
        row.next_attempt_at = now + timedelta(minutes=5) if fate is DeliveryState.DEFERRED else None
    db.commit()
    with database.read() as reading:
        first, _ = counts.kept(reading)
    assert first.states == {"queued": 6}
    assert (first.oldest_queued, first.shelf, first.mailings_running) == (30.0, 1, 1)
    assert not counts.keep(database, now + timedelta(seconds=34)), "it has just been counted"
    assert counts.keep(database, now + timedelta(seconds=360))
    with database.read() as reading:
        second, at = counts.kept(reading)
    assert second.states == {"accepted": 3, "deferred": 1, "claimed": 2}
    assert second.of(DeliveryState.UNKNOWN) == 0
    assert (second.oldest_queued, second.retry_overdue) == (0.0, 60.0)
    assert second.rate == 3 / 330
    assert at == now + timedelta(seconds=360)


def test_a_slow_count_is_not_repeated_soon(database: Database) -> None:
    now = utc_now()
    with database.write() as db:
        signs.note(db, signs.COUNTS, now, {"took": 3.0})
    assert not counts.keep(database, now + timedelta(seconds=59))
    assert counts.keep(database, now + timedelta(seconds=61))


def test_a_clock_that_was_ahead_does_not_stop_the_counting(database: Database) -> None:
    now = utc_now()
    with database.write() as db:
        signs.note(db, signs.COUNTS, now + timedelta(hours=1), {"took": 0.1})
    assert counts.keep(database, now)
    with database.read() as db:
        assert counts.kept(db)[1] == now
    assert not counts.keep(database, now + timedelta(seconds=1))


def test_the_beat_says_when_it_went_round(database: Database, tmp_path: Path) -> None:
    assert "never run" in beat_goes_round(database).text
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    beat = Beat(settings, database, Queues(connect(settings)))
    beat.round(utc_now() - timedelta(seconds=30))
    assert not beat_goes_round(database).ok
    beat.round(utc_now())
    assert beat_goes_round(database).ok


def test_pages_read_what_was_counted_of_a_large_mailing_on_its_way(
    database: Database, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LARGE", 5)
    now = utc_now()
    mailing = make_mailing(db, now, people=6)
    control.start(db, mailing, now)
    db.commit()
    assert counts.keep(database, now)
    rows_of(db, mailing)[0].state = ACCEPTED
    db.commit()
    exact = {(mailing.id, EMAIL): {ACCEPTED: 1, QUEUED: 5}}
    assert progress.by_mailing_and_channel(db, [mailing.id]) == exact
    assert progress.by_mailing_and_channel(db, [mailing.id], now) == {(mailing.id, EMAIL): {QUEUED: 6}}
    assert progress.kept(db, now)[1] == now
    later = now + timedelta(minutes=5)
    assert progress.by_mailing_and_channel(db, [mailing.id], later) == exact, "too old"
    control.pause(db, mailing, now)
    assert progress.by_mailing_and_channel(db, [mailing.id], now) == exact, "a person has acted since"


def test_a_mailing_that_is_not_large_is_counted_for_each_page(database: Database, db: Session) -> None:
    now = utc_now()
    control.start(db, make_mailing(db, now, people=6), now)
    db.commit()
    assert counts.keep(database, now)
    assert progress.kept(db, now) == ({}, None)
