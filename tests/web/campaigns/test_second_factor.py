"""Signing with a code, over HTTP: asked for when the house wants it, wrong ones are slowed down."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaign.accounts import passwords, second_factor, throttle
from campaign.approval.checklist import QUESTIONS
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, AuditEntry, SecondFactor, Submission, SubmissionState
from tests.web.campaigns.conftest import Desk
from tests.web.conftest import HeldClock

PASSWORD = "mua-xuan-ve-tren-pho"
TOO_FAST = "quá nhiều lần thử"
SIGN = {"checked": list(QUESTIONS)}


@pytest.fixture
def waiting(desk: Desk, database: Database, held_clock: HeldClock) -> int:
    """The number of a letter that waits for Tâm, in a house that asks for codes; no time passes there."""
    desk("mai").post("/messages/1/sign-off")
    with database.write() as db:
        ba = db.scalars(select(Account).where(Account.name == "Ba")).one()
        second_factor.require(db, ba, True, utc_now())
        db.execute(update(Account).values(password_hash=passwords.hash_password(PASSWORD)))
        return db.scalars(select(Submission.id)).one()


def enrol(tam: FlaskClient, clock: HeldClock) -> tuple[str, list[str], str]:
    """By the pages, as people do it: the secret, the recovery codes, and the code that it took."""
    assert tam.post("/account/second-factor/begin", data={"password": "sai"}).status_code == 422
    tam.post("/account/second-factor/begin", data={"password": PASSWORD})
    page = tam.get("/account/second-factor")
    assert page.headers["Cache-Control"] == "no-store"
    assert '<svg class="qr"' in page.text
    found = re.search(r'factor-secret">([A-Z2-7]+)<', page.text)
    assert found is not None
    code = pyotp.TOTP(found[1]).at(clock())
    done = tam.post("/account/second-factor", data={"code": code})
    assert found[1] not in tam.get("/account/second-factor").text
    return found[1], re.findall(r"<li><code>([a-z0-9-]+)</code>", done.text), code


def state(database: Database, number: int) -> SubmissionState:
    with database.read() as db:
        return db.get_one(Submission, number).state


def test_who_has_none_is_led_to_set_it_up(desk: Desk, waiting: int, database: Database) -> None:
    tam = desk("tam")
    page = tam.get(f"/review/{waiting}").text
    assert "/account/second-factor" in page
    assert f'action="/review/{waiting}/sign"' not in page
    assert tam.post(f"/review/{waiting}/sign", data=SIGN).status_code in (303, 409)
    assert state(database, waiting) is SubmissionState.WAITING


def test_a_right_code_signs_and_a_used_one_does_not(
    desk: Desk, waiting: int, database: Database, held_clock: HeldClock
) -> None:
    tam = desk("tam")
    secret, recovery, used = enrol(tam, held_clock)
    assert len(recovery) == second_factor.RECOVERY_CODES
    assert 'name="code"' in tam.get(f"/review/{waiting}").text
    refused = tam.post(f"/review/{waiting}/sign", data=SIGN | {"code": used})
    assert refused.status_code == 422, "the code that set it up was used by that"
    assert "hoặc đã dùng rồi" in refused.text
    fresh = pyotp.TOTP(secret).at(held_clock() + timedelta(seconds=second_factor.STEP))
    assert tam.post(f"/review/{waiting}/sign", data=SIGN | {"code": fresh}).status_code == 303
    assert state(database, waiting) is SubmissionState.APPROVED
    with database.read() as db:
        assert "submission.proven" in db.scalars(select(AuditEntry.action)).all()


def test_a_code_is_not_used_up_by_a_form_that_lacks_something(
    desk: Desk, waiting: int, database: Database, held_clock: HeldClock
) -> None:
    tam = desk("tam")
    _, recovery, _ = enrol(tam, held_clock)
    assert tam.post(f"/review/{waiting}/sign", data={"code": recovery[0]}).status_code == 422
    assert tam.post(f"/review/{waiting}/sign", data=SIGN | {"code": recovery[0]}).status_code == 303
    assert state(database, waiting) is SubmissionState.APPROVED


def test_guessing_is_slowed_down(desk: Desk, waiting: int, database: Database, held_clock: HeldClock) -> None:
    tam = desk("tam")
    _, recovery, _ = enrol(tam, held_clock)
    for _ in range(throttle.PAIR.free):
        wrong = tam.post(f"/review/{waiting}/sign", data=SIGN | {"code": "000000"})
        assert wrong.status_code == 422
        assert TOO_FAST not in wrong.text
    held_clock.goes_on(seconds=throttle.FIRST_WAIT_SECONDS - 0.1)
    right = SIGN | {"code": recovery[0]}
    held = tam.post(f"/review/{waiting}/sign", data=right)
    assert held.status_code == 422
    assert TOO_FAST in held.text
    assert state(database, waiting) is SubmissionState.WAITING
    held_clock.goes_on(seconds=0.1)
    assert tam.post(f"/review/{waiting}/sign", data=right).status_code == 303
    assert state(database, waiting) is SubmissionState.APPROVED


def test_an_administrator_turns_it_on_and_off_and_removes_a_lost_one(
    desk: Desk, waiting: int, database: Database, held_clock: HeldClock
) -> None:
    enrol(desk("tam"), held_clock)
    with database.read() as db:
        tam, ba = (db.scalars(select(Account.id).where(Account.name == name)).one() for name in ("Tam", "Ba"))
    admin = desk("ba")
    assert "Gỡ mã xác nhận" in admin.get(f"/people/{tam}").text
    admin.post(f"/people/{tam}/second-factor")
    admin.post(f"/people/{ba}/second-factor")
    with database.read() as db:
        assert db.scalars(select(SecondFactor)).all() == []
    admin.post("/people/second-factor", data={"required": "0"})
    assert desk("tam").post(f"/review/{waiting}/sign", data=SIGN).status_code == 303
    assert desk("mai").post("/people/second-factor", data={"required": "1"}).status_code == 403
