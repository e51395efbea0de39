"""Asking the DNS: what is not there is an empty answer, what cannot be asked is an error."""

from __future__ import annotations

import ipaddress

import dns.exception
import dns.resolver
import dns.reversename

from campaign.errors import CampaignError, SetupError

# one question, with its repetitions; a check asks some twenty
ANSWER_SECONDS = 4.0


class CannotAsk(CampaignError):
    """The DNS gives no answer, not even "there is none"."""


class Names:
    """A resolver: the machine's own, or `server` (`host` or `host:port`)."""

    def __init__(self, server: str = "") -> None:
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.resolver.NoResolverConfiguration as error:
            raise SetupError("This machine has no name server; name one: --dns HOST.") from error
        if server:
            host, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "53")
            self._resolver.nameservers = [host]
            self._resolver.port = int(port)
        self._resolver.lifetime = ANSWER_SECONDS

    def texts(self, name: str) -> list[str]:
        """TXT records; the strings of one record are one text (RFC 7208 §3.3)."""
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")]

    def addresses(self, name: str) -> list[str]:
        """A and AAAA."""
        found = [record.address for kind in ("A", "AAAA") for record in self._ask(name, kind)]
        return sorted(found)

    def exchanges(self, name: str) -> list[tuple[int, str]]:
        """MX, the preferred first; a host of "" says that the domain takes no mail (RFC 7505)."""
        return sorted(
            (record.preference, record.exchange.to_text(omit_final_dot=True).removesuffix("."))
            for record in self._ask(name, "MX")
        )

    def pointers(self, address: str) -> list[str]:
        """The names of an address."""
        name = dns.reversename.from_address(address).to_text()
        return sorted(record.target.to_text(omit_final_dot=True).lower() for record in self._ask(name, "PTR"))

    def _ask(self, name: str, kind: str) -> list:  # type: ignore[type-arg]  # records of as many kinds as DNS has
        try:
            return list(self._resolver.resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise CannotAsk(f"{kind} {name}: {error}") from error


def is_public(address: str) -> bool:
    """Whether strangers can see it."""
    return ipaddress.ip_address(address).is_global
