"""Nobody is written to at night: by each recipient's clock, over changes of the clock, no attempt used up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.dispatch import claim as claims
from campaign.dispatch import control, manners, moves, quiet_hours
from campaign.dispatch.claim import claim
from campaign.dispatch.manners import Manners, QuietHours
from campaign.dispatch.quiet_hours import ends_at
from campaign.dispatch.timing import Timing
from campaign.models import Contact, Delivery, DeliveryState, MessageKind
from tests.dispatch.making import make_mailing, rows_of, states, terms_of

NIGHT = QuietHours(on=True, begin=time(21), end=time(8))
# 21:30 in Hà Nội, 15:30 in Copenhagen, 07:30 in Los Angeles, where summer time began the day before
EVENING = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
ZONES = ["Asia/Ho_Chi_Minh", "Europe/Copenhagen", "America/Los_Angeles", "America/New_York",
         "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo"]  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "end"),
    [
        # an ordinary night, before and after midnight
        ("Asia/Ho_Chi_Minh", "2026-03-09 15:30", "2026-03-10 01:00"),
        ("Asia/Ho_Chi_Minh", "2026-03-09 20:00", "2026-03-10 01:00"),
        # 8 o'clock itself is day, 21 o'clock is night
        ("Asia/Ho_Chi_Minh", "2026-03-10 01:00", None),
        ("Asia/Ho_Chi_Minh", "2026-03-09 14:00", "2026-03-10 01:00"),
        # the night in which summer time begins: 8:00 is an hour earlier in UTC
        ("Europe/Copenhagen", "2026-03-28 21:00", "2026-03-29 06:00"),
        ("America/New_York", "2026-03-08 03:00", "2026-03-08 12:00"),
        # and in which it ends
        ("Europe/Copenhagen", "2026-10-24 20:00", "2026-10-25 07:00"),
        ("America/New_York", "2026-11-01 02:00", "2026-11-01 13:00"),
        # half an hour of summer time
        ("Australia/Lord_Howe", "2026-04-04 12:00", "2026-04-04 21:30"),
    ],
)
def test_the_night_ends_by_the_recipient_s_clock(zone: str, now: str, end: str | None) -> None:
    assert ends_at(NIGHT, ZoneInfo(zone), utc(now)) == (utc(end) if end else None)


def test_an_end_that_the_clocks_skip_or_show_twice() -> None:
    early = replace(NIGHT, end=time(2, 30))
    # 2:00 becomes 3:00 at 07:00 UTC
    end = ends_at(early, ZoneInfo("America/New_York"), utc("2026-03-08 05:00"))
    assert end == utc("2026-03-08 07:30")
    # 2:00 becomes 1:00 at 06:00 UTC: 1:30 comes at 05:30 and again at 06:30
    again = replace(NIGHT, end=time(1, 30))
    zone = ZoneInfo("America/New_York")
    assert ends_at(again, zone, utc("2026-11-01 04:00")) == utc("2026-11-01 05:30")
    assert ends_at(again, zone, utc("2026-11-01 06:10")) == utc("2026-11-01 06:30")


@given(
    zone=st.sampled_from(ZONES),
    minutes=st.integers(0, 366 * 24 * 60),
    begin=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    end=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_the_end_is_day_and_all_before_it_is_night(zone: str, minutes: int, begin: time, end: time) -> None:
    if begin == end:
        return
    quiet, place = QuietHours(True, begin, end), ZoneInfo(zone)
    now = utc("2026-01-01 00:00") + timedelta(minutes=minutes)
    until = ends_at(quiet, place, now)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=25)
    assert ends_at(quiet, place, until) is None
    # the last hour may hold a change of the clock, after which the day may have begun already
    for part in range(1, 8):
        between = now + (until - timedelta(hours=1) - now) * part / 8
        if now <= between < until:
            assert ends_at(quiet, place, between) is not None


def test_the_night_is_where_the_hour_is(db: Session) -> None:
    """Who is written to at nine in the morning where they live must not be asleep then."""
    nine = Timing(datetime.fromisoformat("2026-03-10 09:00"), "Asia/Ho_Chi_Minh", EVENING, each=True)
    mailing = make_mailing(db, EVENING, 4)
    _at_night(db, EVENING)
    for row, country in enumerate(["US", "VN", "NP", "XX"], 1):
        person = db.get_one(Contact, row)
        person.time_zone, person.country = "", country
    db.flush()
    mailing.timing = nine.to_json()
    control.start(db, mailing, EVENING)
    due = {row.contact_id: row.next_attempt_at for row in rows_of(db, mailing)}
    assert len(set(due.values())) == 3
    for contact_id, at in due.items():
        row = next(row for row in rows_of(db, mailing) if row.contact_id == contact_id)
        assert at is not None
        assert quiet_hours.ends(db, mailing.id, row.channel, [row.id], at) == {}


def _spread(db: Session, zones: list[str]) -> list[Contact]:
    people = [db.get_one(Contact, number) for number in range(1, len(zones) + 1)]
    for person, zone in zip(people, zones, strict=True):
        person.time_zone = zone
    return people


def _at_night(db: Session, now: datetime) -> None:
    manners.keep(db, Manners(quiet=NIGHT), None, now)


def test_at_claim_who_sleeps_rests_and_the_others_go(db: Session) -> None:
    mailing = make_mailing(db, EVENING, people=4)
    _spread(db, ["Asia/Ho_Chi_Minh", "Europe/Copenhagen", "America/Los_Angeles", "Asia/Ho_Chi_Minh"])
    _at_night(db, EVENING)
    control.start(db, mailing, EVENING)
    claimed = claim(db, terms_of(mailing), "lane", 10, EVENING)
    db.commit()
    assert [row.row_id for row in claimed] == [2]
    rows = rows_of(db, mailing)
    assert [row.state for row in rows] == [
        DeliveryState.DEFERRED, DeliveryState.CLAIMED, DeliveryState.DEFERRED, DeliveryState.DEFERRED,
    ]  # fmt: skip
    hanoi, angeles = utc("2026-03-10 01:00"), utc("2026-03-09 15:00")
    assert [row.next_attempt_at for row in rows] == [hanoi, None, angeles, hanoi]
    assert {row.attempt for row in rows} == {0}
    assert {row.lease_owner for row in rows if row.state is DeliveryState.DEFERRED} == {""}
    assert moves.requeue_due(db, angeles - timedelta(seconds=1)) == 0
    assert moves.requeue_due(db, angeles) == 1
    assert [row.row_id for row in claim(db, terms_of(mailing), "lane", 10, angeles)] == [3]
    assert moves.requeue_due(db, hanoi) == 2
    assert [row.row_id for row in claim(db, terms_of(mailing), "lane", 10, hanoi)] == [1, 4]
    db.commit()


@pytest.mark.parametrize("kind", [MessageKind.TRANSACTIONAL, MessageKind.REPLY])
def test_somebody_waits_for_these(db: Session, kind: MessageKind) -> None:
    mailing = make_mailing(db, EVENING)
    mailing.kind = kind
    _at_night(db, EVENING)
    control.start(db, mailing, EVENING)
    assert len(claim(db, terms_of(mailing), "lane", 10, EVENING)) == 3
    db.commit()


def test_off_until_somebody_turns_it_on(db: Session) -> None:
    mailing = make_mailing(db, EVENING)
    control.start(db, mailing, EVENING)
    assert len(claim(db, terms_of(mailing), "lane", 10, EVENING)) == 3
    db.commit()


def test_a_whole_audience_that_sleeps_is_not_claimed_row_by_row(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_hours, "MORE_AT_ONCE", 5)
    monkeypatch.setattr(claims, "MOST_CHUNKS", 2)
    mailing = make_mailing(db, EVENING, people=12)
    _at_night(db, EVENING)
    control.start(db, mailing, EVENING)
    assert claim(db, terms_of(mailing), "lane", 2, EVENING) == []
    db.commit()
    assert states(db, mailing) == {DeliveryState.DEFERRED: 12}


def test_what_rests_past_the_deadline_expires(db: Session) -> None:
    mailing = make_mailing(db, EVENING)
    mailing.deadline = EVENING + timedelta(hours=2)
    _at_night(db, EVENING)
    control.start(db, mailing, EVENING)
    claim(db, terms_of(mailing), "lane", 10, EVENING)
    db.commit()
    assert moves.expire(db, EVENING + timedelta(hours=3)) == 3
    db.commit()
    assert db.get_one(Delivery, 1).reason == "deadline"
