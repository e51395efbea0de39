"""Forms and their button against those who would misuse them: over HTTP, as strangers."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import preferences, suppression
from campaign.contacts.opt_in import asking, confirming, forms
from campaign.db import Database
from campaign.links import Addresses, Purpose, Signer
from campaign.models import (
    Channel,
    Consent,
    ConsentForm,
    ConsentFormVersion,
    Contact,
    OptIn,
    OptInState,
    Role,
    SuppressionReason,
)
from campaign.web import unit
from tests.contacts.test_opt_in import ask, content_for, make_form
from tests.factories import make_contact, make_delivery, make_sender
from tests.web.conftest import SignedIn

STAMP = re.compile(r'name="stamp" value="([^"]+)"')
NASTY = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def where(settings: Settings) -> Addresses:
    return Addresses(Signer(settings.secret_key), "", settings.inbound_domain)


@pytest.fixture
def form(database: Database) -> ConsentForm:
    with database.write() as db:
        return make_form(db, utc_now(), topics=("trà xuân",))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person reads the page for a minute before they press."""
    real = utc_now
    monkeypatch.setattr(unit, "utc_now", lambda: real() + timedelta(minutes=1))


def stamp_of(where: Addresses, database: Database, form: ConsentForm, at: datetime | None = None) -> str:
    with database.read() as db:
        version = db.scalars(
            select(ConsentFormVersion.id)
            .where(ConsentFormVersion.form_id == form.id)
            .order_by(ConsentFormVersion.number.desc())
        ).first()
    assert version is not None
    moment = at or utc_now() - timedelta(minutes=1)
    return where.signer.link(Purpose.FORM, version, int(moment.timestamp()))


def send(client: FlaskClient, where: Addresses, database: Database, form: ConsentForm, **facts: Any) -> Any:
    given = {
        "email": "lan@example.com", "full_name": "Lan", "agree": "yes", "language": "vi",
        "stamp": stamp_of(where, database, form),
    }  # fmt: skip
    return client.post(f"/f/{form.key}", data={**given, **facts})


def rows(database: Database) -> list[OptIn]:
    with database.read() as db:
        return list(db.scalars(select(OptIn).order_by(OptIn.id)))


def count(database: Database, table: type[Any]) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_from_the_page_to_the_ledger(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm, later: None
) -> None:
    shown = client.get(f"/f/{form.key}", headers={"Accept-Language": "vi"})
    assert shown.status_code == 200
    assert "Set-Cookie" not in shown.headers
    found = STAMP.search(shown.text)
    assert found is not None
    early = client.post(f"/f/{form.key}", data={"email": "lan@example.com", "agree": "yes", "stamp": "x"})
    assert STAMP.search(early.text)
    done = send(client, where, database, form, topic="trà xuân")
    assert done.status_code == 200
    assert "Xin mở hộp thư" in done.text
    (row,) = rows(database)
    link = where.confirm(row.id, row.nonce)
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert count(database, Consent) == 0, "looking grants nothing"
    pressed = client.post(link)
    assert (pressed.status_code, pressed.location) == (303, link)
    assert "Đã xác nhận" in client.get(link).text
    with database.read() as db:
        lan = db.scalars(select(Contact)).one()
        entry = db.scalars(select(Consent)).one()
        assert (lan.email, lan.tags, entry.method) == ("lan@example.com", ["trà xuân"], confirming.METHOD)


