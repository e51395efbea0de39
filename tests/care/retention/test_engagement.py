"""Opens and clicks go when their days are over; figures, arms and links of reports stay as they were."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.audience.terms import Measure, TrialTerms
from campaign.campaigns import arms
from campaign.care.retention import engagement, kind
from campaign.care.retention.kind import Limit, Stores
from campaign.db import Database
from campaign.models import (
    AudienceMember,
    Campaign,
    Channel,
    Delivery,
    DeliveryState,
    EngagementFigures,
    Event,
    EventKind,
    Link,
    Mailing,
    MailingState,
    MemberPart,
    MessageVariant,
    Trial,
    TrialState,
)
from campaign.report import export, numbers
from campaign.report.timeline import acts
from campaign.storage import FileStore
from tests.care.retention import clearing
from tests.care.retention.clearing import finish, plans_of
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery, make_mailing, make_message
from tests.report.test_numbers import make_campaign

DAYS = 1095
LATER = NOW + timedelta(days=DAYS + 10)
LIMIT = Limit(LATER, LATER - timedelta(days=DAYS))
KEY = "opens-clicks"


def happen(db: Session, delivery: Delivery, what: EventKind, at: datetime = NOW, **facts: Any) -> None:
    db.add(Event(delivery_id=delivery.id, kind=what, at=at, **facts))
    db.flush()


def link_of(db: Session, message_id: int, url: str = "https://example.com/tra") -> Link:
    link = Link(message_id=message_id, url=url, url_sha256=url[-64:])
    db.add(link)
    db.flush()
    return link


def clear(database: Database, files: FileStore, now: datetime = LATER) -> int:
    return clearing.clear(database, files, KEY, now, DAYS)


@pytest.fixture
def files(tmp_path: Any) -> FileStore:
    return FileStore(tmp_path)


def told(db: Session, campaign: Campaign) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    found = numbers.of_campaign(db, campaign.id).to_json()
    del found["counted_until"]
    return found, numbers.links_of_campaign(db, campaign.id)


# of each person: what happened, and whether a machine did it
HAPPENED = st.lists(
    st.lists(st.tuples(st.sampled_from(list(EventKind)), st.booleans()), max_size=4), min_size=1, max_size=6
)


@settings(max_examples=15)
@given(HAPPENED, HAPPENED)
def test_no_figure_of_a_report_changes(
    database: Database, files: FileStore, first: list[list[Any]], added: list[list[Any]]
) -> None:
    """Over all mailings of a campaign, whatever its people did."""
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        more = make_mailing(db, campaign.message, campaign_id=campaign.id)
        links = [link_of(db, campaign.message_id, f"https://example.com/{n}") for n in range(2)]
        for one, happened in ((mailing, first), (more, added)):
            finish(one)
            for number, did in enumerate(happened):
                channel = Channel.LETTER if number % 3 == 2 else Channel.EMAIL
                state = DeliveryState.UNKNOWN if number == 5 else DeliveryState.ACCEPTED
                delivery = make_delivery(db, one, channel=channel, state=state)
                for what, machine in did:
                    link = links[number % 2].id if what is EventKind.CLICK else None
                    happen(db, delivery, what, machine=machine, link_id=link)
    with database.read() as db:
        before = told(db, campaign)
    clear(database, files)
    with database.read() as db:
        assert told(db, campaign) == before
        mine = select(Delivery.id).where(Delivery.mailing_id.in_([mailing.id, more.id]))
        left = set(db.scalars(select(Event.kind).where(Event.delivery_id.in_(mine))))
        assert not left & {EventKind.OPEN, EventKind.CLICK}


def test_a_reply_that_comes_later_is_counted_and_an_open_is_not(database: Database, files: FileStore) -> None:
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        finish(mailing)
        one, other = (make_delivery(db, mailing) for _ in range(2))
        happen(db, one, EventKind.OPEN)
        happen(db, one, EventKind.CLICK, link_id=link_of(db, campaign.message_id).id)
    assert clear(database, files) == 2
    with database.write() as db:
        happen(db, other, EventKind.REPLY, LATER)
        happen(db, other, EventKind.OPEN, LATER)
    with database.read() as db:
        found = numbers.of_campaign(db, campaign.id)
        assert (found.total.opened, found.total.clicked, found.total.replied) == (1, 1, 1)
        assert (found.responded, found.counted_until) == (2, LATER)
        kinds = select(Event.kind).order_by(Event.id)
        assert db.scalars(kinds).all() == [EventKind.REPLY, EventKind.OPEN]
    # it goes by its own days, and the figures of then stay
    assert clear(database, files, LATER + timedelta(days=DAYS + 1)) == 1
    with database.read() as db:
        assert numbers.of_campaign(db, campaign.id).total.opened == 1
        kept = db.scalars(select(EngagementFigures)).one()
        assert kept.counted_at == LATER
        assert kept.gone_before == LATER + timedelta(days=1)


@pytest.mark.parametrize("state", [MailingState.RUNNING, MailingState.PAUSED, MailingState.PLANNED])
def test_what_is_not_over_keeps_everything(database: Database, files: FileStore, state: MailingState) -> None:
    with database.write() as db:
        mailing = make_mailing(db, state=state)
        happen(db, make_delivery(db, mailing), EventKind.OPEN)
    assert clear(database, files) == 0
    with database.read() as db:
        assert db.scalars(select(EngagementFigures)).all() == []


def test_a_test_of_arms_waits_for_its_decision_and_keeps_its_figures(
    database: Database, files: FileStore
) -> None:
    terms = TrialTerms(measure=Measure.CLICK)
    with database.write() as db:
        message = make_message(db)
        message.variants.append(MessageVariant(language="vi", arm="b", document={}))
        db.flush()
        mailing = make_mailing(db, message)
        finish(mailing)
        trial = Trial(mailing_id=mailing.id, state=TrialState.ASKS, decide_at=NOW)
        db.add(trial)
        for number in range(6):
            variant = message.variants[number % 2]
            delivery = make_delivery(db, mailing, variant_id=variant.id)
            db.get_one(AudienceMember, delivery.audience_member_id).part = MemberPart.SAMPLE
            if number in (0, 1, 3):
                happen(db, delivery, EventKind.CLICK)
                happen(db, delivery, EventKind.OPEN, machine=True)
        before = arms.figures(db, mailing, terms)
        assert {arm: share.hits for arm, share in before.items()} == {"a": 1, "b": 2}
    assert clear(database, files) == 0
    with database.write() as db:
        db.get_one(Trial, trial.id).state = TrialState.DECIDED
    assert clear(database, files) == 6
    with database.read() as db:
        assert arms.figures(db, db.get_one(Mailing, mailing.id), terms) == before


def test_young_ones_of_the_same_mailing_stay_and_those_in_the_way_are_passed_by(
    database: Database, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches of two, with more than a batch of a running mailing before those that may go."""
    monkeypatch.setattr(kind, "BATCH", 2)
    with database.write() as db:
        running = make_delivery(db, make_mailing(db))
        for _ in range(5):
            happen(db, running, EventKind.OPEN, NOW - timedelta(days=1))
        mailing = make_mailing(db)
        finish(mailing)
        delivery = make_delivery(db, mailing)
        for number in range(5):
            happen(db, delivery, EventKind.OPEN, NOW + timedelta(seconds=number // 3))
        happen(db, delivery, EventKind.OPEN, LATER)
    assert clear(database, files) == 5
    with database.read() as db:
        left = select(Event.delivery_id, func.count()).group_by(Event.delivery_id)
        assert {row[0]: row[1] for row in db.execute(left)} == {running.id: 5, delivery.id: 1}


def test_two_workers_at_once_keep_the_figures_of_before(database: Database, files: FileStore) -> None:
    """The second one counted before the first one deleted, and is late with what it found."""
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        finish(mailing)
        for _ in range(3):
            happen(db, make_delivery(db, mailing), EventKind.OPEN)
    with database.read() as db:
        batch = engagement._batch(db, LIMIT.before, None)
        assert engagement._figures(db, batch)[mailing.id]["channels"] == {"email": {"opened": 3}}
    assert clear(database, files) == 3
    with database.write() as db:
        late = {mailing.id: {"channels": {}, "clicked_only": 0, "links": {}, "arms": {}}}
        assert engagement._remove(db, batch, late, LIMIT) == 0
    with database.read() as db:
        assert numbers.of_campaign(db, campaign.id).total.opened == 3


def test_what_is_gone_is_said_in_the_file_and_of_the_person(database: Database, files: FileStore) -> None:
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        finish(mailing)
        contact = make_contact(db)
        happen(db, make_delivery(db, mailing, contact), EventKind.OPEN)
        stranger = make_contact(db)
        assert acts.deleted_before(db, [contact.id]) is None
        rows = list(csv.DictReader("".join(export.deliveries(db, campaign.id)).lstrip("\ufeff").splitlines()))
        assert (rows[0]["opened_at"] != "", rows[0]["opens_deleted_before"]) == (True, "")
    clear(database, files)
    with database.read() as db:
        assert acts.deleted_before(db, [contact.id]) == LIMIT.before
        assert acts.deleted_before(db, [stranger.id]) is None
        rows = list(csv.DictReader("".join(export.deliveries(db, campaign.id)).lstrip("\ufeff").splitlines()))
        assert (rows[0]["opened_at"], rows[0]["opens_deleted_before"][:10]) == (
            "", LIMIT.before.date().isoformat(),
        )  # fmt: skip


def test_the_oldest_are_found_by_an_index(database: Database, files: FileStore) -> None:
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        happen(db, make_delivery(db, mailing), EventKind.OPEN)
    with plans_of(database.engine, "event") as plans, database.read() as db:
        engagement._count(db, LIMIT)
        engagement._batch(db, LIMIT.before, None)
        engagement._batch(db, LIMIT.before, engagement._Old(0, NOW, 0))
    assert plans
    assert [plan for plan in plans if "ix_event_engagement_at" not in plan] == []
    assert sum(engagement._clear(Stores(database, files), LIMIT)) == 1
