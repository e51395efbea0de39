"""The ledger of a person in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.contacts import consent, erasure
from campaign.contacts.opt_in import confirming
from campaign.db import Database
from campaign.models import Channel, Consent, ConsentPurpose, Contact, Role
from tests.contacts.test_opt_in import ask, make_form
from tests.factories import make_consent, make_contact, make_sender
from tests.web.conftest import SignedIn


def test_each_entry_says_how_and_what_proves_it(signed_in: SignedIn, database: Database) -> None:
    now = utc_now()
    with database.write() as db:
        sender = make_sender(db)
        form = make_form(db, now, sender)
        row = ask(db, form, now, network="a" * 32)
        assert row is not None
        confirming.confirm(db, row, network="b" * 32, now=now)
        contact = db.scalars(select(Contact)).one()
        consent.withdraw(
            db, contact, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING,
            source="delivery 3", now=now, method="one-click",
        )  # fmt: skip
    page = signed_in(Role.CARE).get(f"/contacts/{contact.id}/consents").text
    for words in (
        "xác nhận hai bước", "Mẫu “Web”, bản số 1", "từ một mạng khác", "bbbbbbbbbbbb…",
        "bằng nút của hộp thư", "Đồng ý lúc", "Từ chối lúc", "không được viết", "href=\"http",
    ):  # fmt: skip
        assert words in page, words
    english = signed_in(Role.ADMIN, language="en").get(f"/contacts/{contact.id}/consents").text
    assert "confirmed from their mailbox" in english


def test_what_others_wrote_stays_as_it_is(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        sender, contact = make_sender(db), make_contact(db)
        terms = consent.Terms("<script>alert(1)</script>", method="<b>fax</b>")
        consent.grant(
            db, contact, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, terms,
            source="<i>x</i>", now=utc_now(), evidence={"reference": "<u>A 118</u>"},
        )  # fmt: skip
    page = signed_in(Role.CARE).get(f"/contacts/{contact.id}/consents").text
    assert "&lt;b&gt;fax" in page
    for raw in ("<script>alert", "<b>fax", "<i>x", "<u>A"):
        assert raw not in page


def test_a_paper_form_is_found_again(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        sender, contact = make_sender(db), make_contact(db)
    care: FlaskClient = signed_in(Role.CARE)
    done = care.post(
        f"/contacts/{contact.id}/consents/new",
        data={
            "action": "granted", "sender_id": sender.id, "channel": "email", "purpose": "marketing",
            "wording": "Tôi đồng ý", "method": "paper", "date": "2026-03-01", "reference": "tủ A, phiếu 118",
        },
    )  # fmt: skip
    assert done.status_code == 303
    with database.read() as db:
        assert db.scalars(select(Consent)).one().evidence == {"reference": "tủ A, phiếu 118"}
    assert "tủ A, phiếu 118" in care.get(f"/contacts/{contact.id}/consents").text


def test_an_erased_person_has_a_ledger_and_no_link(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        sender, contact = make_sender(db), make_contact(db)
        make_consent(db, contact, sender)
        erasure.empty(db, contact, utc_now())
    page = signed_in(Role.CARE).get(f"/contacts/{contact.id}/consents").text
    assert "Đồng ý lúc" in page
    assert "/p/" not in page


def test_a_consent_brought_anew_says_when_it_was_given_and_since_when_it_holds(
    signed_in: SignedIn, database: Database
) -> None:
    with database.write() as db:
        lan, sender = make_contact(db, full_name="Lan"), make_sender(db)
        consent.grant(
            db, lan, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, consent.Terms("Tôi đồng ý"),
            source="import:7 tiệc trà: Hương", now=datetime(2026, 1, 5, 3, tzinfo=UTC),
            evidence={"said_at": "2025-09-01T00:00:00+00:00"},
        )  # fmt: skip
    page = signed_in(Role.MARKETER).get(f"/contacts/{lan.id}/consents").text
    assert "Đồng ý lúc 07:00, 1 thg 9 2025" in page
    assert "có hiệu lực từ 10:00, 5 thg 1 2026" in page
    profile = signed_in(Role.CARE).get(f"/contacts/{lan.id}").text
    assert "Đồng ý ngày 1 thg 9, 2025" in profile


def test_a_refusal_of_the_same_person_names_the_other_profile(
    signed_in: SignedIn, database: Database
) -> None:
    home = {"full_name": "Nguyễn Thị Lan", "street": "12 Lê Lợi", "ward": "Bến Nghé", "province": "TP.HCM"}
    with database.write() as db:
        sender, lan = make_sender(db), make_contact(db, code="KH-LAN", **home)
        consent.withdraw(
            db, lan, sender.id, Channel.LETTER, ConsentPurpose.MARKETING, source="phone", now=utc_now()
        )
        twin = make_contact(db, **home | {"full_name": "NGUYEN THI LAN", "street": "Số 12, Lê Lợi"})
    page = signed_in(Role.CARE).get(f"/contacts/{twin.id}/consents").text
    assert "cùng địa chỉ với KH-LAN" in page
