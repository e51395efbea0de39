"""What pages say once the days of something are over: nothing looks as if it had never been."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import profile
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import (
    Channel,
    Contact,
    Delivery,
    EventKind,
    PrintRun,
    PrintRunState,
    Reply,
    ReplyState,
    Role,
    Suppression,
)
from campaign.segments import to_json
from campaign.segments.rule import Act, Engagement
from campaign.storage import FileStore
from tests.care.retention.clearing import clear, finish
from tests.care.retention.test_engagement import happen
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery, make_segment, make_sender
from tests.report.test_numbers import make_campaign
from tests.web.conftest import SignedIn

DAYS = 1095


@pytest.fixture
def later() -> datetime:
    """The pages have a clock of their own: today is late enough for everything of then."""
    return max(utc_now(), NOW + timedelta(days=DAYS + 2))


@pytest.fixture
def staff(signed_in: SignedIn) -> FlaskClient:
    return signed_in(Role.ADMIN, Role.MARKETER, Role.CARE, language="en")


def everything(database: Database, files: FileStore, later: datetime) -> None:
    for name in ("opens-clicks", "frozen-values", "reply-words", "print-files"):
        assert clear(database, files, name, later, DAYS), name


def a_past(db: Session, files: FileStore) -> dict[str, int]:
    """A campaign by e-mail and letter to one person, who opened, clicked and answered: the numbers of all."""
    campaign, mailing = make_campaign(db)
    finish(mailing)
    contact = make_contact(db, full_name="Đỗ Thị Sen", email="sen@example.com")
    made = files.put("print-runs/1.pdf", b"Sen")
    run = PrintRun(
        mailing_id=mailing.id, state=PrintRunState.POSTED, letters=1, pages=1, pdf_key=made.key,
        pdf_sha256="a" * 64, zip_key="print-runs/1.zip", created_at=NOW, posted_at=NOW,
    )  # fmt: skip
    db.add(run)
    db.flush()
    mail = make_delivery(db, mailing, contact, body_sha256="b" * 64, dated_at=NOW)
    letter = make_delivery(
        db, mailing, contact, channel=Channel.LETTER, print_run_id=run.id, sequence=1, reply_code="TESTCODE"
    )
    for what in (EventKind.OPEN, EventKind.CLICK):
        happen(db, mail, what)
    reply = Reply(
        channel=Channel.EMAIL, delivery_id=mail.id, contact_id=contact.id, state=ReplyState.CLOSED,
        from_address="sen@example.com", subject="Trà", text="Hai hộp", full_text="Hai hộp", received_at=NOW,
    )  # fmt: skip
    make_sender(db)
    segment = make_segment(db, rule=to_json(Engagement(act=Act.OPENED)))
    db.add(reply)
    db.flush()
    return {
        "campaign": campaign.id, "contact": contact.id, "mail": mail.id, "letter": letter.id, "run": run.id,
        "reply": reply.id, "segment": segment.id,
    }  # fmt: skip


def test_every_page_says_what_was_deleted(
    staff: FlaskClient, database: Database, settings: Settings, later: datetime
) -> None:
    files = FileStore(settings.files_dir)
    with database.write() as db:
        past = a_past(db, files)
    said = {
        f"/reports/campaigns/{past['campaign']}": "Opens and clicks are counted until",
        f"/contacts/{past['contact']}/timeline?topic=answers": "Opens and clicks of before",
        f"/segments/{past['segment']}": "Opens and clicks are kept since",
        f"/deliveries/{past['mail']}": "Only the hash of the message is left",
        f"/deliveries/{past['letter']}/letter": "address deleted, its days were over",
        f"/deliveries/campaigns/{past['campaign']}": "address deleted, its days were over",
        f"/letters/{past['run']}": "The files of this run were deleted",
        f"/replies/{past['reply']}": "Its words were deleted",
        "/replies?show=all": "Its words were deleted",
    }
    for address, words in said.items():
        page = staff.get(address)
        assert page.status_code == 200, address
        assert words not in page.text, address
    everything(database, files, later)
    for address, words in said.items():
        page = staff.get(address)
        assert (page.status_code, words in page.text) == (200, True), address
        assert "sen@example.com" not in page.text.replace("mailto:", ""), address
    report = staff.get(f"/reports/campaigns/{past['campaign']}").text
    assert "1 of 1" in report or "1 person" in report
    assert "Hai hộp" not in staff.get(f"/replies/{past['reply']}").text
    assert "cannot be shown" in staff.get(f"/replies/{past['reply']}").text
    for gone in (f"/deliveries/{past['mail']}/mail.html", f"/letters/{past['run']}/letters.pdf"):
        assert staff.get(gone).status_code == 404
    with database.read() as db:
        assert db.get_one(Delivery, past["mail"]).body_sha256 == "b" * 64


def test_who_leaves_by_an_old_mail_does_not_learn_the_address_of_today(
    staff: FlaskClient, client: FlaskClient, database: Database, settings: Settings, later: datetime
) -> None:
    files = FileStore(settings.files_dir)
    with database.write() as db:
        past = a_past(db, files)
        profile.change(
            db, db.get_one(Contact, past["contact"]), {"email": "moi@example.net"}, source="form", now=NOW
        )
    everything(database, files, later)
    signer = Signer(settings.secret_key)
    token = Addresses(signer, settings.base_url, settings.inbound_domain).unsubscribe(past["mail"])
    address = "/u/" + token.rpartition("/")[2]
    for page in (client.get(address), client.post(address, follow_redirects=True)):
        assert page.status_code == 200
        assert "example.net" not in page.text
    with database.read() as db:
        assert db.scalars(select(Suppression.address_key)).all() == ["moi@example.net"]
    # a colleague who carries a wish out sees where nothing goes any more
    done = staff.post(f"/replies/{past['reply']}/unsubscribe", follow_redirects=True)
    assert "Nothing more is sent to moi@example.net" in done.text
