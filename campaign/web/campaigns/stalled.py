"""Why a sending that should move does not: what is out of order, for people who do not run the machine."""

from __future__ import annotations

from campaign.models import Campaign
from campaign.queue import QueueName
from campaign.web import health
from campaign.web.campaigns.going import Going

WATCHED = {
    "email": ("redis", "beat", "smtp"),
    "letter": ("redis", "beat"),
    "both": ("redis", "beat", "smtp"),
}
QUEUES = {
    "email": (QueueName.EMAIL,),
    "letter": (QueueName.LETTERS,),
    "both": (QueueName.EMAIL, QueueName.LETTERS),
}


def why(campaign: Campaign, going: Going | None) -> list[str]:
    """The names of what is out of order while it goes out: `redis`, `beat`, `smtp`, `workers`. The lock on
    sending is told of on every page."""
    if going is None or not going.is_moving:
        return []
    found = health.monitor().look(WATCHED[campaign.channels])
    red = [name for name, finding in found.items() if not finding.ok]
    if "redis" not in red and not _somebody_works(campaign):
        red.append("workers")
    return red


def _somebody_works(campaign: Campaign) -> bool:
    fleet = health.workers()
    if fleet is None:
        return True  # the queue server has just gone: the next look says so
    hands = {line.name: line.workers for line in fleet.lines}
    return all(hands.get(queue) for queue in QUEUES[campaign.channels])
