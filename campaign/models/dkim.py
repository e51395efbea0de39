"""Keys that sign mail for a domain."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Id, Moment, words


class DkimAlgorithm(StrEnum):
    RSA = "rsa"  # 2048 bits; what every receiver verifies
    ED25519 = "ed25519"  # RFC 8463; verified by some, so beside RSA and not instead of it


class DkimState(StrEnum):
    """The transitions stand in `campaign.dispatch.dkim.keys`."""

    NEW = "new"  # made; its record is not in the DNS yet
    PUBLISHED = "published"  # the record was seen in the DNS
    ACTIVE = "active"  # signs
    RETIRED = "retired"  # signs no more; its record stays until mail under way has arrived


class DkimKey(Base):
    __tablename__ = "dkim_key"

    id: Mapped[Id]
    domain: Mapped[str] = mapped_column(String(253))
    """In ASCII, lower case."""
    selector: Mapped[str] = mapped_column(String(63))
    algorithm: Mapped[DkimAlgorithm] = mapped_column(words(DkimAlgorithm))
    state: Mapped[DkimState] = mapped_column(words(DkimState), default=DkimState.NEW)
    private: Mapped[str] = mapped_column(Text)
    """The private half, encrypted under the installation's secret key."""
    public: Mapped[str] = mapped_column(Text)
    """The public half in base64, as the record's `p=`."""
    created_at: Mapped[Moment]
    published_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("domain", "selector"),)
