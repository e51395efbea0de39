"""People who work here, their roles, sessions and failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import AccountId, Base, BigId, Id, Moment, words


class Role(StrEnum):
    """What a person may do here; one may hold several."""

    ADMIN = "admin"  # people, senders, settings
    MARKETER = "marketer"  # segments, campaigns
    CARE = "care"  # greetings, replies
    REVIEWER = "reviewer"  # lints and signs


class Account(Base):
    """One person who signs in."""

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(320), unique=True)
    """Lower case; what is typed at sign-in."""
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    """argon2id, in PHC string format."""
    language: Mapped[str] = mapped_column(String(5), default="vi")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Moment]

    role_rows: Mapped[list[AccountRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.role_rows)


class AccountRole(Base):
    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role), primary_key=True)


class AccountSession(Base):
    """A signed-in browser. The cookie holds a random token; the row holds its SHA-256."""

    __tablename__ = "account_session"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[AccountId] = mapped_column(index=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(300), default="")

    account: Mapped[Account] = relationship(lazy="joined")


class SecondFactor(Base):
    """What a person's telephone counts codes from (RFC 6238)."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    """Encrypted with a key that derives from the installation's."""
    made_at: Mapped[Moment]
    confirmed_at: Mapped[datetime | None]
    """When its first code was right; until then it counts for nothing."""
    last_step: Mapped[int] = mapped_column(BigId, default=0)
    """Of the newest code that was used: neither it nor an older one counts again."""


class RecoveryCode(Base):
    """Stands in once for a telephone that is not there."""

    __tablename__ = "recovery_code"

    id: Mapped[Id]
    account_id: Mapped[AccountId] = mapped_column(index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """One failed sign-in; counted per account and per network address to slow guessing down."""

    __tablename__ = "sign_in_failure"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(320), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[Moment]
