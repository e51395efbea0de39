"""When and from where each person of a file gave their consent, as another system noted it row by row.

Mailchimp keeps the time and the network of a sign-up and of its confirmation. They are proof of that person's
consent, which one day for the whole file is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple

from campaign.contacts.csv_import.cells import Columns
from campaign.contacts.dates import parse_date
from campaign.contacts.names import clean
from campaign.contacts.opt_in.asking import network_hash
from campaign.errors import InvalidInput

TIMES = ("agreed_at", "confirmed_at")
NETWORKS = ("agreed_from", "confirmed_from")
FIELDS = (*TIMES, *NETWORKS)
# before that no shop kept lists of addresses; a computer that does not know the time says 1970 or 1
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)


class Given(NamedTuple):
    """`at` is when the consent was given, None when the row has no time; `evidence` as the ledger keeps it:
    times in ISO 8601, networks as keyed hashes."""

    at: datetime | None
    evidence: dict[str, str]


Reader = Callable[[Sequence[str]], Given]
"""The cells of a row in; InvalidInput with its field for what is no time, or is still to come."""


def reader(columns: Columns, now: datetime, secret: bytes | None) -> Reader | None:
    """None when no column speaks of it. Without a `secret` no network is kept."""
    times = [name for name in TIMES if columns.has(name)]
    networks = [name for name in NETWORKS if columns.has(name) and secret is not None]
    if not times and not networks:
        return None

    def read(cells: Sequence[str]) -> Given:
        at: datetime | None = None
        evidence: dict[str, str] = {}
        for name in times:
            if text := columns.text(cells, name):
                at = moment(name, text, now)  # confirmed, where it was, else signed up
                evidence[f"file_{name}"] = at.isoformat()
        for name in networks:
            if secret is not None and (text := columns.text(cells, name)):
                evidence[f"file_{name}"] = network_hash(secret, text)
        return Given(at, evidence)

    return read


def moment(field: str, text: str, now: datetime) -> datetime:
    """`2025-01-02 03:04:05` is UTC, as other systems export it, unless a zone stands behind it; of a day its
    beginning. InvalidInput when it is none, or not before `now`."""
    written = clean(text)
    try:
        found = datetime.fromisoformat(written.removesuffix(" UTC"))
        at = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        at = datetime.combine(parse_date(field, written), time(), UTC)
    if at < OLDEST:
        raise InvalidInput("contacts-error-date", field=field, value=written[:20])
    if at > now:
        raise InvalidInput("contacts-error-future", field=field)
    return at
