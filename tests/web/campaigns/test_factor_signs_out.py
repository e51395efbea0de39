"""Whoever sat in a copied session is out after every change of the second factor, and of the password."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaign.accounts import passwords, second_factor
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.models import Account, AccountSession
from campaign.web.unit import SESSION_COOKIE
from tests.web.campaigns.conftest import Desk
from tests.web.campaigns.test_recovery_renewed import URL as RENEW
from tests.web.campaigns.test_second_factor import PASSWORD, enrol
from tests.web.conftest import HeldClock

SET_UP = "/account/second-factor"
SIGNED_OUT = "Các trình duyệt khác đã được đăng xuất."
# what a signed-in page holds and a stranger's way to the door does not
INSIDE, AT_THE_DOOR = 200, 303


@pytest.fixture
def desk(desk: Desk, database: Database) -> Desk:
    """Everybody has a password."""
    with database.write() as db:
        db.execute(update(Account).values(password_hash=passwords.hash_password(PASSWORD)))
    return desk


def token_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    return cookie.value


def copy_of(browser: FlaskClient) -> FlaskClient:
    """A thief's: it holds the very same cookie."""
    thief = browser.application.test_client()
    thief.set_cookie(SESSION_COOKIE, token_of(browser))
    assert where(thief) == INSIDE
    return thief


def where(browser: FlaskClient) -> int:
    return browser.get("/account").status_code


def begin(tam: FlaskClient, clock: HeldClock) -> str:
    """The code that will make the telephone count."""
    tam.post(f"{SET_UP}/begin", data={"password": PASSWORD})
    found = re.search(r'factor-secret">([A-Z2-7]+)<', tam.get(SET_UP).text)
    assert found is not None
    return pyotp.TOTP(found[1]).at(clock())


def set_up(tam: FlaskClient, clock: HeldClock) -> Callable[[], str]:
    code = begin(tam, clock)
    return lambda: tam.post(SET_UP, data={"code": code}).text


def renew(tam: FlaskClient, clock: HeldClock) -> Callable[[], str]:
    secret, _, _ = enrol(tam, clock)
    clock.goes_on(seconds=3 * second_factor.STEP)
    typed = {"password": PASSWORD, "code": pyotp.TOTP(secret).at(clock())}
    return lambda: tam.post(RENEW, data=typed).text


def new_password(tam: FlaskClient, clock: HeldClock) -> Callable[[], str]:
    typed = {"current": PASSWORD, "password": "mùa sen năm nay"}
    return lambda: tam.post("/account/password", data=typed, follow_redirects=True).text


CHANGES = [set_up, renew, new_password]


@pytest.mark.parametrize("change", CHANGES)
def test_every_other_session_ends_and_ones_own_has_a_new_token(
    desk: Desk, held_clock: HeldClock, change: Callable[[FlaskClient, HeldClock], Callable[[], str]]
) -> None:
    tam, somebody = desk("tam"), desk("mai")
    make = change(tam, held_clock)
    elsewhere = desk("tam")  # only now, for what comes before may sign out as well
    thief, before = copy_of(tam), token_of(tam)
    assert SIGNED_OUT in make()
    assert where(tam) == INSIDE
    assert token_of(tam) != before
    assert where(elsewhere) == AT_THE_DOOR
    assert where(thief) == AT_THE_DOOR, "the old token is worth nothing, whoever copied it"
    assert where(somebody) == INSIDE, "another person's sessions are not touched"


def test_what_is_refused_signs_nobody_out(desk: Desk, held_clock: HeldClock) -> None:
    tam, elsewhere = desk("tam"), desk("tam")
    code = begin(tam, held_clock)
    before = token_of(tam)
    wrong = "000000" if code != "000000" else "111111"
    assert tam.post(SET_UP, data={"code": wrong}).status_code == 422
    assert token_of(tam) == before
    assert where(tam) == where(elsewhere) == INSIDE


def test_a_new_token_makes_no_session_longer(desk: Desk, database: Database, held_clock: HeldClock) -> None:
    tam = desk("tam")
    make = set_up(tam, held_clock)
    mine = select(AccountSession.expires_at).join(Account).where(Account.name == "Tam")
    open_now = mine.where(AccountSession.ended_at.is_(None))
    with database.read() as db:
        before = db.scalars(open_now).all()
    held_clock.goes_on(minutes=5)
    make()
    with database.read() as db:
        assert db.scalars(open_now).all() == before


def test_forms_go_on_with_a_token_of_their_own(desk: Desk, held_clock: HeldClock) -> None:
    """The page with the recovery codes has a form for signing out: it must work."""
    tam = desk("tam")
    code = begin(tam, held_clock)
    tam.application.config["WTF_CSRF_ENABLED"] = True
    typed = {"code": code, "csrf_token": form_token(tam.get(SET_UP).text)}
    done = tam.post(SET_UP, data=typed).text
    assert "recovery-codes" in done
    assert form_token(done) != typed["csrf_token"]
    assert tam.post("/sign-out", data={"csrf_token": typed["csrf_token"]}).status_code == 400
    assert tam.post("/sign-out", data={"csrf_token": form_token(done)}).status_code == 303
    assert where(tam) == AT_THE_DOOR


def form_token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_removed_one_signs_the_person_out_everywhere(
    desk: Desk, database: Database, held_clock: HeldClock, settings: Settings
) -> None:
    tam, admin = desk("tam"), desk("ba")
    enrol(tam, held_clock)
    with database.read() as db:
        number = db.scalars(select(Account.id).where(Account.name == "Tam")).one()
    assert where(tam) == INSIDE
    told = admin.post(f"/people/{number}/second-factor", follow_redirects=True).text
    assert "Người ấy đã được đăng xuất ở mọi nơi." in told
    assert where(tam) == AT_THE_DOOR
    assert where(admin) == INSIDE


def test_the_stage_itself_ends_all_when_none_is_kept(
    desk: Desk, database: Database, settings: Settings, held_clock: HeldClock
) -> None:
    tam, key = desk("tam"), settings.secret_key
    with database.write() as db:
        account = db.scalars(select(Account).where(Account.name == "Tam")).one()
        second_factor.begin(db, account, key, utc_now())
        waiting = second_factor.unfinished(db, account, key, utc_now())
        assert waiting is not None
        second_factor.confirm(db, account, pyotp.TOTP(waiting.secret).at(utc_now()), key, utc_now())
    assert where(tam) == AT_THE_DOOR
