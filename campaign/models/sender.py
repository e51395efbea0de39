"""Who writes: the From of a mail, the head of a letter, the law that applies."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Id, JsonObject, Moment


class Sender(Base):
    __tablename__ = "sender"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    """How staff call it."""
    from_name: Mapped[str] = mapped_column(String(120))
    from_email: Mapped[str] = mapped_column(String(320))
    organisation: Mapped[str] = mapped_column(String(200))
    """The legal name."""
    street: Mapped[str] = mapped_column(String(200))
    locality: Mapped[str] = mapped_column(String(200))
    """Ward, city and postal code, as printed on one line."""
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1; the country of law."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    signatory: Mapped[str] = mapped_column(String(120), default="")
    """Who signs letters."""
    signatory_position: Mapped[str] = mapped_column(String(120), default="")
    brand: Mapped[JsonObject] = mapped_column(default=dict)
    """`colour` (#rrggbb), `tagline`."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Moment]

    @property
    def domain(self) -> str:
        """Of the From address, as its name stands in the DNS (IDNA): keys, limits and ids go by it."""
        return self.from_email.rpartition("@")[2].encode("idna").decode()
