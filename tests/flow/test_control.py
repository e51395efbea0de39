"""One campaign from its test to those added since, by real lanes into a real server."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import life, trials
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import send, sweep
from campaign.dispatch.lane import CONNECTIONS
from campaign.lab.sink import Sink, running
from campaign.lab.sink_faults import Pace
from campaign.models import (
    AudienceMember,
    Campaign,
    CampaignState,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    MailingState,
    MemberPart,
    MessageVariant,
    Trial,
)
from tests.campaigns import adding
from tests.campaigns.helpers import Office, make_contact
from tests.campaigns.test_trials import office_with, signed

PEOPLE = 60
HOUR = timedelta(hours=1)
GIVE_UP_SECONDS = 300
A_SECOND = 5


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    server.bodies = []
    with running(server):
        yield server


@pytest.fixture
def settings(tmp_path: Path, database: Database, sink: Sink) -> Settings:
    return config.load(
        {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "CAMPAIGN_SECRET_KEY": "flow",
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": f"unix://{tmp_path}/nobody.sock",
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
        }
    )


def lanes(database: Database, settings: Settings, made: Campaign, db: Session) -> None:
    """One lane over each of the campaign's mailings that runs."""
    ids = [one.id for one in life.mailings_of(db, made) if one.state is MailingState.RUNNING]
    db.commit()
    for mailing_id in ids:
        send.run_email_lane(database, settings, mailing_id, clock=utc_now)


def subjects(sink: Sink) -> dict[str, str]:
    """By recipient."""
    assert sink.bodies is not None
    found = {}
    for body in sink.bodies:
        mail = message_from_bytes(body)
        address = str(mail["To"]).rpartition("<")[2].strip("<>")
        found[address] = str(make_header(decode_header(mail["Subject"])))
    return found


def addresses(db: Session, part: MemberPart) -> set[str]:
    return set(db.scalars(select(AudienceMember.address).where(AudienceMember.part == part)))


def test_a_test_its_winner_failures_and_those_added(
    database: Database, db: Session, settings: Settings, sink: Sink
) -> None:
    began = utc_now() - 2 * HOUR
    office = office_with(db, began, PEOPLE)
    until = (utc_now() + timedelta(days=9)).date()
    signed(office, SendingTerms(TrialTerms(share=50, hours=1), holdout=10, added_until=until), began)
    made, mai = office.made, office.account("mai")
    life.start(db, made, mai, began)
    db.commit()

    lanes(database, settings, made, db)
    sample = addresses(db, MemberPart.SAMPLE)
    held_out = addresses(db, MemberPart.HELD_OUT)
    assert {one.recipient for one in sink.accepted} == sample
    said = subjects(sink)
    assert len(set(said.values())) == 2

    _all_open_b(db)
    trials.go_on(db, utc_now())
    trial = db.scalars(select(Trial)).one()
    assert trial.winner == "b"
    sweep.sweep(db, utc_now())
    # three mailboxes are full for now, one address does not exist
    rest = sorted(addresses(db, MemberPart.REST))
    words = dict.fromkeys(rest[:3], "552 5.2.2 mailbox full") | {rest[3]: "550 5.1.1 no such user"}
    sink.faults = lambda phase, to: words.get(to) if phase == "rcpt" else None
    lanes(database, settings, made, db)
    sweep.sweep(db, utc_now())
    life.finish_done(db, utc_now())
    assert made.state is CampaignState.FINISHED
    winner = next(iter({said[to] for to in sample} - {_subject_of(db, "a")}))
    late = subjects(sink)
    assert {late[to] for to in rest[4:]} == {winner}

    words.clear()
    assert life.retry(db, made, mai, utc_now()) == 3
    assert made.state is CampaignState.RUNNING
    joined = {make_contact(db, office.sender, PEOPLE + number, utc_now()).email for number in range(12)}
    extra = adding.send(db, made, mai, utc_now()).mailing
    assert extra is not None
    db.commit()
    lanes(database, settings, made, db)

    got = Counter(one.recipient for one in sink.accepted)
    assert set(got.values()) == {1}
    new_held_out = addresses(db, MemberPart.HELD_OUT) - held_out
    everybody = {contact.email for contact in office.contacts} | joined
    assert set(got) == everybody - held_out - new_held_out - {rest[3]}
    assert {subjects(sink)[to] for to in joined - new_held_out} == {winner}


@pytest.mark.parametrize("act", [life.pause, life.cancel])
def test_a_pressed_button_reaches_a_lane_within_two_seconds(
    database: Database, db: Session, settings: Settings, sink: Sink, act: object
) -> None:
    """The server takes five a second, however slow the machine: what it takes afterwards says how long the
    lane went on."""
    office = started(db, utc_now())
    made, mai = office.made, office.account("mai")
    sink.pace = Pace(A_SECOND)
    lane = threading.Thread(target=lanes, args=(database, settings, made, database.session()))
    lane.start()
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while len(sink.accepted) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    act(db, made, mai, utc_now())  # type: ignore[operator]
    db.commit()
    before = len(sink.accepted)
    lane.join(GIVE_UP_SECONDS)
    left = len(sink.accepted)
    # and on every connection the one that was under way, and the one whose time was over already
    assert left - before <= 2 * A_SECOND + 2 * CONNECTIONS
    assert 3 <= left < PEOPLE
    lanes(database, settings, made, db)
    assert len(sink.accepted) == left
    if act is life.pause:
        sink.pace = Pace(0)
        life.resume(db, made, mai, utc_now())
        db.commit()
        lanes(database, settings, made, db)
        assert len(sink.accepted) == PEOPLE
        assert len({one.recipient for one in sink.accepted}) == PEOPLE


def started(db: Session, now: datetime) -> Office:
    office = office_with(db, now, PEOPLE)
    signed(office, SendingTerms(), now)
    life.start(db, office.made, office.account("mai"), now)
    db.commit()
    return office


def _all_open_b(db: Session) -> None:
    opened = (
        select(Delivery.id)
        .join(MessageVariant, MessageVariant.id == Delivery.variant_id)
        .where(Delivery.state == DeliveryState.ACCEPTED, MessageVariant.arm == "b")
    )
    db.add_all(Event(delivery_id=row, kind=EventKind.OPEN, at=utc_now()) for row in db.scalars(opened))
    db.commit()


def _subject_of(db: Session, arm: str) -> str:
    document = db.scalars(select(MessageVariant.document).where(MessageVariant.arm == arm)).one()
    return next(str(block["text"]) for block in document["blocks"] if block["part"] == "subject")
