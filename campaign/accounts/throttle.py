"""Slowing down who guesses passwords, without letting anybody lock a colleague out.

Attempts are counted before the password is looked at (so that parallel guesses count too) and forgotten
when it was right. Three counts over the last quarter of an hour, each with its own patience:

- one account from one network address: a person who mistypes; after five tries the waits double.
- one network address over all accounts: one machine trying many; after thirty tries.
- one account from everywhere: a spread-out attack; after fifty tries, and then never longer than half a
  minute, so that strangers cannot keep the owner out.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from campaign.models import SignInFailure

WINDOW = timedelta(minutes=15)
# rows older than this are of no use to anybody
KEEP = timedelta(days=1)
FIRST_WAIT_SECONDS = 2
# an IPv6 subscriber holds a /64 at the least (RFC 6177), so that is one address to us
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Patience:
    """`free` tries cost nothing; then the wait doubles with each, up to `longest` seconds."""

    free: int
    longest: int

    def wait(self, tries: int) -> timedelta:
        if tries < self.free:
            return timedelta()
        doublings = min(tries - self.free, 20)
        return timedelta(seconds=min(FIRST_WAIT_SECONDS * 2**doublings, self.longest))


PAIR = Patience(free=5, longest=15 * 60)
ADDRESS = Patience(free=30, longest=15 * 60)
ACCOUNT = Patience(free=50, longest=30)


def admit(db: Session, email: str, address: str, now: datetime) -> datetime | None:
    """Count this attempt and let it through (None), or say until when to wait; waiting is not counted."""
    network = network_of(address)
    until = _free_again(db, email, network, now)
    if until > now:
        return until
    db.execute(delete(SignInFailure).where(SignInFailure.at < now - KEEP))
    db.add(SignInFailure(email=email, address=network, at=now))
    db.flush()
    return None


def forget(db: Session, email: str, address: str) -> None:
    """The password was right: this person's tries from this address no longer count."""
    same = and_(SignInFailure.email == email, SignInFailure.address == network_of(address))
    db.execute(delete(SignInFailure).where(same))


def network_of(address: str) -> str:
    """The address that is counted: IPv4 as it is, IPv6 by its /64; anything else as the text it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)


def _free_again(db: Session, email: str, network: str, now: datetime) -> datetime:
    same_account = SignInFailure.email == email
    same_network = SignInFailure.address == network
    counts: list[tuple[ColumnElement[bool], Patience]] = [
        (and_(same_account, same_network), PAIR),
        (same_network, ADDRESS),
        (same_account, ACCOUNT),
    ]
    moments = [now]
    for condition, patience in counts:
        tries, last = db.execute(
            select(func.count(), func.max(SignInFailure.at, type_=SignInFailure.at.type)).where(
                condition, SignInFailure.at > now - WINDOW
            )
        ).one()
        if tries:
            # a try of the future was counted before the clock was set back: nobody waits for it to come again
            moments.append(min(last, now) + patience.wait(tries))
    return max(moments)
