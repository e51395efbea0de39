"""All checks of one sending domain, and what was found the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.models import DomainCheck
from campaign.watch.domain import addresses, dkim, dmarc, relay, spf
from campaign.watch.domain.dkim import Key
from campaign.watch.domain.names import CannotAsk, Names, is_public
from campaign.watch.domain.remark import Remark, Verdict, bad, worst


@dataclass(frozen=True)
class Asked:
    """What to look at: the From domain, the keys it signs with, the addresses that mail leaves from."""

    domain: str
    keys: Sequence[Key] = ()
    sending_from: Sequence[str] = ()


def examine(settings: Settings, names: Names, asked: Asked, now: datetime) -> list[Remark]:
    """Some twenty questions to the DNS and two connections to each relay; changes nothing."""
    servers = read_relays(settings.smtp_url)
    inbound = settings.inbound_domain
    found: list[Remark] = []
    try:
        leaving = list(asked.sending_from or settings.sending_addresses) or _seen(names, servers)
        found += spf.check(names, inbound, leaving)
        found += dkim.check(names, asked.domain, asked.keys)
        signs = any(one.part == dkim.PART and one.verdict is Verdict.OK for one in found)
        found += dmarc.check(names, asked.domain, inbound, signs)
        found += addresses.reverse(names, leaving)
        found += addresses.way_back(names, asked.domain, inbound)
    except CannotAsk as error:
        found.append(bad("dns", "doctor-dns-silent", why=str(error)[:200]))
    for server in servers:
        found += relay.check(server, now)
    return found


def keep(db: Session, domain: str, remarks: Sequence[Remark], now: datetime) -> None:
    """Remember it for the pages."""
    row = db.get(DomainCheck, domain) or DomainCheck(domain=domain)
    row.at, row.verdict = now, worst(remarks).value
    row.remarks = {"all": [asdict(remark) for remark in remarks]}
    db.add(row)


def kept(row: DomainCheck) -> list[Remark]:
    """The remarks of a row."""
    return [Remark(**{**one, "verdict": Verdict(one["verdict"])}) for one in row.remarks.get("all", [])]


def _seen(names: Names, servers: Sequence[Relay]) -> list[str]:
    """The relays' own addresses, when strangers can see them: a guess that smart hosts may belie."""
    found: list[str] = []
    for host in dict.fromkeys(server.host for server in servers):
        try:
            found += [host] if is_public(host) else []
        except ValueError:
            found += [address for address in names.addresses(host) if is_public(address)]
    return list(dict.fromkeys(found))
