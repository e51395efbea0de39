"""Accounts: what is refused, what is written down."""

from __future__ import annotations

import threading
import unicodedata
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.accounts import passwords, people, sessions
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.models import AuditEntry, Role
from tests.people import PASSWORD, make_account

FACTS = {"email": "An@Example.com", "name": " Phạm  Quốc Ân ", "password": "trà sen mùa hạ"}


def test_a_person_is_made_clean_and_written_down(db: Session, now: datetime) -> None:
    account = people.create(db, None, **FACTS, roles=[Role.ADMIN], now=now)
    assert (account.email, account.name) == ("an@example.com", "Phạm Quốc Ân")
    assert account.password_hash.startswith("$argon2id$")
    entry = db.scalars(select(AuditEntry)).one()
    assert entry.action == "account.created"
    assert "trà sen" not in str(entry.detail), "a password never stands in the log"


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"email": "không phải địa chỉ"}, "auth-email-invalid", "email"),
        ({"name": "  "}, "auth-name-missing", "name"),
        ({"password": "ngắn"}, "auth-password-short", "password"),
        ({"password": "a" * 12}, "auth-password-guessable", "password"),
        ({"password": "an@example.com"}, "auth-password-guessable", "password"),
        ({"password": "x1" * 150}, "auth-password-long", "password"),
    ],
)
def test_what_is_refused_says_where(
    db: Session, now: datetime, change: dict[str, str], key: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        people.create(db, None, **FACTS | change, roles=[Role.CARE], now=now)
    assert (caught.value.key, caught.value.field) == (key, field)


def test_an_address_belongs_to_one_person(db: Session, now: datetime) -> None:
    people.create(db, None, **FACTS, roles=[Role.CARE], now=now)
    with pytest.raises(InvalidInput, match="auth-email-taken"):
        people.create(db, None, **FACTS, roles=[Role.CARE], now=now)


def test_the_last_administrator_stays(db: Session, now: datetime) -> None:
    admin = make_account(db, Role.ADMIN)
    make_account(db, Role.ADMIN, active=False)
    with pytest.raises(Refused, match="auth-last-admin"):
        people.set_roles(db, None, admin, [Role.CARE], now)
    with pytest.raises(Refused, match="auth-last-admin"):
        people.deactivate(db, None, admin, now)
    make_account(db, Role.ADMIN)
    people.deactivate(db, None, admin, now)
    assert not admin.active


def test_two_who_come_first_at_once_make_one_administrator(database: Database, now: datetime) -> None:
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def come(number: int) -> None:
        ready.wait()
        try:
            with database.write() as db:
                people.create_first(
                    db, email=f"ai-{number}@example.com", name="Ai Đó", password="trà sen mùa hạ", now=now
                )
            outcomes.append("made")
        except Refused:
            outcomes.append("refused")

    threads = [threading.Thread(target=come, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]


def test_sessions_end_by_time_by_hand_and_by_role(db: Session, now: datetime) -> None:
    account = make_account(db, Role.CARE)
    token, other = sessions.start(db, account, now), sessions.start(db, account, now)
    assert sessions.find(db, token, now + sessions.LIFETIME - timedelta(seconds=1)) is account
    assert sessions.find(db, token, now + sessions.LIFETIME) is None
    assert sessions.find(db, token + "x", now) is None
    sessions.end(db, other, now)
    db.expire_all()
    assert sessions.find(db, other, now) is None
    people.set_roles(db, None, account, [Role.CARE], now)
    assert sessions.find(db, token, now) is account, "the same roles end nothing"
    people.set_roles(db, None, account, [Role.REVIEWER], now)
    db.expire_all()
    assert sessions.find(db, token, now) is None
    assert account.roles == {Role.REVIEWER}


def test_composed_and_decomposed_marks_are_the_same_password() -> None:
    made = passwords.hash_password(unicodedata.normalize("NFD", PASSWORD))
    assert passwords.verify(made, unicodedata.normalize("NFC", PASSWORD))
    assert not passwords.verify(made, PASSWORD + "!")
    assert not passwords.verify(None, "no account has this password")
    assert not passwords.verify("not a hash", PASSWORD)
