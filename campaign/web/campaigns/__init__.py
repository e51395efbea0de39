"""Campaigns as their author sees them: the list, whom, and sending."""

from campaign.web.campaigns import after, doubts, head, listing, send, terms, whom  # noqa: F401  (they hang their views on it)
from campaign.web.campaigns.blueprint import blueprint

__all__ = ["blueprint"]
