"""What the running programs know of themselves: whose database this is, who was alive when, which domain
was looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Id, JsonObject, Moment


class SystemId(Base):
    """One row: the installation that may send from this database. See `campaign.dispatch.lock`."""

    __tablename__ = "system_id"

    id: Mapped[Id]
    """Always 1."""
    value: Mapped[str] = mapped_column(String(80))
    """The installation's id; empty after a restore, until a person confirms."""
    set_at: Mapped[Moment]
    backup_made_at: Mapped[datetime | None]
    """After a restore: the moment of the backup. What was sent later this database does not know."""


class Heartbeat(Base):
    """The last sign of life of a program that works alone, and what it counted."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    """`beat`: its last round; `counts`: what stood in the tables then."""
    host: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[Moment]
    detail: Mapped[JsonObject] = mapped_column(default=dict)


class DomainCheck(Base):
    """What `campaign doctor` found about a sending domain, the last time it looked."""

    __tablename__ = "domain_check"

    domain: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[Moment]
    verdict: Mapped[str] = mapped_column(String(10))
    """The worst of its remarks: `ok`, `warn`, `bad`."""
    remarks: Mapped[JsonObject] = mapped_column(default=dict)
