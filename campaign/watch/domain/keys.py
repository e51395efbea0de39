"""Which DKIM keys a domain's mail is signed with: those of a relay that signs for us, whose selectors the
settings name; the keys themselves only the relay has."""

from __future__ import annotations

from campaign.config import Settings
from campaign.watch.domain.dkim import Key


def of(settings: Settings) -> list[Key]:
    """One for each selector."""
    return [Key(selector) for selector in settings.dkim_selectors]
