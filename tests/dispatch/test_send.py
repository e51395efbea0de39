"""From a signed message to what the recipient's server got."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import consent
from campaign.db import Database
from campaign.dispatch import send
from campaign.dispatch.lane_report import Stop
from campaign.errors import NotFound
from campaign.lab.sink import Sink
from campaign.links import Purpose, Signer
from campaign.models import (
    AudienceMember,
    AuditEntry,
    Channel,
    ConsentPurpose,
    Contact,
    DeliveryState,
    Link,
    Mailing,
    MailingState,
    Submission,
)
from tests.campaigns.helpers import Office
from tests.dispatch.making import keeping_sink, rows_of, settings_for, start_company, states


@pytest.fixture
def sink() -> Iterator[Sink]:
    with keeping_sink() as server:
        yield server


@pytest.fixture
def settings(sink: Sink, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, sink)


@pytest.fixture
def mailing(db: Session) -> Mailing:
    return start_company(db, 3)


def parsed(body: bytes) -> EmailMessage:
    message = email.message_from_bytes(body, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_mail_carries_what_it_must(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 3}
    signer = Signer(settings.secret_key)
    assert sink.bodies
    rows = {row.address: row for row in rows_of(db, mailing)}
    assert {taken.recipient for taken in sink.accepted} == set(rows)
    for taken, body in zip(sink.accepted, sink.bodies, strict=True):  # connections answer in any order
        message = parsed(body)
        row = rows[taken.recipient]
        assert message["Message-ID"] == f"<{row.message_id_header}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        url = message["List-Unsubscribe"].split(",")[0].strip("<>")
        assert signer.read_link(Purpose.UNSUBSCRIBE, url.rpartition("/")[2]) == (row.id,)
        bounce = re.fullmatch(r"bounce\+([a-z2-7]+)@reply\.example\.com", taken.sender)
        reply = re.fullmatch(r"reply\+([a-z2-7]+)@reply\.example\.com", message["Reply-To"])
        assert bounce
        assert reply
        assert signer.read_address(Purpose.BOUNCE, bounce[1]) == (row.id,)
        assert signer.read_address(Purpose.REPLY, reply[1]) == (row.id,)
        html = message.get_body(("html",))
        assert html is not None
        pixel = re.search(r"/o/([\w-]+)\.gif", html.get_content())
        assert pixel
        assert signer.read_link(Purpose.OPEN, pixel[1]) == (row.id,)
        links = set(db.scalars(select(Link.id).where(Link.message_id == mailing.message_id)))
        clicks = {
            signer.read_link(Purpose.CLICK, token) for token in re.findall(r"/c/([\w-]+)", html.get_content())
        }
        assert clicks
        assert clicks <= {(row.id, link) for link in links}
        db.commit()


def test_a_second_lane_makes_no_second_link(
    database: Database, db: Session, settings: Settings, mailing: Mailing
) -> None:
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    before = db.scalars(select(Link.id)).all()
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert db.scalars(select(Link.id)).all() == before


def test_consent_withdrawn_after_the_sign_off_counts(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    contact = db.get_one(Contact, 2)
    consent.withdraw(
        db, contact, db.get_one(Submission, mailing.submission_id).content["sender"]["id"], Channel.EMAIL,
        ConsentPurpose.MARKETING, source="phone", now=utc_now(),
    )  # fmt: skip
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert [row.reason for row in rows_of(db, mailing)] == ["", "no_consent", ""]
    assert contact.email not in [taken.recipient for taken in sink.accepted]


def test_a_missing_value_stops_one_letter_and_no_other(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    member = db.scalars(select(AudienceMember).where(AudienceMember.contact_id == 2)).one()
    member.values = {"contact": {}}
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    rows = rows_of(db, mailing)
    assert [row.state for row in rows] == [
        DeliveryState.ACCEPTED,
        DeliveryState.REJECTED,
        DeliveryState.ACCEPTED,
    ]
    assert rows[1].reason == "render"


def test_content_that_is_not_what_was_signed_goes_nowhere(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    submission = db.get_one(Submission, mailing.submission_id)
    submission.content = submission.content | {"kind": "transactional"}
    db.commit()
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert report.stop is Stop.NOT_RUNNING
    assert "not the one that was signed" in report.detail
    assert sink.accepted == []
    db.refresh(mailing)
    assert mailing.state is MailingState.PAUSED
    assert "mailing.unsendable" in db.scalars(select(AuditEntry.action)).all()


def test_a_mailing_that_is_not_there(database: Database, settings: Settings) -> None:
    with pytest.raises(NotFound, match="no mailing 99"):
        send.run_email_lane(database, settings, 99, clock=utc_now)


def test_a_lane_leaves_a_mailing_of_letters_alone(
    database: Database, db: Session, sink: Sink, settings: Settings
) -> None:
    """A campaign by post alone has no layout for e-mail: that is no fault, and nothing to stop it for."""
    now = utc_now()
    office = Office(db, now)
    office.campaign(now, channels="letter")
    submission = life.submit(db, office.made, office.account("mai"), now)
    life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
    mailing = life.start(db, office.made, office.account("mai"), now)
    db.commit()
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert (report.stop, report.detail) == (Stop.DRAINED, "")
    assert sink.accepted == []
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING
    assert "mailing.unsendable" not in db.scalars(select(AuditEntry.action)).all()
