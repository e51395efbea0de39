"""The list of addresses and domains never to write to, as people keep it: finding, adding many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from campaign.contacts import domains, suppression
from campaign.contacts.addresses import folded, normalise_email
from campaign.contacts.place_keys import searched
from campaign.errors import InvalidInput
from campaign.models import Account, Channel, SuppressedDomain, Suppression, SuppressionReason

# a list that a person keeps; files of whole customers come by import, which knows what is unsubscribed
MOST_LINES = 20_000
# what separates an address from the notes that other systems put behind it
SEPARATORS = ",;\t"
WRONG_SHOWN = 20


@dataclass
class Taken:
    """What became of a list."""

    addresses: int = 0
    domains: int = 0
    known: int = 0
    """Entries that stood there before."""
    wrong: list[tuple[int, str]] = field(default_factory=list)
    """Line numbers and lines that are neither address nor domain."""


def addresses(words: str = "", channel: Channel | None = None) -> Select[Suppression]:
    """The suppressed addresses, newest first; `words` is any part of one, with its marks or without."""
    found = select(Suppression).order_by(Suppression.id.desc())
    if channel is not None:
        found = found.where(Suppression.channel == channel)
    for part in filter(None, (part.strip() for part in words.split(","))):
        # a person at a place is kept folded
        key = Suppression.address_key
        line = func.replace(func.replace(key, "|", " "), "-", " ")
        holds = [key.icontains(part.lower(), autoescape=True)]
        if plain := folded(part):
            holds += [line.icontains(one, autoescape=True) for one in sorted(searched(plain))]
        found = found.where(or_(*holds))
    return found


def closed_domains(words: str = "") -> Select[SuppressedDomain]:
    """The suppressed domains by name; `words` is any part of one."""
    found = select(SuppressedDomain).order_by(SuppressedDomain.domain)
    if words:
        found = found.where(SuppressedDomain.domain.icontains(words.lower(), autoescape=True))
    return found


def is_domain(entry: str) -> bool:
    """Whether somebody means a domain and not an address: `example.com`, `@example.com`, `*.example.com`."""
    return not entry.strip().lstrip("@*.").count("@")


def add_address(
    db: Session, text: str, *, reason: str, account: Account | None, source: str, now: datetime
) -> bool:
    """Suppress one e-mail address; False when it was. InvalidInput when it is none."""
    try:
        key = normalise_email(text).key
    except InvalidInput as error:
        raise InvalidInput("suppressions-error-entry", field="entry", value=text[:80]) from error
    known = suppression.find(db, Channel.EMAIL, key) is not None
    note = f"{source}: {reason}"[:200]
    suppression.suppress(db, Channel.EMAIL, key, SuppressionReason.REQUESTED, source=note, now=now)
    return not known


def take(
    db: Session, text: str, *, reason: str, account: Account | None, source: str, now: datetime
) -> Taken:
    """Each line an address or a domain; what other systems wrote behind it is left. Blank lines, and lines
    that begin with #, are nothing. InvalidInput when there are too many."""
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise InvalidInput("suppressions-error-too-many", field="list", limit=MOST_LINES)
    taken = Taken()
    for number, line in enumerate(lines, 1):
        entry = _first_cell(line)
        if not entry or entry.startswith("#"):
            continue
        try:
            _take_one(db, entry, taken, reason, account, source, now)
        except InvalidInput:
            taken.wrong.append((number, line.strip()[:80]))
    return taken


def _take_one(
    db: Session, entry: str, taken: Taken, reason: str, account: Account | None, source: str, now: datetime
) -> None:
    if is_domain(entry):
        domain = domains.read(entry)
        if db.scalar(select(SuppressedDomain.id).where(SuppressedDomain.domain == domain)) is not None:
            taken.known += 1
            return
        domains.suppress(db, domain, reason=reason, account=account, now=now)
        taken.domains += 1
    elif add_address(db, entry, reason=reason, account=account, source=source, now=now):
        taken.addresses += 1
    else:
        taken.known += 1


def _first_cell(line: str) -> str:
    for mark in SEPARATORS:
        line = line.partition(mark)[0]
    return line.strip().strip("\"'").strip()
