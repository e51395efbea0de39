"""What the house decided for all its pages: each decision a row, the newest one holds."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment


class HouseSetting(Base):
    """One version of one setting; older ones stay, for sign-offs name the version they were made under."""

    __tablename__ = "house_setting"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40), index=True)
    """`rules`, `second_factor`."""
    value: Mapped[JsonObject]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    """None when it was set at the command line."""
    at: Mapped[Moment]
