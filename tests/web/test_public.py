"""What recipients can do with a link, and what nobody can do without one."""

from __future__ import annotations

import string

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign.care import answer as answering
from campaign.config import Settings
from campaign.db import Database
from campaign.links import Addresses, Purpose, Signer
from campaign.models import (
    Consent,
    ConsentAction,
    ConsentPurpose,
    Delivery,
    Event,
    EventKind,
    Role,
    Suppression,
)
from tests.care.test_inbox import make_reply
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery


@pytest.fixture
def where(settings: Settings) -> Addresses:
    return Addresses(Signer(settings.secret_key), "", settings.inbound_domain)


@pytest.fixture
def delivery_id(database: Database) -> int:
    with database.write() as db:
        return make_delivery(db, contact=make_contact(db, email="an@example.com")).id


def left(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count(Suppression.id))) or 0


def test_looking_changes_nothing(
    client: FlaskClient, database: Database, where: Addresses, delivery_id: int
) -> None:
    path = where.unsubscribe(delivery_id)
    page = client.get(path)
    assert page.status_code == 200
    assert "a…@example.com" in page.text
    assert "an@example.com" not in page.text
    assert client.head(path).status_code == 200
    assert client.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert left(database) == 0


def test_pages_for_recipients_set_no_cookie_and_leave_no_trace(
    client: FlaskClient, where: Addresses, delivery_id: int
) -> None:
    path = where.unsubscribe(delivery_id)
    for response in (client.get(path), client.post(path), client.get("/c/x"), client.get("/v/x")):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "<script" not in response.text


def test_the_button(client: FlaskClient, database: Database, where: Addresses, delivery_id: int) -> None:
    path = where.unsubscribe(delivery_id)
    for _ in range(2):
        done = client.post(path)
        assert (done.status_code, done.location) == (303, path)
    assert "Đã ngừng" in client.get(path).text
    with database.read() as db:
        purposes = sorted(
            db.scalars(select(Consent.purpose).where(Consent.action == ConsentAction.WITHDRAWN))
        )
        assert purposes == sorted(ConsentPurpose)
        assert [one.kind for one in db.scalars(select(Event))] == [EventKind.UNSUBSCRIBE]
        assert db.scalars(select(Suppression.address_key)).all() == ["an@example.com"]


def test_one_click_needs_no_cookie_no_login_and_no_form_token(
    app: Flask, database: Database, where: Addresses, delivery_id: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    done = app.test_client().post(
        where.unsubscribe(delivery_id),
        data={"List-Unsubscribe": "One-Click"},
        headers={"User-Agent": "Gmail"},
    )
    assert (done.status_code, done.text) == (200, "")
    with database.read() as db:
        assert db.scalars(select(Event)).one().detail == {"method": "one-click"}


def test_the_recipients_language(client: FlaskClient, database: Database, where: Addresses) -> None:
    with database.write() as db:
        english = make_delivery(db, contact=make_contact(db, language="en")).id
        chinese = make_delivery(db, contact=make_contact(db, language="zh")).id
    for one, language in ((english, "en"), (chinese, "zh")):
        page = client.get(where.unsubscribe(one), headers={"Accept-Language": "vi"})
        assert f'<html lang="{language}"' in page.text


def test_every_changed_character_is_nobodys(
    client: FlaskClient, database: Database, where: Addresses, delivery_id: int
) -> None:
    path = where.unsubscribe(delivery_id)
    for place in range(len("/u/"), len(path)):
        other = string.ascii_letters[(string.ascii_letters.find(path[place]) + 1) % 52]
        changed = path[:place] + other + path[place + 1 :]
        assert client.post(changed).status_code == 404
        assert client.get(changed).status_code == 404
    token = where.signer.link(Purpose.VIEW, delivery_id)
    assert client.post(f"/u/{token}").status_code == 404
    assert left(database) == 0


def test_the_message_in_the_browser(client: FlaskClient, database: Database, where: Addresses) -> None:
    with database.write() as db:
        mailing = answering.answer(
            db, make_reply(db), "Xin gửi chị báo giá.", make_account(db, Role.CARE), NOW
        )
        sent = db.scalars(select(Delivery.id).where(Delivery.mailing_id == mailing.id)).one()
    shown = client.get(where.view(sent))
    assert shown.status_code == 200
    assert "Xin gửi chị báo giá." in shown.text
    policy = shown.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_a_message_that_is_not_kept_says_so(client: FlaskClient, where: Addresses, delivery_id: int) -> None:
    gone = client.get(where.view(delivery_id))
    assert gone.status_code == 404
    assert "không xem lại được" in gone.text


def test_clicks_and_opens_are_answered_before_the_application(
    client: FlaskClient, where: Addresses, delivery_id: int
) -> None:
    assert client.get(where.open_pixel(delivery_id)).mimetype == "image/gif"
    bad = client.get("/c/made-up-token")
    assert bad.status_code == 404
    assert "Location" not in bad.headers
