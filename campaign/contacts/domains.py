"""Domains never to write to, with everything below them: one list for all senders and mailings.

Held wherever a suppressed address is: `reachable.suppressed` asks both in one condition.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, delete, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from campaign import audit
from campaign.contacts.addresses import normalise_email
from campaign.db import texts
from campaign.errors import InvalidInput
from campaign.models import Account, Channel, ConsentPurpose, Contact, SuppressedDomain
from campaign.models.suppressed_domain import TAIL

# the shortest domain: `a.vn`
SHORTEST = 4
REASON_LENGTH = 500
# whole countries and kinds of bodies stand behind the last two labels there
SECOND_LEVELS = frozenset({"com", "net", "org", "edu", "gov", "co", "ac", "or", "ne", "gob", "biz", "info"})


def read(text: str) -> str:
    """The domain as addresses have it; takes `example.com`, `@example.com` and `*.example.com`.

    InvalidInput when it is none, or when it is no one's domain but a country's (`vn`, `com.vn`).
    """
    given = text.strip().lower().removeprefix("*").removeprefix("@").strip(".")
    try:
        domain = normalise_email(f"a@{given}").key.partition("@")[2]
    except InvalidInput as error:
        raise InvalidInput("suppressions-error-domain", field="entry", value=text[:80]) from error
    labels = domain.split(".")
    if len(labels) < 2 or (len(labels) == 2 and labels[0] in SECOND_LEVELS and len(labels[1]) == 2):
        raise InvalidInput("suppressions-error-whole-country", field="entry", value=domain)
    return domain


def suppress(
    db: Session, domain: str, *, reason: str, account: Account | None, now: datetime
) -> SuppressedDomain:
    """Never write to the domain or below it; `domain` as `read` gives it. A second call changes nothing."""
    known = db.scalar(select(SuppressedDomain).where(SuppressedDomain.domain == domain))
    if known is not None:
        return known
    entry = SuppressedDomain(
        domain=domain,
        tail=domain[-TAIL:],
        reason=reason[:REASON_LENGTH],
        account_id=account.id if account else None,
        at=now,
    )
    db.add(entry)
    db.flush()
    audit.record(db, account, "suppress_domain", "domain", entry.id, now, domain=domain, reason=entry.reason)
    return entry


def lift(db: Session, entry: SuppressedDomain, *, account: Account, reason: str, now: datetime) -> None:
    """Write there again, for a reason that the log keeps. Addresses that are suppressed themselves stay."""
    audit.record(
        db, account, "lift_suppressed_domain", "domain", entry.id, now, domain=entry.domain, reason=reason
    )
    db.execute(delete(SuppressedDomain).where(SuppressedDomain.id == entry.id))


def standing(key: Any) -> ColumnElement[bool]:
    """The condition that a domain stands against the e-mail key, a column of the enclosing statement.

    A domain is found by its last characters in an index, then compared as plain text: no wildcard is in it.
    The first question is asked once a statement, for most houses have no such domain.
    """
    return and_(exists(select(SuppressedDomain.id)), _below(key))


def _below(key: Any) -> ColumnElement[bool]:
    # what begins before the text gives some other tail, and the comparison below sees through it
    tails = [func.substr(key, func.length(key) - (size - 1)) for size in range(TAIL, SHORTEST - 1, -1)]
    end = func.substr(key, func.length(key) - func.length(SuppressedDomain.domain))
    under = or_(end == "@" + SuppressedDomain.domain, end == "." + SuppressedDomain.domain)
    return exists().where(SuppressedDomain.tail.in_(tails), under).correlate_except(SuppressedDomain)


class _Host(FunctionElement[str]):
    """What stands behind the @ of an e-mail key; the databases call it by different names."""

    type = Text()
    inherit_cache = True
    name = "host"


@compiles(_Host, "postgresql")
def _host_postgresql(element: _Host, compiler: SQLCompiler, **given: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **given)}, '@', 2)"


@compiles(_Host, "sqlite")
def _host_sqlite(element: _Host, compiler: SQLCompiler, **given: Any) -> str:
    key = compiler.process(element.clauses, **given)
    return f"substr({key}, instr({key}, '@') + 1)"


def standing_among_all(key: Any) -> ColumnElement[bool]:
    """`standing` for whoever asks about many contacts: a million people live at some thousand hosts, so the
    hosts are judged once, and not each person."""
    everybody = aliased(Contact)
    hosts = select(_Host(everybody.email_key).label("host")).where(everybody.email_key != "").distinct()
    host = hosts.offset(0).subquery().c.host  # OFFSET 0: told apart first, then judged
    closed = select(host).where(_below("@" + host))
    return and_(exists(select(SuppressedDomain.id)), _Host(key).in_(closed))


def stand_against(channel: Channel, purpose: ConsentPurpose | None) -> bool:
    """Whether closed domains count for what is sent: not for letters, nor for answers to a person's doing."""
    return channel is Channel.EMAIL and purpose is not None


def closed_hosts(db: Session, hosts: Collection[str]) -> set[str]:
    """Those of the hosts that are closed, by their own name or a domain above it.

    For who asks about many addresses: some thousand people live at some hundred hosts, whose domains are
    looked up in the index of closed ones in one join, however many these are.
    """
    above = {host: _above(host) for host in hosts}
    wanted = sorted({domain for domains in above.values() for domain in domains})
    given = texts(db.get_bind().dialect.name, "wanted")
    found = select(SuppressedDomain.domain).join(given, given.c.text == SuppressedDomain.domain)
    closed = set(db.scalars(found, {"wanted": json.dumps(wanted)}))
    return {host for host, domains in above.items() if not closed.isdisjoint(domains)}


def of_address(db: Session, email_key: str) -> SuppressedDomain | None:
    """The nearest domain that stands against the address, if any."""
    above = _above(email_key.rpartition("@")[2])
    found = select(SuppressedDomain).where(SuppressedDomain.domain.in_(above))
    return db.scalar(found.order_by(func.length(SuppressedDomain.domain).desc()).limit(1))


def _above(domain: str) -> list[str]:
    """The domain and those it lies in, without the last label alone."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def people_at(db: Session, domain: str) -> int:
    """How many people have an address there: to be seen before it is closed."""
    end = func.substr(Contact.email_key, func.length(Contact.email_key) - len(domain))
    return db.scalar(select(func.count(Contact.id)).where(end.in_([f"@{domain}", f".{domain}"]))) or 0
