"""Accounts for tests, made without the cost of hashing a password each time."""

from __future__ import annotations

from functools import cache
from itertools import count

from sqlalchemy.orm import Session

from campaign.accounts.passwords import hash_password
from campaign.clock import utc_now
from campaign.models import Account, AccountRole, Role

PASSWORD = "một câu dễ nhớ"
_numbers = count(1)


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


def make_account(
    db: Session, *roles: Role, name: str = "", email: str = "", language: str = "vi", active: bool = True
) -> Account:
    """A person with these roles; all four when none is named."""
    number = next(_numbers)
    account = Account(
        name=name or f"Nguyễn Thị Ễn {number}",
        email=email or f"nhan-vien-{number}@example.com",
        password_hash=password_hash(),
        language=language,
        active=active,
        created_at=utc_now(),
    )
    account.role_rows = [AccountRole(role=role) for role in roles or tuple(Role)]
    db.add(account)
    db.flush()
    return account
