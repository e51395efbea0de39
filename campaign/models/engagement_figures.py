"""What opens and clicks of a mailing came to, kept before the first of them is deleted."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, JsonObject, Moment


class EngagementFigures(Base):
    """One mailing whose opens and clicks are no longer all there: reports read these sums instead. Who it was
    stands nowhere any more; written by `campaign.care.retention.engagement` alone."""

    __tablename__ = "engagement_figures"

    mailing_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("mailing.id"), primary_key=True, autoincrement=False
    )
    counted_at: Mapped[Moment]
    """Up to then opens and clicks are in the figures."""
    gone_before: Mapped[Moment]
    """Those from before this moment are deleted."""
    figures: Mapped[JsonObject]
    """`channels` ({channel: {`opened`, `opened_by_machine`, `clicked`, `clicked_by_machine`: deliveries}}),
    `clicked_only` (people who clicked and did not reply), `links` ({link id: deliveries}) and `arms`
    ({`open`, `click`: {arm: people of the sample}})."""
