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

from campaign import config
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, send
from campaign.dispatch.dkim import keys
from campaign.dispatch.rebuild import Verdict, rebuild
from campaign.inbound.matching import token_of
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.links import Purpose, Signer
from campaign.models import AudienceMember, Channel, Contact, DeliveryState, DkimAlgorithm, Mailing
from tests.dispatch.making import rows_of, states


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        server.bodies = []
        yield server


@pytest.fixture
def settings(sink: Sink, tmp_path: Path) -> Settings:
    return config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "SMTP_URL": f"smtp://127.0.0.1:{sink.port}"})


@pytest.fixture
def mailing(db: Session) -> Mailing:
    made = make_company(db, 20, utc_now())
    control.start(db, made, utc_now())
    db.commit()
    return made


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
    row = rows_of(db, mailing)[0]
    db.get_one(Contact, row.contact_id).erased_at = utc_now()
    db.flush()
    found = rebuild(db, settings, row)
    assert (found.verdict, found.data, found.sha256) == (Verdict.ERASED, None, row.body_sha256)


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
