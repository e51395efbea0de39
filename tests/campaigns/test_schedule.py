"""Hours that are missed: nothing goes by itself, and who scheduled it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.terms import SendingTerms
from campaign.campaigns import life, schedule
from campaign.dispatch import sweep
from campaign.dispatch.timing import Late, Timing
from campaign.errors import InvalidInput
from campaign.models import CampaignState, Delivery, DeliveryState, Mailing, Notice, NoticeKind
from tests.campaigns.test_trials import office_with, signed

S = CampaignState
NINE = datetime.fromisoformat("2026-03-10T09:00")
HANOI = "Asia/Ho_Chi_Minh"


def each(now: datetime, late: Late = Late.NEXT_DAY) -> Timing:
    return Timing(NINE, HANOI, now, each=True, late=late)


def test_an_hour_is_kept_with_its_zone(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=2)
    signed(office, SendingTerms(), now)
    life.schedule_hour(db, office.made, office.account("mai"), Timing(NINE, "Europe/Berlin", now), now)
    assert office.made.send_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
    assert (office.made.timing["wall"], office.made.timing["zone"]) == ("2026-03-10T09:00", "Europe/Berlin")
    life.unschedule(db, office.made, office.account("mai"), now)
    assert (office.made.send_at, office.made.timing) == (None, {})


def test_the_first_recipients_hour_starts_it(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    for contact, zone in zip(office.contacts, (HANOI, "Asia/Tokyo", "America/New_York"), strict=True):
        contact.time_zone = zone
    signed(office, SendingTerms(), now)
    life.schedule_hour(db, office.made, office.account("mai"), each(now), now)
    tokyo = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
    assert office.made.send_at == tokyo
    assert life.start_due(db, tokyo - timedelta(seconds=1)) == []
    assert life.start_due(db, tokyo + timedelta(seconds=3)) == [office.made]
    states = {row.contact_id: row.state for row in db.scalars(select(Delivery))}
    assert [states[contact.id] for contact in office.contacts] == [
        DeliveryState.DEFERRED,
        DeliveryState.QUEUED,
        DeliveryState.DEFERRED,
    ]


@pytest.mark.parametrize(("hours", "starts"), [(1.9, True), (2.1, False)])
def test_a_start_missed_by_long_asks_and_tells(
    db: Session, now: datetime, hours: float, starts: bool
) -> None:
    office = office_with(db, now, people=2)
    signed(office, SendingTerms(), now)
    at = now + timedelta(hours=1)
    life.schedule(db, office.made, office.account("nam"), at, now)
    late = at + timedelta(hours=hours)
    assert bool(life.start_due(db, late, timedelta(hours=2))) is starts
    told = db.scalars(select(Notice).where(Notice.kind == NoticeKind.MISSED)).all()
    if starts:
        assert not told
        return
    assert {one.account_id for one in told} == {office.account("mai").id, office.account("nam").id}
    assert life.missed(office.made, late)
    # another hour, missed as well, is told as well
    again = late + timedelta(hours=1)
    life.schedule(db, office.made, office.account("mai"), again, late)
    assert not life.missed(office.made, late)
    life.start_due(db, again + timedelta(hours=3), timedelta(hours=2))
    assert len(db.scalars(select(Notice).where(Notice.kind == NoticeKind.MISSED)).all()) == 3


def test_missed_hours_of_recipients_pause_it_and_ask(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=2)
    office.contacts[1].time_zone = "America/New_York"
    signed(office, SendingTerms(), now)
    life.schedule_hour(db, office.made, office.account("mai"), each(now), now)
    start = office.made.send_at
    assert start is not None
    life.start_due(db, start)
    new_york = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    assert life.pause_overdue(db, new_york + timedelta(minutes=30)) == []
    back = new_york + timedelta(hours=3)
    assert life.pause_overdue(db, back) == [office.made]
    sweep.sweep(db, back)
    assert office.made.state is S.PAUSED
    assert db.scalars(select(Notice).where(Notice.kind == NoticeKind.MISSED)).all()
    life.resume(db, office.made, office.account("mai"), back)
    # resumed, it goes at once and does not ask again
    assert life.pause_overdue(db, back) == []
    states = set(db.scalars(select(Delivery.state).where(Delivery.contact_id == office.contacts[1].id)))
    assert states == {DeliveryState.QUEUED}


def test_rules_of_summer_time_that_change_move_the_moment_and_not_the_hour(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(db, now, people=2)
    signed(office, SendingTerms(), now)
    hour = Timing(NINE, "Europe/Berlin", now)
    life.schedule_hour(db, office.made, office.account("mai"), hour, now)
    moved = hour.at + timedelta(hours=1)
    monkeypatch.setattr(schedule, "_first", lambda *_: moved)
    assert life.start_due(db, hour.at) == []
    assert office.made.send_at == moved
    assert life.start_due(db, moved) == [office.made]
    assert db.scalars(select(Mailing)).one().timing == hour.to_json()


def test_an_hour_that_is_over_everywhere_is_refused(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=2)
    signed(office, SendingTerms(), now)
    over = Timing(datetime.fromisoformat("2026-03-08T09:00"), HANOI, now, each=True)
    with pytest.raises(InvalidInput, match="campaigns-schedule-past"):
        life.schedule_hour(db, office.made, office.account("mai"), over, now)
