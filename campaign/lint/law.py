"""What the law packs need to know beside a message's words: whose law applies, and what is sent with it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from campaign.audience import daily
from campaign.contacts import consent
from campaign.models import Audience, AudienceMember, Channel, ConsentPurpose, Contact
from campaign.render import headers
from campaign.render.content import MessageContent
from lint_rules.context import Context
from lint_rules.packs import packs_of

# our own addresses look like this; the token is each recipient's
UNSUBSCRIBE_URL = "https://campaign.example/unsubscribe_url"
BODY_PARTS = ("text/plain", "text/html")


def packs_for(sender_country: str, *recipients: str) -> frozenset[str]:
    """The packs of the sender's country of law and of the recipients' countries."""
    return packs_of((sender_country, *recipients))


def packs_of_audience(db: Session, audience: Audience, sender_country: str) -> frozenset[str]:
    """The packs of everybody in a frozen audience, and of its sender."""
    countries = (
        select(Contact.country)
        .join(AudienceMember, AudienceMember.contact_id == Contact.id)
        .where(AudienceMember.audience_id == audience.id)
        .distinct()
    )
    return packs_for(sender_country, *db.scalars(countries))


def headers_of(content: MessageContent) -> dict[str, str] | None:
    """Header fields as the writer will set them; None where an answer's thread is not known."""
    answered = str(content.settings.get("in_reply_to") or "")
    thread = {"In-Reply-To": f"<{answered}>", "References": f"<{answered}>"} if answered else {}
    if content.purpose is None:
        return thread or None
    return thread | dict(headers.unsubscribe_headers(UNSUBSCRIBE_URL))


class AudienceFacts:
    """What is counted once for a frozen audience on one channel, and asked for each rendering."""

    def __init__(
        self, db: Session, content: MessageContent, audience: Audience, channel: Channel, common: Context
    ) -> None:
        self._db = db
        self._content = content
        self._audience = audience
        self._channel = channel
        self._common = common
        self._by_country: dict[str, Context] = {}

    def context(self, country: str) -> Context:
        """The context of a rendering for somebody in that country."""
        if country not in self._by_country:
            packs = packs_for(self._content.sender.country, country)
            self._by_country[country] = replace(self._counted, packs=packs)
        return self._by_country[country]

    @cached_property
    def _counted(self) -> Context:
        if self._channel is not Channel.EMAIL:
            return self._common
        return replace(
            self._common,
            sender=f'"{self._content.sender.from_name}" <{self._content.sender.from_email}>',
            headers=headers_of(self._content),
            parts=BODY_PARTS,
            recipients=self._count(),
            recipients_without_consent=self._without_consent(),
            max_sends_last_24h=self._most_in_a_day(),
        )

    def _count(self) -> int:
        members = select(func.count()).where(*self._mine)
        return self._db.scalar(members) or 0

    def _without_consent(self) -> int | None:
        purpose = self._content.purpose
        if purpose is None:
            return None
        permitted = consent.allowed(
            self._channel, purpose, self._content.sender.id, AudienceMember.contact_id.expression
        )
        without: int | None = self._db.scalar(select(func.count()).where(*self._mine, ~permitted))
        return without or 0

    def _most_in_a_day(self) -> int | None:
        """Of the people whom such a limit protects."""
        limit = daily.limit_of(packs_of_audience(self._db, self._audience, self._content.sender.country))
        if limit is None or self._content.purpose is not ConsentPurpose.MARKETING:
            return None
        since = self._audience.frozen_at - limit[1]
        return daily.most_sent(self._db, self._audience.id, self._content.sender.country, since)

    @property
    def _mine(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            AudienceMember.audience_id == self._audience.id,
            AudienceMember.channel == self._channel,
        )
