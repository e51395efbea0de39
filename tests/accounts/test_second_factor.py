"""The second factor: each code counts once, secrets stay secret, a lost telephone is replaced."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.accounts import second_factor
from campaign.errors import InvalidInput, Refused, SetupError
from campaign.models import Account, AuditEntry, RecoveryCode, Role, SecondFactor
from tests.factories import make_account

KEY = b"the installation's key"
STEP = timedelta(seconds=second_factor.STEP)


@pytest.fixture
def ha(db: Session) -> Account:
    return make_account(db, Role.REVIEWER)


def secret_of(db: Session, account: Account, now: datetime) -> str:
    second_factor.begin(db, account, KEY, now)
    waiting = second_factor.unfinished(db, account, KEY, now)
    assert waiting is not None
    assert waiting.secret in waiting.uri
    return waiting.secret


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def enrol(db: Session, account: Account, now: datetime) -> tuple[str, list[str]]:
    secret = secret_of(db, account, now - STEP * 3)
    return secret, second_factor.confirm(db, account, code(secret, now - STEP * 3), KEY, now - STEP * 3)


def test_the_first_right_code_makes_it_count(db: Session, ha: Account, now: datetime) -> None:
    secret = secret_of(db, ha, now)
    assert not second_factor.enrolled(db, ha)
    assert not second_factor.check(db, ha, code(secret, now), KEY, now)
    with pytest.raises(InvalidInput):
        second_factor.confirm(db, ha, "000000" if code(secret, now) != "000000" else "111111", KEY, now)
    codes = second_factor.confirm(db, ha, code(secret, now), KEY, now)
    assert second_factor.enrolled(db, ha)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert second_factor.unfinished(db, ha, KEY, now) is None
    with pytest.raises(Refused, match="auth-factor-there"):
        second_factor.begin(db, ha, KEY, now)


def test_who_goes_away_begins_anew(db: Session, ha: Account, now: datetime) -> None:
    secret = secret_of(db, ha, now)
    later = now + second_factor.UNFINISHED + STEP
    assert second_factor.unfinished(db, ha, KEY, later) is None
    with pytest.raises(Refused, match="auth-factor-late"):
        second_factor.confirm(db, ha, code(secret, later), KEY, later)


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(
    db: Session, ha: Account, now: datetime, steps: int, right: bool
) -> None:
    secret, _ = enrol(db, ha, now)
    assert second_factor.check(db, ha, code(secret, now + STEP * steps), KEY, now) is right


def test_a_used_code_and_an_older_one_do_not_count_again(db: Session, ha: Account, now: datetime) -> None:
    secret, _ = enrol(db, ha, now)
    assert second_factor.check(db, ha, code(secret, now), KEY, now)
    assert not second_factor.check(db, ha, code(secret, now), KEY, now)
    assert not second_factor.check(db, ha, code(secret, now - STEP), KEY, now)
    assert second_factor.check(
        db, ha, f" {code(secret, now + STEP)[:3]} {code(secret, now + STEP)[3:]}", KEY, now
    )


@pytest.mark.parametrize("wrong", ["", "12345", "abcdef", "１２３４５６", "1234567", "\x00"])
def test_what_is_no_code_is_none(db: Session, ha: Account, now: datetime, wrong: str) -> None:
    enrol(db, ha, now)
    assert not second_factor.check(db, ha, wrong, KEY, now)


def test_a_recovery_code_counts_once(db: Session, ha: Account, now: datetime) -> None:
    _, codes = enrol(db, ha, now)
    assert second_factor.check(db, ha, codes[0].upper().replace("-", " "), KEY, now)
    assert not second_factor.check(db, ha, codes[0], KEY, now)
    assert second_factor.codes_left(db, ha) == second_factor.RECOVERY_CODES - 1
    other = make_account(db, Role.REVIEWER)
    enrol(db, other, now)
    assert not second_factor.check(db, other, codes[1], KEY, now), "another person's"


def test_nothing_secret_stands_in_rows_or_log(db: Session, ha: Account, now: datetime) -> None:
    secret, codes = enrol(db, ha, now)
    second_factor.check(db, ha, codes[0], KEY, now)
    row = db.get_one(SecondFactor, ha.id)
    kept = " ".join(
        [
            row.secret,
            *db.scalars(select(RecoveryCode.code_hash)),
            *(str(e.detail) for e in db.scalars(select(AuditEntry))),
        ]
    )
    assert secret not in kept
    assert not any(one in kept or one.replace("-", "") in kept for one in codes)
    with pytest.raises(SetupError, match="CAMPAIGN_SECRET_KEY"):
        second_factor.check(db, ha, "123456", b"another key", now)


def test_an_administrator_removes_it_and_it_stands_in_the_log(
    db: Session, ha: Account, now: datetime
) -> None:
    secret, codes = enrol(db, ha, now)
    second_factor.remove(db, make_account(db, Role.ADMIN), ha, now)
    assert not second_factor.enrolled(db, ha)
    assert not second_factor.check(db, ha, code(secret, now), KEY, now)
    assert not second_factor.check(db, ha, codes[0], KEY, now)
    actions = db.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["account.second_factor", "account.second_factor_removed"]
    assert audit.verify(db) is None
