"""What exactly did she receive: sent through a real lane, made again, held against what the sink got."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import dkim
import pytest
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import erasure as profiles
from campaign.db import Database
from campaign.dispatch import moves, send
from campaign.dispatch.dkim import keys
from campaign.dispatch.rebuild import Verdict, rebuild
from campaign.inbound.matching import token_of
from campaign.lab.sink import Sink
from campaign.links import Purpose, Signer
from campaign.models import AudienceMember, Channel, Contact, DeliveryState, DkimAlgorithm, Mailing
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
    return start_company(db, 20)


def sent(database: Database, settings: Settings, mailing: Mailing, sink: Sink) -> dict[str, bytes]:
    """What the sink got, by Message-ID."""
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert sink.bodies is not None
    return {str(message_from_bytes(raw)["Message-ID"]).strip("<>"): raw for raw in sink.bodies}


def test_every_delivery_is_made_again_byte_for_byte(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    got = sent(database, settings, mailing, sink)
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 20}
    for row in rows_of(db, mailing):
        found = rebuild(db, settings, row)
        assert found.verdict is Verdict.EXACT
        assert found.data == got[row.message_id_header]
        assert found.sha256 == row.body_sha256 == hashlib.sha256(found.data).hexdigest()


def test_a_signed_one_is_made_again_up_to_its_signatures(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    records: dict[str, list[str]] = {}
    for algorithm in DkimAlgorithm:
        key = keys.new(db, None, "example.com", algorithm, settings.secret_key, utc_now())
        records[keys.record_name(key)] = [keys.record(key)]
        keys.activate(db, None, key, lambda name: records[name], utc_now())
    db.commit()
    got = sent(database, settings, mailing, sink)
    assert len(got) == 20
    for row in rows_of(db, mailing):
        raw = got[row.message_id_header]
        for number in range(2):
            zone = lambda name, timeout=5: records[name.decode().rstrip(".")][0].encode()  # noqa: E731
            assert dkim.DKIM(raw).verify(number, zone)
        found = rebuild(db, settings, row)
        assert found.verdict is Verdict.EXACT
        assert found.data is not None
        assert raw.startswith(b"DKIM-Signature:")
        assert raw.endswith(b"\r\n" + found.data)


def test_what_was_changed_since_is_not_called_the_same(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    sent(database, settings, mailing, sink)
    row = rows_of(db, mailing)[0]
    moved = replace(settings, base_url="https://elsewhere.example")
    assert rebuild(db, moved, row).verdict is Verdict.DIFFERS
    member = db.get_one(AudienceMember, row.audience_member_id)
    member.values = {"contact": member.values["contact"] | {"full_name": "Somebody Else"}}
    db.flush()
    assert rebuild(db, settings, row).verdict is Verdict.DIFFERS
    member.values = {"contact": {}}
    db.flush()
    assert rebuild(db, settings, row).verdict is Verdict.LOST


def test_after_an_erasure_the_hash_is_left(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    sent(database, settings, mailing, sink)
    before = rows_of(db, mailing)[0]
    sha256, message_id = before.body_sha256, before.message_id_header
    assert rebuild(db, settings, before).verdict is Verdict.EXACT
    profiles.empty(db, db.get_one(Contact, before.contact_id), utc_now())
    assert moves.erase(db, before.contact_id, utc_now()) == 1
    db.commit()
    row, other = rows_of(db, mailing)[:2]
    found = rebuild(db, settings, row)
    assert (found.verdict, found.data, found.sha256) == (Verdict.ERASED, None, sha256)
    assert (row.message_id_header, row.state) == (message_id, DeliveryState.ACCEPTED)
    assert (row.address, row.smtp_reply) == ("", "")
    member = db.get_one(AudienceMember, row.audience_member_id, populate_existing=True)
    assert (member.values, member.address) == ({}, "")
    assert member.address_key == row.address_key == f"erased:{row.contact_id}"
    assert rebuild(db, settings, other).verdict is Verdict.EXACT, "nobody else's rows are touched"


def test_nothing_is_shown_of_what_was_never_made(db: Session, settings: Settings, mailing: Mailing) -> None:
    row = rows_of(db, mailing)[0]
    assert rebuild(db, settings, row).verdict is Verdict.UNSENT
    row.channel = Channel.LETTER
    assert rebuild(db, settings, row).verdict is Verdict.LETTER
    db.rollback()


def test_a_mail_program_may_leave_by_address_or_by_click(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    got = sent(database, settings, mailing, sink)
    signer = Signer(settings.secret_key)
    for row in rows_of(db, mailing)[:3]:
        mail = message_from_bytes(got[row.message_id_header], policy=policy.default)
        click, address = str(mail["List-Unsubscribe"]).split(", ")
        assert signer.read_link(Purpose.UNSUBSCRIBE, click.strip("<>").rpartition("/")[2]) == (row.id,)
        box = address.strip("<>").removeprefix("mailto:").removesuffix("?subject=unsubscribe")
        assert token_of(signer, box) == (Purpose.UNSUBSCRIBE, row.id)
        kind, sender = str(mail["Feedback-ID"]).split(":")[2:]
        assert kind == "marketing"
        assert 5 <= len(sender) <= 15
        assert mail["Date"].datetime == row.dated_at
        assert "Auto-Submitted" not in mail
