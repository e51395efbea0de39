"""The administrator's view of the running installation: live numbers, what nobody can know, the lock, and
the sending domains."""

from __future__ import annotations

from campaign.web.operations import domains, live, locked, unknown
from campaign.web.operations.blueprint import blueprint

__all__ = ["blueprint", "domains", "live", "locked", "unknown"]
