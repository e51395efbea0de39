"""Sign-in, first run, sessions and forms, over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign import audit, config
from campaign.accounts import demo, people, throttle
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, AccountSession, Role
from campaign.queue import Queues, connect
from campaign.web import create_app
from campaign.web.auth.cookies import safe_path
from campaign.web.unit import SESSION_COOKIE
from tests.people import PASSWORD, make_account
from tests.web.conftest import HeldClock, SignedIn


@pytest.fixture
def mai(database: Database) -> Account:
    with database.write() as db:
        return make_account(db, Role.MARKETER, email="mai@example.com", name="Nguyễn Thị Mai")


def _sign_in(client: FlaskClient, password: str = PASSWORD, email: str = "mai@example.com", **more: str):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_password_opens(client: FlaskClient, mai: Account, database: Database) -> None:
    response = _sign_in(client, email=" Mai@Example.com ", next="/account")
    assert (response.status_code, response.location) == (303, "/account")
    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert cookie.http_only
    with database.read() as db:
        session = db.scalars(select(AccountSession)).one()
        assert cookie.value not in {session.token_sha256}, "the row holds the hash, not the token"
        assert audit.verify(db) is None
    assert "Nguyễn Thị Mai" in client.get("/").text


def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(client: FlaskClient, mai: Account) -> None:
    wrong = _sign_in(client, "sai mật khẩu rồi")
    unknown = _sign_in(client, email="ai-do@example.com")
    assert wrong.status_code == unknown.status_code == 401
    assert _notice(wrong.text) == _notice(unknown.text)


def _notice(page: str) -> str:
    return page.split('role="alert"')[1].split("<form")[0]


def test_guessing_slows_down_and_says_for_how_long(
    client: FlaskClient, mai: Account, held_clock: HeldClock
) -> None:
    for _ in range(throttle.PAIR.free):
        assert _sign_in(client, "sai mật khẩu rồi").status_code == 401
    held = _sign_in(client)  # even the right one must wait now
    assert held.status_code == 429
    seconds = int(held.headers["Retry-After"])
    assert seconds == throttle.FIRST_WAIT_SECONDS + 1, "who comes back then is not too early by a fraction"
    assert "Xin chờ" in held.text
    held_clock.goes_on(seconds=throttle.FIRST_WAIT_SECONDS - 0.1)
    assert _sign_in(client).status_code == 429
    held_clock.goes_on(seconds=0.1)
    assert _sign_in(client).status_code == 303


def test_a_deactivated_person_stays_outside(client: FlaskClient, mai: Account, database: Database) -> None:
    _sign_in(client)
    with database.write() as db:
        make_account(db, Role.ADMIN)
        people.deactivate(db, None, people.get(db, mai.id), utc_now())
    assert client.get("/account").status_code == 303
    assert _sign_in(client).status_code == 401


def test_signing_out_ends_the_session_not_only_the_cookie(client: FlaskClient, mai: Account) -> None:
    _sign_in(client)
    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    client.post("/sign-out")
    client.set_cookie(SESSION_COOKIE, cookie.value)
    assert client.get("/account").status_code == 303


def test_a_new_password_ends_other_sessions(app: Flask, mai: Account) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    _sign_in(here)
    _sign_in(elsewhere)
    refused = here.post("/account/password", data={"current": "không phải", "password": "mùa sen năm nay"})
    assert refused.status_code == 422
    assert elsewhere.get("/account").status_code == 200
    changed = here.post("/account/password", data={"current": PASSWORD, "password": "mùa sen năm nay"})
    assert changed.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert _sign_in(elsewhere).status_code == 401
    assert _sign_in(elsewhere, "mùa sen năm nay").status_code == 303


def test_other_roles_end_the_sessions(app: Flask, mai: Account, signed_in: SignedIn) -> None:
    hers = app.test_client()
    _sign_in(hers)
    data = {"name": mai.name, "email": mai.email, "roles": ["care"]}
    assert signed_in(Role.ADMIN).post(f"/people/{mai.id}", data=data).status_code == 303
    assert hers.get("/account").status_code == 303


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", None, "/a\nb"]
)
def test_nobody_is_led_to_another_site(target: str | None) -> None:
    assert safe_path(target) is None


def test_the_first_person_becomes_administrator_once(client: FlaskClient, database: Database) -> None:
    assert client.get("/sign-in").location == "/first-run"
    weak = client.post(
        "/first-run", data={"name": "Phạm Quốc Ân", "email": "an@example.com", "password": "ngắn"}
    )
    assert weak.status_code == 422
    assert "ít nhất 10 ký tự" in weak.text
    data = {"name": "Phạm Quốc Ân", "email": "an@example.com", "password": "trà sen mùa hạ"}
    assert client.post("/first-run", data=data).location == "/"
    assert client.get("/people").status_code == 200
    again = client.post("/first-run", data=data | {"email": "ke-la@example.com"})
    assert again.status_code == 409
    with database.read() as db:
        assert [account.email for account in people.everybody(db)] == ["an@example.com"]


def test_from_elsewhere_nobody_makes_the_first_account(client: FlaskClient, database: Database) -> None:
    data = {"name": "Kẻ Lạ", "email": "la@example.com", "password": "trà sen mùa hạ"}
    for where in ({"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}):
        assert "campaign user add" in client.get("/first-run", environ_overrides=where).text
        assert client.post("/first-run", data=data, environ_overrides=where).status_code == 409
    with database.read() as db:
        assert not people.anybody(db)


def test_a_form_without_its_token_is_refused(app: Flask, mai: Account) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    refused = _sign_in(client)
    assert refused.status_code == 400
    assert "Biểu mẫu đã quá cũ" in refused.text
    token = client.get("/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert _sign_in(client, csrf_token=token).status_code == 303


def test_demo_logins_are_shown_in_the_demonstration_alone(
    settings: config.Settings, database: Database, client: FlaskClient, mai: Account
) -> None:
    assert demo.PASSWORD not in client.get("/sign-in").text
    shown = create_app(replace(settings, demo=True), database, Queues(connect(settings)))
    assert demo.PASSWORD in shown.test_client().get("/sign-in").text


def test_the_page_speaks_the_strangers_language(client: FlaskClient, mai: Account) -> None:
    assert 'lang="vi"' in client.get("/sign-in").text
    assert 'lang="en"' in client.get("/sign-in", headers={"Accept-Language": "en-GB"}).text
    client.post("/language", data={"language": "en"})
    assert 'lang="en"' in client.get("/sign-in", headers={"Accept-Language": "vi"}).text


def test_the_persons_own_language_wins(signed_in: SignedIn) -> None:
    browser = signed_in(Role.CARE, language="en")
    assert 'lang="en"' in browser.get("/", headers={"Accept-Language": "vi"}).text
    browser.post("/language", data={"language": "vi"})
    assert 'lang="vi"' in browser.get("/").text