def test_the_answer_tells_nobody_who_is_known(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    now = utc_now()
    with database.write() as db:
        for number, reason in enumerate([None, *SuppressionReason]):
            contact = make_contact(db, email=f"k{number}@example.com")
            if reason:
                key = contact.email_key
                suppression.suppress(db, Channel.EMAIL, key, reason, source="x", now=now)
    answers = {
        (done.status_code, re.sub(r"\s+", " ", done.text))
        for done in (
            send(client, where, database, form, email=email)
            for email in (*(f"k{number}@example.com" for number in range(6)), "stranger@example.com")
        )
    }
    assert len(answers) == 1
    again = send(client, where, database, form, email="stranger@example.com")
    assert (again.status_code, re.sub(r"\s+", " ", again.text)) in answers


def test_a_program_that_fills_in_all_fields_asks_nobody(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    trapped = send(client, where, database, form, website="https://spam.example")
    honest = send(client, where, database, form)
    assert trapped.text == honest.text
    assert len(rows(database)) == 1


@pytest.mark.parametrize("age", [timedelta(0), timedelta(seconds=-60), timedelta(hours=25)])
def test_a_form_sent_at_once_or_after_days_is_shown_again(
    client: FlaskClient,
    database: Database,
    where: Addresses,
    form: ConsentForm,
    age: timedelta,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = utc_now()
    monkeypatch.setattr(unit, "utc_now", lambda: now)  # a slow machine's seconds would be a person's
    stamp = stamp_of(where, database, form, now - age)
    shown = send(client, where, database, form, stamp=stamp)
    assert 'value="lan@example.com"' in shown.text
    assert rows(database) == []


def test_a_post_from_elsewhere_needs_a_second_press(
    app: Flask, database: Database, where: Addresses, form: ConsentForm
) -> None:
    """With CSRF protection on: plain HTML of a website works, and no page makes visitors ask victims."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    data = {"email": "lan@example.com", "agree": "yes", "language": "en"}
    shown = client.post(f"/f/{form.key}", data=data, headers={"Origin": "https://evil.example"})
    assert shown.status_code == 200
    assert "press the button once more" in shown.text
    assert rows(database) == []
    assert send(client, where, database, form).status_code == 200
    assert len(rows(database)) == 1


def test_another_forms_stamp_is_none(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    with database.write() as db:
        other = make_form(db, utc_now())
    send(client, where, database, form, stamp=stamp_of(where, database, other))
    assert rows(database) == []


@pytest.mark.parametrize("missing", ["agree", "email"])
def test_what_is_missing_is_said(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm, missing: str
) -> None:
    assert send(client, where, database, form, **{missing: ""}).status_code == 422
    assert rows(database) == []


def test_one_network_is_told_to_wait(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    answers = [
        send(client, where, database, form, email=f"a{number}@example.com").status_code
        for number in range(asking.FROM_ONE_NETWORK + 2)
    ]
    assert answers == [200] * asking.FROM_ONE_NETWORK + [429] * 2


@pytest.mark.parametrize(
    "email", ["a@example.com\r\nBcc: b@example.com", "a@example.com\nSubject: x", "<a@example.com>,b@b.vn"]
)
def test_no_header_comes_in_by_an_address(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm, email: str
) -> None:
    assert send(client, where, database, form, email=email).status_code == 422
    assert rows(database) == []


def test_a_name_is_a_line_of_text(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    done = send(client, where, database, form, full_name=f"Lan\r\nBcc: x@example.com{NASTY}\0" + "x" * 500)
    assert done.status_code == 200
    name = rows(database)[0].full_name
    assert not any(ord(mark) < 32 for mark in name)
    assert len(name) == asking.NAME_LENGTH


def test_words_of_a_form_run_nowhere(
    client: FlaskClient, signed_in: SignedIn, database: Database, where: Addresses
) -> None:
    with database.write() as db:
        sender = make_sender(db)
        content = content_for(sender)
        nasty = replace(
            content.words["vi"], title=NASTY, lead=NASTY, wording=NASTY, button=NASTY[:60], thanks=NASTY
        )
        made = forms.create(
            db, name=NASTY, sender_id=sender.id, account=None, now=utc_now(),
            content=replace(content, words={"vi": nasty}, topics=(NASTY[:50],)),
        )  # fmt: skip
    desk = signed_in(Role.MARKETER)
    pages = [client.get(f"/f/{made.key}"), desk.get(f"/forms/{made.id}"), desk.get("/forms")]
    pages += [desk.get(f"/forms/{made.id}/edit"), send(client, where, database, made)]
    (row,) = rows(database)
    link = where.confirm(row.id, row.nonce)
    pages.append(client.get(link))
    client.post(link)
    pages.append(client.get(link))
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "49" not in re.findall(r"alert\(1\).{0,40}", page.text)
    # the snippet is HTML inside a text field: it must be escaped twice to be right on the other site
    assert "&amp;lt;script&amp;gt;alert" in pages[1].text


def test_only_its_sites_may_frame_it(client: FlaskClient, database: Database, form: ConsentForm) -> None:
    with database.write() as db:
        framed = make_form(db, utc_now(), sites=("https://www.tra.vn", "http://shop.vn:8080"))
    alone = client.get(f"/f/{form.key}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in alone
    policy = client.get(f"/f/{framed.key}").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://www.tra.vn http://shop.vn:8080")
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'none'" in client.get("/k/x").headers["Content-Security-Policy"]


def test_it_leads_on_to_its_own_page_and_to_no_other(
    client: FlaskClient, database: Database, where: Addresses
) -> None:
    with database.write() as db:
        form = make_form(db, utc_now(), sites=("https://a.vn",), go_on_to="https://a.vn/cam-on?x=1")
    done = send(client, where, database, form, go_on_to="https://evil.example", next="https://evil.example")
    assert (done.status_code, done.location) == (303, "https://a.vn/cam-on?x=1")


def test_a_closed_form_takes_nobody_in(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    with database.write() as db:
        db.get_one(ConsentForm, form.id).active = False
    assert client.get(f"/f/{form.key}").status_code == 404
    assert send(client, where, database, form).status_code == 404
    assert client.get("/f/made-up").status_code == 404
    assert rows(database) == []


def asked(db: Session, form: ConsentForm) -> OptIn:
    row = ask(db, db.get_one(ConsentForm, form.id), utc_now())
    assert row is not None
    return row


def test_every_changed_link_is_nobodys(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    with database.write() as db:
        row = asked(db, form)
        contact = make_contact(db)
        delivery = make_delivery(db, contact=contact)
    path = where.confirm(row.id, row.nonce)
    for place in range(len("/k/"), len(path)):
        other = string.ascii_letters[(string.ascii_letters.find(path[place]) + 1) % 52]
        assert client.post(path[:place] + other + path[place + 1 :]).status_code == 404
    sign = where.signer.link
    mark = preferences.mark_of(contact)
    for token in (
        sign(Purpose.CONFIRM, row.id),
        sign(Purpose.CONFIRM, row.id, row.nonce + 1),
        sign(Purpose.CONFIRM, row.id, row.nonce, 1),
        sign(Purpose.UNSUBSCRIBE, row.id, row.nonce),
        sign(Purpose.PREFERENCES, row.id, row.nonce),
        sign(Purpose.FORM, row.id, row.nonce),
        where.unsubscribe(delivery.id)[3:],
        where.preferences(contact.id, row.sender_id, mark)[3:],
        "",
        "é",
    ):
        assert client.post(f"/k/{token}").status_code == 404
        assert client.get(f"/k/{token}").status_code == 404
    assert count(database, Consent) == 0


def test_a_link_of_a_deleted_question_does_not_open_the_next_one(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    """SQLite gives a deleted row's id away again."""
    with database.write() as db:
        old = asked(db, form)
        stale = where.confirm(old.id, old.nonce)
        db.delete(db.get_one(OptIn, old.id))
    with database.write() as db:
        asked(db, form)
    assert client.post(stale).status_code == 404


def test_an_old_link_and_a_used_one(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    with database.write() as db:
        row = asked(db, form)
        db.get_one(OptIn, row.id).expires_at = utc_now() - timedelta(seconds=1)
    path = where.confirm(row.id, row.nonce)
    assert "hết hạn" in client.post(path).text
    assert count(database, Consent) == 0
    with database.write() as db:
        db.get_one(OptIn, row.id).expires_at = utc_now() + timedelta(days=1)
    for _ in range(3):
        assert client.post(path).status_code == 303
    assert count(database, Consent) == 1
    assert rows(database)[0].state is OptInState.CONFIRMED


def test_nobody_signs_in_and_no_cookie_is_set(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm
) -> None:
    with database.write() as db:
        row = asked(db, form)
    path = where.confirm(row.id, row.nonce)
    for response in (client.get(f"/f/{form.key}"), client.get(path), client.post(path), client.get(path)):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "lan@example.com" not in response.text


@pytest.mark.parametrize(("language", "word"), [("vi", "Xin mở"), ("en", "Please look"), ("zh", "请查看")])
def test_three_languages(
    client: FlaskClient, database: Database, where: Addresses, form: ConsentForm, language: str, word: str
) -> None:
    page = client.get(f"/f/{form.key}?language={language}")
    assert f'<html lang="{language}"' in page.text
    assert word in send(client, where, database, form, language=language).text
    assert rows(database)[0].language == language
