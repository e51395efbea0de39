"""TXT records as the world sees them."""

from __future__ import annotations

import dns.exception
import dns.resolver

from campaign.errors import TransportError

# seconds for all tries; an administrator waits for it
PATIENCE = 6.0


def texts(name: str) -> list[str]:
    """The texts of a name's TXT records; empty when there are none, TransportError when nobody answers."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise TransportError(f"The DNS was asked for {name} and did not answer: {error}") from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
