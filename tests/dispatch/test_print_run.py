"""Print runs: everything in one hand-off, nothing twice, nothing lost when the maker dies."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.compose import document
from campaign.contacts import holds, profile, suppression
from campaign.db import Database
from campaign.dispatch import moves, print_run
from campaign.dispatch.print_letters import Press
from campaign.dispatch.reply_code import is_whole
from campaign.errors import IntegrityError, Refused
from campaign.links import Addresses, Signer
from campaign.models import (
    AudienceMember,
    AuditEntry,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    HoldReason,
    Mailing,
    MailingState,
    Message,
    PrintRun,
    PrintRunState,
    Submission,
    SuppressionReason,
)
from campaign.render import content as contents
from campaign.storage import FileStore
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery, make_mailing, make_message
from tests.render.letters import COPY


@pytest.fixture
def press(database: Database, tmp_path: Path) -> Press:
    addresses = Addresses(Signer(b"k" * 32), "https://trasen.example", "reply.example.com")
    return Press(database, FileStore(tmp_path / "files"), addresses, lambda: NOW)


def _mailing(db: Session, names: list[str], **parts: Any) -> Mailing:
    message = make_message(db, letter_layout="business")
    blocks = [{"id": part, "part": part, "text": text} for part, text in {**COPY, **parts}.items()]
    message.variants[0].document = {"schema": 1, "blocks": blocks}
    document.from_json(message.variants[0].document)
    db.flush()
    return _letters(db, make_mailing(db, message), message, names)


def _letters(db: Session, mailing: Mailing, message: Message, names: list[str]) -> Mailing:
    content = contents.from_message(message)
    contents.keep_layouts(db, content, NOW)
    db.get_one(Submission, mailing.submission_id).content = content.to_json()
    for name in names:
        contact = make_contact(db, full_name=name)
        queued = make_delivery(
            db, mailing, contact, channel=Channel.LETTER, state=DeliveryState.QUEUED, settled_at=None,
            address_key=contact.letter_key,
        )  # fmt: skip
        given = name.rpartition(" ")[2]
        member = db.get_one(AudienceMember, queued.audience_member_id)
        member.values = {"contact": {"given_name": given} if given != "Thiếu" else {}}
    db.commit()
    return mailing


def _states(db: Session) -> list[str]:
    db.expire_all()
    found = [row.state.value for row in db.scalars(select(Delivery).order_by(Delivery.id))]
    db.commit()  # on SQLite a session that only looked holds the writers' lock as well
    return found


def test_one_run_holds_all_queued_letters(db: Session, press: Press) -> None:
    mailing = _mailing(db, ["Trần Lan", "Lê Ngọc Ánh", "=SUM(A1) Minh"])
    (run_id,) = print_run.make(press, mailing.id)
    run = db.get_one(PrintRun, run_id)
    assert (run.letters, run.pages, run.state) == (3, 3, PrintRunState.MADE)
    assert _states(db) == ["in_print"] * 3
    rows = db.scalars(select(Delivery).order_by(Delivery.id)).all()
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert all(is_whole(row.reply_code or "") for row in rows)
    assert len({row.reply_code for row in rows}) == 3
    with zipfile.ZipFile(io.BytesIO(press.files.get(run.zip_key))) as archive:
        names = archive.namelist()
        pdf = archive.read(names[0])
        listed = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        ticket = json.loads(archive.read("job-ticket.json"))
        page = archive.read("job-ticket.txt").decode()
    assert pdf == press.files.get(run.pdf_key)
    assert ticket["pdf_sha256"] == run.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert ticket["letters"] == ticket["sheets"] == 3
    assert "Số thư:      3" in page
    assert [row["letter_id"] for row in listed] == [str(row.id) for row in rows]
    assert [row["sha256"] for row in listed] == [row.body_sha256 for row in rows]
    assert listed[1]["address_1"] == "Lê Ngọc Ánh"
    assert listed[2]["address_1"].startswith("'=SUM")
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = [opened[index].get_textpage().get_text_range() for index in range(3)]
    for text, listed_row, name in zip(texts, listed, ["Lan", "Ánh", "Minh"], strict=True):
        assert listed_row["reply_code"] in text
        assert f"Kính gửi chị {name}," in text


def test_a_second_ring_makes_nothing(db: Session, press: Press) -> None:
    mailing = _mailing(db, ["Trần Lan"])
    assert len(print_run.make(press, mailing.id)) == 1
    assert print_run.make(press, mailing.id) == []


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED, MailingState.PLANNED])
def test_only_running_mailings_are_printed(db: Session, press: Press, state: MailingState) -> None:
    mailing = _mailing(db, ["Trần Lan"])
    mailing.state = state
    db.commit()
    assert print_run.make(press, mailing.id) == []
    assert print_run.make(press, mailing.id + 1) == []
    assert _states(db) == ["queued"]


def test_a_hold_is_read_again(db: Session, press: Press) -> None:
    mailing = _mailing(db, ["Trần Lan", "Lê Ánh"])
    first = db.scalars(select(Delivery).order_by(Delivery.id)).first()
    assert first
    holds.place(db, db.get_one(Contact, first.contact_id), HoldReason.BEREAVEMENT, now=NOW)
    db.commit()
    print_run.make(press, mailing.id)
    assert _states(db) == ["suppressed", "in_print"]


@pytest.mark.parametrize("moved", [{"street": "", "ward": ""}, {"street": "9 Hàng Bè"}])
@pytest.mark.parametrize("reason", [SuppressionReason.REQUESTED, SuppressionReason.RETURNED])
def test_a_letter_goes_to_no_closed_home_that_its_person_has_left(
    db: Session, press: Press, moved: dict[str, str], reason: SuppressionReason
) -> None:
    """The row was frozen with an address that the profile has no longer."""
    mailing = _mailing(db, ["Trần Lan", "Lê Ánh", "Vũ Hoa"])
    lan, anh, _ = db.scalars(select(Contact).order_by(Contact.id))
    suppression.suppress(db, Channel.LETTER, lan.letter_key, reason, source="phone", now=NOW)
    anh_before = anh.letter_key
    for contact in (lan, anh):
        profile.change(db, contact, moved, source="by hand", now=NOW)
    # closed once its person was gone, by the key of a delivery
    suppression.suppress(db, Channel.LETTER, anh_before, reason, source="delivery 2", now=NOW)
    db.commit()
    print_run.make(press, mailing.id)
    assert _states(db) == ["suppressed", "suppressed", "in_print"]
    assert set(db.scalars(select(Delivery.reason))) == {"suppressed", ""}


def test_a_letter_that_cannot_be_made_stops_only_itself(db: Session, press: Press) -> None:
    mailing = _mailing(db, ["Chị Thiếu", "Trần Lan", "Lê 😀"])
    (run_id,) = print_run.make(press, mailing.id)
    assert _states(db) == ["rejected", "in_print", "rejected"]
    rows = db.scalars(select(Delivery).order_by(Delivery.id)).all()
    assert [row.reason for row in rows] == ["render", "", "render"]
    assert "given_name" in rows[0].smtp_reply
    assert db.get_one(PrintRun, run_id).letters == 1


def test_a_death_while_typesetting_leaves_the_letters_to_the_sweeper(
    db: Session, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing_id = _mailing(db, ["Trần Lan"]).id

    def die(*_: object, **__: object) -> None:
        raise SystemExit(9)

    monkeypatch.setattr(print_run, "make_pdf", die)
    with monkeypatch.context() as killed:
        killed.setattr(moves, "release", lambda *_: 0)  # a killed process releases nothing
        with pytest.raises(SystemExit):
            print_run.make(press, mailing_id)
    assert _states(db) == ["claimed"]
    with press.database.write() as swept:
        assert moves.requeue_letters(swept, NOW + timedelta(minutes=2)) == 1
    monkeypatch.undo()
    assert len(print_run.make(press, mailing_id)) == 1
    assert _states(db) == ["in_print"]


def test_an_error_gives_the_letters_back_at_once(
    db: Session, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = _mailing(db, ["Trần Lan"])

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(press.files.__class__, "put", fail)
    with pytest.raises(OSError, match="disk full"):
        print_run.make(press, mailing.id)
    assert _states(db) == ["queued"]
    assert db.scalars(select(PrintRun)).all() == []


def test_a_run_that_lost_its_letters_does_not_exist(db: Session, press: Press) -> None:
    """The lease ran out while the run was made: another may print them, so this one must not."""
    mailing = _mailing(db, ["Trần Lan"])

    class Slow(FileStore):
        def put(self, key: str, content: bytes) -> Any:
            with press.database.write() as swept:
                moves.requeue_letters(swept, NOW + timedelta(minutes=2))
            return super().put(key, content)

    slow = replace(press, files=Slow(press.files.path(".")))
    with pytest.raises(IntegrityError):
        print_run.make(slow, mailing.id)
    assert _states(db) == ["queued"]
    assert db.scalars(select(PrintRun)).all() == []


def test_printed_and_posted_are_recorded_once(db: Session, press: Press) -> None:
    mailing = _mailing(db, ["Trần Lan", "Lê Ánh"])
    (run_id,) = print_run.make(press, mailing.id)
    run, clerk = db.get_one(PrintRun, run_id), make_account(db)
    print_run.mark_printed(db, run, clerk, NOW)
    with pytest.raises(Refused):
        print_run.mark_printed(db, run, clerk, NOW)
    assert print_run.mark_posted(db, run, clerk, NOW) == 2
    with pytest.raises(Refused):
        print_run.mark_posted(db, run, clerk, NOW)
    db.commit()
    assert _states(db) == ["accepted"] * 2
    assert run.posted_at == NOW
    acts = db.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [act for act in acts if act.startswith("print_run")] == [
        "print_run.made",
        "print_run.printed",
        "print_run.posted",
    ]
