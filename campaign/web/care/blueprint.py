"""One blueprint, and what its views look up first."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

from campaign.care.plan import Key
from campaign.errors import NotFound
from campaign.models import Channel, Contact
from campaign.web import unit

blueprint = Blueprint("care", __name__, url_prefix="/care")


def key_or_404(occasion: str, on: str) -> Key:
    """The occurrence in an address: `/care/birthday/2026-03-12`."""
    try:
        return Key(occasion, date.fromisoformat(on))
    except ValueError as error:
        raise NotFound from error


def channel_or_404(word: str) -> Channel:
    try:
        return Channel(word)
    except ValueError as error:
        raise NotFound from error


def contact_or_404(contact_id: int) -> Contact:
    found = unit.db().get(Contact, contact_id)
    if found is None:
        raise NotFound
    return found
