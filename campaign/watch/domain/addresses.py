"""The addresses that mail leaves from, their names, and the way back for replies and bounces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, bad, ok, warn


def reverse(names: Names, addresses: Sequence[str]) -> Iterator[Remark]:
    """Each has a name that leads back to it; large receivers refuse mail from others."""
    for address in addresses:
        pointers = names.pointers(address)
        if not pointers:
            yield bad("ptr", "doctor-ptr-none", address=address)
        elif not any(address in names.addresses(name) for name in pointers):
            yield bad("ptr", "doctor-ptr-not-confirmed", address=address, name=pointers[0])
        else:
            yield ok("ptr", "doctor-ptr-confirmed", address=address, name=pointers[0])
    if not addresses:
        yield warn("ptr", "doctor-no-addresses")


def way_back(names: Names, domain: str, inbound: str) -> Iterator[Remark]:
    """Where replies and bounces go, and where mail to the From address goes."""
    for of, part in dict.fromkeys(((inbound, "replies"), (domain, "from"))):
        exchanges = names.exchanges(of)
        found = bad if part == "replies" else warn
        if exchanges and not exchanges[0][1]:
            yield found("mx", "doctor-mx-null", domain=of)
        elif not exchanges:
            there = bool(names.addresses(of))
            yield (warn if there else found)("mx", "doctor-mx-a" if there else "doctor-mx-none", domain=of)
        elif not any(names.addresses(host) for _, host in exchanges):
            yield found("mx", "doctor-mx-nowhere", domain=of, host=exchanges[0][1])
        else:
            yield ok("mx", "doctor-mx-there", domain=of, host=exchanges[0][1])
