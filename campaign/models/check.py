"""Sign-off of a large audience, and what goes to people added later: frozen and read in the background, while
the author waits or goes away."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import AccountId, Base, BigId, Id, Json, JsonObject, Moment, words


class CheckState(StrEnum):
    """The first two go on by themselves; the others are its end."""

    FREEZING = "freezing"
    READING = "reading"
    SUBMITTED = "submitted"  # there is a submission now
    SENT = "sent"  # to those added, under the sign-off that there was
    BLOCKED = "blocked"  # the linter found what must not go out: `findings`
    REFUSED = "refused"  # it could not be submitted: `refusal`
    CHANGED = "changed"  # the message was edited meanwhile
    STOPPED = "stopped"  # by a person, or for a newer one


class AudienceCheck(Base):
    """One wish to put a campaign before a reviewer, or to send it to those added since, and how far its check
    is."""

    __tablename__ = "audience_check"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    account_id: Mapped[AccountId]
    added: Mapped[bool] = mapped_column(default=False)
    """For those added since; else for the sign-off."""
    asked_at: Mapped[Moment]
    note: Mapped[str] = mapped_column(Text, default="")
    asks: Mapped[JsonObject] = mapped_column(default=dict)
    """Reasons for waivers, by the key of the finding."""
    state: Mapped[CheckState] = mapped_column(words(CheckState), default=CheckState.FREEZING, index=True)
    audience_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("audience.id"))
    """None until it is frozen."""
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    """Of what is read; another one at the end means that it was edited meanwhile."""
    rules: Mapped[str] = mapped_column(String(130), default="")
    """The rules and the house's settings that it is read with; with others it begins anew."""
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """Renderings, for the progress."""
    gathered: Mapped[JsonObject] = mapped_column(default=dict)
    """What was found so far, and where to go on (`campaign.lint.gathering`)."""
    findings: Mapped[list[Any]] = mapped_column(Json, default=list)
    """All findings at the end, as JSON."""
    refusal: Mapped[JsonObject] = mapped_column(default=dict)
    """`key` and `values` of the sentence."""
    ended_at: Mapped[datetime | None]
