"""Who was erased: keyed hashes of their addresses, so that no file brings them back."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, Moment, words


class ErasedKind(StrEnum):
    """What was hashed, in the form in which two writings of it are one."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"


class ErasureSecret(Base):
    """What the hashes are keyed with: one row, made with the first erasure; it is in every backup."""

    __tablename__ = "erasure_secret"

    id: Mapped[Id]
    secret: Mapped[str] = mapped_column(String(64))
    """32 bytes in hex."""


class Erasure(Base):
    """One erasure. `contact_id` and `contact_created_at` together name the contact in any backup of ours."""

    __tablename__ = "erasure"

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(BigId)
    contact_created_at: Mapped[Moment]
    at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("contact_id", "contact_created_at"),)


class ErasedKey(Base):
    """An address that belonged to an erased person, as a keyed hash."""

    __tablename__ = "erased_key"

    id: Mapped[Id]
    kind: Mapped[ErasedKind] = mapped_column(words(ErasedKind))
    digest: Mapped[str] = mapped_column(String(32), unique=True)
    """Keyed BLAKE2b, 16 bytes in hex, over kind and key."""
    erasure_id: Mapped[int] = mapped_column(BigId, ForeignKey("erasure.id"), index=True)
