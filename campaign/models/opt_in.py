"""Consent by double opt-in: forms, their versions, and who was asked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment, words


class ConsentForm(Base):
    """A form for websites. What it says stands in its versions."""

    __tablename__ = "consent_form"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """In its public address; random, so that nobody counts our forms."""
    sender_id: Mapped[int] = mapped_column(BigId, ForeignKey("sender.id"))
    name: Mapped[str] = mapped_column(String(120))
    active: Mapped[bool] = mapped_column(default=True)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    created_at: Mapped[Moment]


class ConsentFormVersion(Base):
    """The words of a form, never changed: what somebody was shown is looked up here."""

    __tablename__ = "consent_form_version"

    id: Mapped[Id]
    form_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_form.id"))
    number: Mapped[int]
    content: Mapped[JsonObject]
    """`campaign.contacts.opt_in.content.FormContent` as JSON."""
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("form_id", "number"),)


class OptInOrigin(StrEnum):
    FORM = "form"  # a stranger wrote the address into a form
    IMPORT = "import"  # a file brought the person, who is asked first
    PREFERENCES = "preferences"  # switched on again on the preference page


class OptInState(StrEnum):
    WAITING = "waiting"  # the mail has not left yet
    SENT = "sent"
    CONFIRMED = "confirmed"
    SILENT = "silent"  # the time is over, and nobody pressed the button
    CLOSED = "closed"  # no mail goes there: the address is dead, or its owner complained


class OptIn(Base):
    """One question "is it really you?", to one address."""

    __tablename__ = "opt_in"

    id: Mapped[Id]
    nonce: Mapped[int] = mapped_column(BigId)
    """Part of the link: SQLite gives the id of a deleted row to the next one."""
    origin: Mapped[OptInOrigin] = mapped_column(words(OptInOrigin))
    state: Mapped[OptInState] = mapped_column(words(OptInState), default=OptInState.WAITING)
    form_version_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("consent_form_version.id"))
    import_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact_import.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"), index=True)
    """Who it is; None until a stranger has confirmed."""
    sender_id: Mapped[int] = mapped_column(BigId, ForeignKey("sender.id"))
    language: Mapped[str] = mapped_column(String(5))
    email: Mapped[str] = mapped_column(String(320))
    """Empty when nothing is left to ask: then the contact has it, or nobody."""
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    full_name: Mapped[str] = mapped_column(String(200), default="")
    asks: Mapped[JsonObject]
    """`channels`, `purposes`, `topics`, and the terms that were shown: `wording`, `content_kind`,
    `frequency`."""
    network: Mapped[str] = mapped_column(String(64), default="")
    """The address of the network that asked, as a keyed hash."""
    asked_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[Moment]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("import_id", "contact_id"),
        Index("ix_opt_in_network", "network", "asked_at"),
        Index("ix_opt_in_state", "state", "expires_at"),
    )
