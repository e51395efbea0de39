"""A signed-in person renews their recovery codes: by password and telephone, and the old ones are void."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaign.accounts import passwords, second_factor, throttle
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.models import Account, AuditEntry
from tests.web.campaigns.conftest import Desk
from tests.web.campaigns.test_second_factor import PASSWORD, TOO_FAST, enrol
from tests.web.conftest import HeldClock

URL = "/account/second-factor/recovery"


@pytest.fixture
def tam(desk: Desk, database: Database, held_clock: HeldClock) -> FlaskClient:
    with database.write() as db:
        db.execute(update(Account).values(password_hash=passwords.hash_password(PASSWORD)))
    return desk("tam")


def holds(database: Database, code: str, key: bytes) -> bool:
    """Whether the code would be taken; it is not used up by this."""
    with database.session() as db:
        account = db.scalars(select(Account).where(Account.name == "Tam")).one()
        return second_factor.check(db, account, code, key, utc_now())


def test_new_codes_hold_and_old_ones_are_void(
    tam: FlaskClient, database: Database, held_clock: HeldClock, settings: Settings
) -> None:
    key = settings.secret_key
    secret, old, used = enrol(tam, held_clock)
    assert URL in tam.get("/account/second-factor").text
    assert "còn 10 mã chưa dùng" in tam.get(URL).text
    refused = (
        ({"password": "sai", "code": pyotp.TOTP(secret).at(held_clock())}, "Mật khẩu"),
        ({"password": PASSWORD, "code": used}, "Mã chưa đúng"),  # it counted already
        ({"password": PASSWORD, "code": old[0]}, "Mã chưa đúng"),
        ({"password": PASSWORD}, "Mã chưa đúng"),
    )
    held_clock.goes_on(seconds=3 * second_factor.STEP)
    for typed, words in refused:
        answer = tam.post(URL, data=typed)
        assert answer.status_code == 422
        assert words in answer.text
        held_clock.goes_on(minutes=30)  # nobody is slowed down here
    assert holds(database, old[0], key)
    done = tam.post(URL, data={"password": PASSWORD, "code": pyotp.TOTP(secret).at(held_clock())})
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    new = re.findall(r"<li><code>([a-z0-9-]+)</code>", done.text)
    assert len(new) == second_factor.RECOVERY_CODES
    assert not set(new) & set(old)
    assert not any(holds(database, code, key) for code in old)
    assert all(holds(database, code, key) for code in new)
    with database.read() as db:
        entries = db.scalars(select(AuditEntry).where(AuditEntry.action == "account.recovery_renewed")).all()
        assert [entry.actor for entry in entries] == ["Tam"]
        assert not any(code in str(entries[0].detail) for code in new)


def test_who_has_no_second_factor_sets_it_up_first(tam: FlaskClient, client: FlaskClient) -> None:
    assert tam.get(URL).location == "/account/second-factor"
    assert tam.post(URL, data={"password": PASSWORD, "code": "123456"}).status_code == 409
    assert client.get(URL).status_code in (302, 303)  # strangers sign in


def test_guesses_are_slowed_down(tam: FlaskClient, held_clock: HeldClock) -> None:
    enrol(tam, held_clock)
    typed = {"password": PASSWORD, "code": "000000"}
    answers = [tam.post(URL, data=typed) for _ in range(throttle.PAIR.free + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [422] * throttle.PAIR.free
    assert answers[-1].status_code == 429
    assert TOO_FAST in answers[-1].text
