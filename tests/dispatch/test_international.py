"""Senders and recipients whose addresses are not ASCII."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval import notices
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, send
from campaign.dispatch.dkim import keys
from campaign.dispatch.notices import compose
from campaign.dispatch.rebuild import Verdict, rebuild
from campaign.dispatch.transports import channel
from campaign.lab import bench_company
from campaign.lab.sink import Sink
from campaign.models import Account, Contact, DkimAlgorithm, Mailing, Notice, NoticeKind, Submission
from campaign.models import DeliveryState as State
from tests.dispatch.making import keeping_sink, rows_of, settings_for, states


@pytest.fixture
def sink() -> Iterator[Sink]:
    with keeping_sink() as server:
        yield server


@pytest.fixture
def settings(sink: Sink, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, sink)


def started(db: Session, *, sender: str = "thu@example.com", address: str = "") -> Mailing:
    """One message from `sender` to three people, the first of them at `address`."""
    message = bench_company.make_message(db, 3, utc_now())
    message.sender.from_email = sender
    if address:
        first = db.get_one(Contact, 1)
        first.email = first.email_key = address
    db.flush()
    mailing = bench_company.make_mailing(db, message, utc_now())
    control.start(db, mailing, utc_now())
    db.commit()
    return mailing


def test_a_domain_outside_ascii_writes_and_signs_as_its_name_stands_in_the_dns(
    database: Database, db: Session, settings: Settings, sink: Sink
) -> None:
    mailing = started(db, sender="thu@trà.example")
    key = keys.new(db, None, "trà.example", DkimAlgorithm.ED25519, settings.secret_key, utc_now())
    keys.activate(db, None, key, lambda _name: [keys.record(key)], utc_now())
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {State.ACCEPTED: 3}
    assert sink.bodies
    for body in sink.bodies:
        head = email.message_from_bytes(body, policy=policy.default)
        assert "<thu@xn--tr-kia.example>" in head["From"]
        assert head["Message-ID"].endswith("@xn--tr-kia.example>")
        assert "d=xn--tr-kia.example;" in head["DKIM-Signature"]


def test_a_person_outside_ascii_is_written_to_where_the_server_can(
    database: Database, db: Session, settings: Settings, sink: Sink
) -> None:
    """RFC 6531 and 6532: the address as it is, in the envelope and in the header."""
    mailing = started(db, address="nguyễn@thư.example")
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {State.ACCEPTED: 3}
    first = rows_of(db, mailing)[0]
    assert "nguyễn@xn--th-e0a.example".encode() in b"".join(sink.bodies or [])
    assert "nguyễn@xn--th-e0a.example" in {taken.recipient for taken in sink.accepted}
    assert rebuild(db, settings, first).verdict is Verdict.EXACT


def test_a_person_outside_ascii_is_turned_away_where_the_server_cannot(
    database: Database, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = channel._offers
    monkeypatch.setattr(channel, "_offers", lambda smtp: replace(real(smtp), smtputf8=False))
    mailing = started(db, address="nguyễn@thư.example")
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {State.REJECTED: 1, State.ACCEPTED: 2}
    assert rows_of(db, mailing)[0].smtp_code == 553


@pytest.mark.parametrize(
    ("address", "written"),
    [("bench@trà.example", "bench@xn--tr-kia.example"), ("nguyễn@example.com", "nguyễn@example.com")],
)
def test_a_notice_of_such_a_sender_reaches_such_a_colleague(
    db: Session, settings: Settings, address: str, written: str
) -> None:
    mailing = started(db, sender="thu@trà.example")
    submission = db.get_one(Submission, mailing.submission_id)
    colleague = db.get_one(Account, mailing.created_by)
    colleague.email = address
    notices.tell(db, NoticeKind.MISSED, submission, [colleague.id], utc_now())
    mail = compose(db, settings, db.scalars(select(Notice)).one(), utc_now())
    assert mail is not None
    assert mail.envelope == ("thu@xn--tr-kia.example", written)
    head = email.message_from_bytes(mail.body, policy=policy.default)
    assert written in head["To"]
    assert head["Message-ID"].endswith("@xn--tr-kia.example>")
