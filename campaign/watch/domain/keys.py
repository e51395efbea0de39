"""Which DKIM keys a domain's mail is signed with: ours, and those of a relay that signs for us. Of these only
the selectors are known, from the settings."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.dispatch.dkim import keys
from campaign.watch.domain.dkim import Key


def of(db: Session, settings: Settings, domain: str) -> list[Key]:
    """Ours first: the domain's own, or those of the nearest domain above it."""
    ours = [Key(one.selector, one.public, one.domain) for one in keys.active_for(db, domain)]
    return ours + of_relay(settings)


def of_relay(settings: Settings) -> list[Key]:
    """One for each selector."""
    return [Key(selector) for selector in settings.dkim_selectors]
