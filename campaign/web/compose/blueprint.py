"""One blueprint, and what its views look up first."""

from __future__ import annotations

from flask import Blueprint

from campaign.errors import NotFound
from campaign.models import Message, Role
from campaign.web import unit

blueprint = Blueprint("compose", __name__, url_prefix="/messages")

# marketers write campaigns, the care desk writes greetings
WRITERS = (Role.MARKETER, Role.CARE)
# who may look over a writer's shoulder
READERS = (*WRITERS, Role.REVIEWER)


def message_or_404(message_id: int) -> Message:
    """The message by its number."""
    message = unit.db().get(Message, message_id)
    if message is None:
        raise NotFound()
    return message
