"""The customer card as the roles meet it: five parts, time line, forms, what is for care alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from campaign.care import erasure
from campaign.clock import utc_now
from campaign.contacts import consent, deceased, holds, notes, preferences, profile
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    ContactFact,
    ContactNote,
    Event,
    EventKind,
    Hold,
    HoldReason,
    LeavingReason,
    RelationshipLevel,
    Role,
)
from campaign.report import worth_terms
from campaign.segments.exam import settings as exam_settings
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_delivery,
    make_mailing,
    make_order,
    make_organisation,
    make_sender,
)
from tests.web.conftest import SignedIn


def somebody(database: Database, **facts: object) -> int:
    with database.write() as db:
        return make_contact(db, utc_now() - timedelta(days=50), **facts).id


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_card_answers_in_both_languages(database: Database, signed_in: SignedIn, language: str) -> None:
    now = utc_now()
    with database.write() as db:
        empty = make_contact(db, email="", phone="", street="", ward="", province="")
        house = make_organisation(db, traits={"size": "vừa"}, founded_on="1999-05-01")
        full = make_contact(
            db, organisation_id=house.id, birth_year=1970, relationship_level="proactive",
            leaving_reason="no_need", leaving_note="x", traits={"interests": "trà", "income": "cao"},
        )  # fmt: skip
        for currency in ("VND", "USD"):
            make_order(db, full, currency=currency, ordered_on=now.date() - timedelta(days=3), cost=100)
        mail = make_delivery(db, contact=full)
        for kind in EventKind:
            if kind is not EventKind.REPLY:
                db.add(Event(delivery_id=mail.id, kind=kind, at=now, machine=kind is EventKind.OPEN))
        notes.add(db, full, "Gọi sau 17 giờ", now=now)
        dead = make_contact(db, birth_year=1950)
        deceased.record(db, dead, died_on=now.date() - timedelta(days=9), source="gọi", now=now)
        ids = [empty.id, house.id, full.id, dead.id]
    browser = signed_in(*Role, language=language)
    for contact_id in ids:
        for path in ("", "/timeline", "/edit", "/history", "/satisfaction", "/leaving"):
            assert browser.get(f"/contacts/{contact_id}{path}").status_code == 200, path
    for path in ("/contacts/new", "/customer-worth", f"/contacts/{full.id}/deceased"):
        assert browser.get(path).status_code == 200, path


def test_the_card_shows_what_is_known_and_says_what_is_not(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database, traits={"interests": "trà đạo"})
    with database.write() as db:
        contact = db.get_one(Contact, contact_id)
        make_order(db, contact, amount=1_000_000, ordered_on=utc_now().date() - timedelta(days=10))
        profile.change(db, contact, {"phone": "0901234567"}, source="khách gọi", now=utc_now())
        profile.change(db, contact, {"phone": "0907654321"}, source="form", now=utc_now())
    page = signed_in(Role.CARE).get(f"/contacts/{contact_id}").text
    for words in ("trà đạo", "1.000.000", "Chưa biết", "khách gọi", "<del>0901234567</del>", "0907654321"):
        assert words in page, words
    with database.write() as db:
        db.get_one(Contact, contact_id)
        terms = worth_terms.Terms(*[None] * 3, email_cost=10, letter_cost=9_000)
        worth_terms.keep(db, terms, None, utc_now())
    admin = signed_in(Role.ADMIN)
    form = {"email_cost": "15", "letter_cost": "9.500", "margin_percent": "40", "retention_percent": "75,5"}
    assert admin.post("/customer-worth", data=form | {"discount_percent": "12"}).status_code == 303
    page = admin.get(f"/contacts/{contact_id}").text
    assert "400.000" in page
    assert "Gupta" in page
    # 0.755 / (1.12 - 0.755) of 400.000
    assert "827.397" in page


def test_the_setting_takes_numbers_that_make_sense_only(database: Database, signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    good = {"email_cost": "", "letter_cost": "9500", "margin_percent": "12,5"}
    for wrong in (
        {"letter_cost": "-1"}, {"letter_cost": "9,5"}, {"margin_percent": "101"}, {"margin_percent": "nhiều"},
        {"retention_percent": "100", "discount_percent": "0"},
    ):  # fmt: skip
        assert admin.post("/customer-worth", data=good | wrong).status_code == 422, wrong
    assert admin.post("/customer-worth", data=good).status_code == 303
    with database.read() as db:
        assert exam_settings.read(db).letter_cost == 9_500
        assert str(worth_terms.read(db).margin_percent) == "12.5"
    assert 'value="9500"' in admin.get("/customer-worth").text


def test_forms_write_with_their_source(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database)
    care, base = signed_in(Role.CARE), f"/contacts/{contact_id}"
    answer = {"score": "4", "scale": "1-5", "asked_on": "2026-03-01", "source": "phiếu hỏi"}
    for wrong in ({"score": "9"}, {"source": ""}, {"asked_on": "2999-01-01"}, {"scale": "1-99"}):
        assert care.post(f"{base}/satisfaction", data=answer | wrong).status_code == 422, wrong
    refused = care.post(f"{base}/satisfaction", data=answer | {"score": "9"})
    assert "từ 1 đến 5" in refused.text
    assert 'value="phiếu hỏi"' in refused.text
    assert care.post(f"{base}/satisfaction", data=answer).status_code == 303
    assert care.post(f"{base}/level", data={"level": "accountable"}).status_code == 303
    assert care.post(f"{base}/leaving", data={"reason": ""}).status_code == 422
    left = {"reason": "price", "note": "đắt quá", "left_on": "2026-02-01", "source": "gọi"}
    assert care.post(f"{base}/leaving", data=left).status_code == 303
    page = care.get(base).text
    for words in ("4 trên thang 1 đến 5", "Trách nhiệm", "Giá cao", "đắt quá", "phiếu hỏi"):
        assert words in page, words
    care.post(f"{base}/leaving/back")
    with database.read() as db:
        contact = db.get_one(Contact, contact_id)
        assert contact.leaving_reason is LeavingReason.UNKNOWN
        assert contact.relationship_level is RelationshipLevel.ACCOUNTABLE
        assert contact.satisfaction == 75
        sources = select(ContactFact.source).where(ContactFact.field == "satisfaction")
        assert db.scalars(sources).all() == ["phiếu hỏi"]


def test_a_customer_is_handed_over(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database)
    with database.write() as db:
        first, second = (make_account(db, Role.CARE, name=name).id for name in ("Lan Một", "Lan Hai"))
    care, base = signed_in(Role.CARE), f"/contacts/{contact_id}"
    for owner in (first, second):
        assert care.post(f"{base}/charge", data={"owner_id": owner}).status_code == 303
    page = care.get(base).text
    assert "<strong>Lan Hai</strong>" in page
    assert "Lan Một" in page
    assert care.post(f"{base}/charge", data={"owner_id": "9999"}).status_code == 409
    care.post(f"{base}/charge", data={"owner_id": ""})
    with database.read() as db:
        assert db.get_one(Contact, contact_id).owner_id is None


def test_traits_are_edited_on_the_form(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database, traits={"hopes": "mở lớp trà"})
    care, base = signed_in(Role.CARE), f"/contacts/{contact_id}"
    assert 'value="mở lớp trà"' in care.get(f"{base}/edit").text
    given = {"full_name": "Lê Thị Sen", "trait.interests": "cây cảnh"}
    assert care.post(f"{base}/edit", data=given).status_code == 303
    assert care.post(f"{base}/edit", data=given | {"trait.secret": "x"}).status_code == 422
    with database.read() as db:
        assert db.get_one(Contact, contact_id).traits == {"hopes": "mở lớp trà", "interests": "cây cảnh"}


def test_notes_are_for_care_and_administrators(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database, note="Con gái tên Quỳnh")
    care, base = signed_in(Role.CARE), f"/contacts/{contact_id}"
    assert care.post(f"{base}/notes", data={"text": " "}).status_code == 409
    assert care.post(f"{base}/notes", data={"text": "Đang ốm, gọi hỏi thăm"}).status_code == 303
    with database.read() as db:
        assert db.scalars(select(ContactNote.text)).all() == ["Đang ốm, gọi hỏi thăm"]
    paths = (base, f"{base}/timeline", f"{base}/history", f"{base}/timeline?topic=notes")
    seen = "".join(care.get(path).text for path in paths)
    assert "Đang ốm" in seen
    assert "Quỳnh" in seen
    marketer = signed_in(Role.MARKETER)
    seen = "".join(marketer.get(path).text for path in paths)
    assert "Đang ốm" not in seen
    assert "Quỳnh" not in seen


def test_who_may_do_what(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database)
    base = f"/contacts/{contact_id}"
    marketer, reviewer = signed_in(Role.MARKETER), signed_in(Role.REVIEWER)
    assert marketer.get(base).status_code == 200
    assert marketer.get(f"{base}/timeline").status_code == 200
    assert reviewer.get(base).status_code == reviewer.get(f"{base}/timeline").status_code == 403
    for path in ("satisfaction", "leaving", "deceased"):
        assert marketer.get(f"{base}/{path}").status_code == 403
        assert f"{base}/{path}" not in marketer.get(base).text
    posts = (
        "satisfaction", "leaving", "leaving/back", "level", "charge", "notes", "deceased", "deceased/mistake",
    )  # fmt: skip
    for path in posts:
        for browser in (marketer, reviewer):
            assert browser.post(f"{base}/{path}", data={"text": "x", "source": "x"}).status_code == 403, path
    for browser in (marketer, reviewer, signed_in(Role.CARE)):
        assert browser.get("/customer-worth").status_code == 403


def test_a_death_is_recorded_and_a_mistake_taken_back(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database, full_name="Lê Văn Sơn", phone="0912345987")
    kin_id = somebody(database, full_name="Trần Thị Bé", phone="0912 345 987")
    with database.write() as db:
        make_sender(db)
    care, base = signed_in(Role.CARE), f"/contacts/{contact_id}"
    form = care.get(f"{base}/deceased").text
    assert "Trần Thị Bé" in form
    assert f'value="{kin_id}" checked' in form
    refused = care.post(f"{base}/deceased", data={"source": "", "died_on": "2026-02-02"})
    assert refused.status_code == 422
    assert 'value="2026-02-02"' in refused.text
    assert f'value="{kin_id}" checked' not in refused.text
    given = {"source": "con gái gọi", "died_on": "2026-02-02", "resting": str(kin_id)}
    assert care.post(f"{base}/deceased", data=given).status_code == 303
    assert care.post(f"{base}/deceased", data=given).status_code == 422
    page = care.get(base).text
    assert "Khách đã mất ngày 2 thg 2, 2026" in page
    assert "khách đã mất" in page
    with database.read() as db:
        assert db.scalars(select(Hold.contact_id)).all() == [kin_id]
    assert care.post(f"{base}/deceased/mistake", data={"reason": ""}).status_code == 409
    assert care.post(f"{base}/deceased/mistake", data={"reason": "trùng tên"}).status_code == 303
    assert "Khách đã mất ngày" not in care.get(base).text.split("between")[0]
    with database.write() as db:
        house_id = make_organisation(db).id
    assert care.get(f"/contacts/{house_id}/deceased").status_code == 409


def test_the_time_line_turns_its_pages(database: Database, signed_in: SignedIn) -> None:
    contact_id = somebody(database)
    with database.write() as db:
        contact = db.get_one(Contact, contact_id)
        for number in range(70):
            make_order(db, contact, number=f"Q-{number:03d}", product="")
    browser = signed_in(Role.CARE)
    seen, path = "", f"/contacts/{contact_id}/timeline?topic=orders"
    pages = 0
    while path:
        text = browser.get(path).text
        seen += text
        pages += 1
        path = _older(text)
    assert pages == 3
    assert [number for number in range(70) if seen.count(f"Q-{number:03d}") == 0] == []
    assert browser.get(f"/contacts/{contact_id}/timeline?before=nonsense").status_code == 409
    assert browser.get(f"/contacts/{contact_id}/timeline?topic=nonsense").status_code == 200


def _older(text: str) -> str:
    if 'rel="next"' not in text:
        return ""
    return text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")


def test_opening_a_card_asks_no_more_for_a_long_history(database: Database, signed_in: SignedIn) -> None:
    """What a page costs the database does not grow with what happened."""
    quiet, busy = somebody(database), somebody(database)
    with database.write() as db:
        contact = db.get_one(Contact, busy)
        for number in range(40):
            mail = make_delivery(db, make_mailing(db), contact)
            db.add(Event(delivery_id=mail.id, kind=EventKind.OPEN, at=utc_now()))
            make_order(db, contact, number=f"Q{number}")
    browser = signed_in(Role.CARE)
    assert _asked(database, browser, busy) <= _asked(database, browser, quiet) + 2


def _asked(database: Database, browser: FlaskClient, contact_id: int) -> int:
    statements: list[str] = []
    listen = lambda *given: statements.append(given[2])  # noqa: E731
    event.listen(database.engine, "before_cursor_execute", listen)
    assert browser.get(f"/contacts/{contact_id}").status_code == 200
    event.remove(database.engine, "before_cursor_execute", listen)
    return len(statements)


def test_of_an_erased_person_pages_tell_and_none_asks_for_a_change(
    database: Database, signed_in: SignedIn
) -> None:
    gone = somebody(database, full_name="Ngô Thị Lan", email="lan@example.com")
    with database.write() as db:
        where = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")
        contact = db.get_one(Contact, gone)
        make_order(db, contact, ordered_on=utc_now().date() - timedelta(days=9))
        make_consent(db, contact, make_sender(db))
        profile.change(db, contact, {"phone": "0912 345 678"}, source="form", now=utc_now())
        holds.place(db, contact, HoldReason.PAUSE, now=utc_now(), note="x")
        erasure.erase(db, contact, where, reason="asked in writing", actor=None, now=utc_now())
        code = contact.code
    browser = signed_in(Role.ADMIN, language="en")
    card = browser.get(f"/contacts/{gone}").text
    said = re.compile(r"Personal data erased on \d+ \w+ \d{4}; only a keyed hash remains\.")
    assert said.search(card)
    silent = (
        "no consent",
        "no address",
        "Expected profit",
        "asked for a rest",
        "<dt>Stage",
        "Press “Edit”",
        "0912",
    )
    for meaningless in silent:
        assert meaningless not in card, meaningless
    assert "The consent ledger is kept as proof." in card
    assert "Total revenue" in card  # the order stays
    history = browser.get(f"/contacts/{gone}/history").text
    assert code in history.split("</h1>")[0]
    assert said.search(history)
    assert "–" not in history.split("<main")[1]
    proof = browser.get(f"/contacts/{gone}/consents").text
    assert said.search(proof)
    assert "Never asked" not in proof
    assert "may not write" not in proof
    for path in ("edit", "satisfaction", "leaving", "consents/new", "erase"):
        answer = browser.get(f"/contacts/{gone}/{path}")
        assert answer.status_code == 409, path
        assert "was erased on request" in answer.text


def test_a_history_writes_days_as_people_do(database: Database, signed_in: SignedIn) -> None:
    who = somebody(database)
    with database.write() as db:
        contact = db.get_one(Contact, who)
        profile.change(db, contact, {"left_on": "2025-12-05"}, source="form", now=utc_now())
    history = signed_in(Role.CARE, language="en").get(f"/contacts/{who}/history").text
    assert "5 Dec 2025" in history
    assert "2025-12-05" not in history


def test_a_rest_hides_no_refusal_and_its_source_is_in_words(database: Database, signed_in: SignedIn) -> None:
    who = somebody(database)
    with database.write() as db:
        contact = db.get_one(Contact, who)
        sender = make_sender(db)
        holds.place(db, contact, HoldReason.PAUSE, now=utc_now(), note=preferences.SOURCE)
        of = (Channel.EMAIL, ConsentPurpose.MARKETING)
        consent.withdraw(db, contact, sender.id, *of, source="form", now=utc_now())
    card = signed_in(Role.CARE, language="en").get(f"/contacts/{who}").text
    assert "the page of their choices" in card
    assert preferences.SOURCE not in card
    row = card.split("Marketing e-mail")[1].split("</p>")[0]
    assert "on hold" not in row
