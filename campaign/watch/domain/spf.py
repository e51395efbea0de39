"""SPF (RFC 7208): is there one record, does it parse, does it ask at most ten times, does it name us?"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, bad, ok, warn

# RFC 7208 §4.6.4: more terms that ask the DNS than this are a permanent error, more empty answers as well
MOST_LOOKUPS = 10
MOST_VOID = 2
TERM = re.compile(
    r"(?P<sign>[+\-~?]?)(?P<name>all|include|a|mx|ptr|ip4|ip6|exists)(?::(?P<value>[^/\s]+(?:/[\d/]+)?))?"
    r"(?P<mask>/[\d/]+)?",
    re.IGNORECASE,
)
MODIFIER = re.compile(r"(?P<name>[a-z][a-z0-9._-]*)=(?P<value>\S*)", re.IGNORECASE)
RESULTS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
PART = "spf"


class PermError(Exception):
    """The record is wrong; receivers treat the domain as if it were forged. The key and values say why."""

    def __init__(self, key: str, **values: str) -> None:
        self.key, self.values = key, values
        super().__init__(key)


@dataclass
class _Walk:
    """One evaluation: how often it asked, and over which domains."""

    names: Names
    lookups: int = 0
    void: int = 0
    path: list[str] = field(default_factory=list)

    def asks(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise PermError("doctor-spf-too-many", most=str(MOST_LOOKUPS))

    def found(self, answers: list[str]) -> list[str]:
        self.void += not answers
        if self.void > MOST_VOID:
            raise PermError("doctor-spf-void", most=str(MOST_VOID))
        return answers


def check(names: Names, domain: str, addresses: Sequence[str]) -> Iterator[Remark]:
    """`addresses` are those that mail leaves from; without any only the record itself is looked at."""
    try:
        record = _record(names, domain)
        if record is None:
            yield bad(PART, "doctor-spf-none", domain=domain)
            return
        # an address that no record names walks through all of it
        counted = _Walk(names)
        _evaluate(counted, domain, ipaddress.ip_address("192.0.2.1"))
        results = {one: _evaluate(_Walk(names), domain, ipaddress.ip_address(one)) for one in addresses}
    except PermError as error:
        yield bad(PART, error.key, **{"domain": domain, **error.values})
        return
    yield ok(PART, "doctor-spf-record", record=record, lookups=counted.lookups, most=MOST_LOOKUPS)
    if re.search(r"\+?\ball\s*$", record) and not re.search(r"[-~?]all\s*$", record):
        yield bad(PART, "doctor-spf-everybody")
    for address, result in results.items():
        if result == "pass":
            yield ok(PART, "doctor-spf-pass", address=address)
        else:
            yield bad(PART, "doctor-spf-fail", address=address, domain=domain, result=result)
    if not addresses:
        yield warn(PART, "doctor-no-addresses")


def _record(names: Names, domain: str) -> str | None:
    records = [text for text in names.texts(domain) if re.match(r"v=spf1( |$)", text, re.IGNORECASE)]
    if len(records) > 1:
        raise PermError("doctor-spf-two", count=str(len(records)))
    return records[0] if records else None


def _evaluate(walk: _Walk, domain: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """`pass`, `fail`, `softfail`, `neutral` or `none` (§4.6)."""
    if domain.lower() in walk.path:
        raise PermError("doctor-spf-loop", at=domain)
    record = _record(walk.names, domain)
    if record is None:
        return "none"
    walk.path.append(domain.lower())
    redirect = ""
    result = ""
    for word in record.split()[1:]:
        if (term := TERM.fullmatch(word)) is not None:
            if _matches(walk, term, domain, address):
                result = RESULTS[term["sign"]]
                break
        elif (modifier := MODIFIER.fullmatch(word)) is not None:
            redirect = modifier["value"] if modifier["name"].lower() == "redirect" else redirect
        else:
            raise PermError("doctor-spf-syntax", term=word)
    if not result and redirect:
        walk.asks()
        result = _evaluate(walk, redirect, address)
        if result == "none":
            raise PermError("doctor-spf-include", at=redirect)
    walk.path.pop()
    return result or "neutral"


def _matches(
    walk: _Walk, term: re.Match[str], domain: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address
) -> bool:
    name, value = term["name"].lower(), term["value"]
    if name == "all":
        return True
    if name in ("ip4", "ip6"):
        return _within(address, [value + (term["mask"] or "")] if value else [], term[0])
    walk.asks()
    if name == "include":
        result = _evaluate(walk, value or "", address)
        if result == "none":
            raise PermError("doctor-spf-include", at=value or "?")
        return result == "pass"
    if name == "exists" or "%" in (value or ""):
        return False  # macros depend on the mail; they still count as questions
    if name == "ptr":
        return False  # §5.5: not to be used; many receivers leave it out
    target, _, inner = (value or domain).partition("/")
    mask = f"/{inner}" if inner else term["mask"] or ""
    hosts = [host for _, host in walk.names.exchanges(target)] if name == "mx" else [target]
    found = walk.found([one for host in hosts if host for one in walk.names.addresses(host)])
    return _within(address, [one + _mask(mask, one) for one in found], term[0])


def _mask(mask: str, address: str) -> str:
    """`/24//64`: the first for IPv4, the second for IPv6 (§5.6)."""
    four, _, six = mask.removeprefix("/").partition("/")
    length = six.strip("/") if ":" in address else four
    return f"/{length}" if length else ""


def _within(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: Sequence[str], term: str
) -> bool:
    try:
        return any(address in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        raise PermError("doctor-spf-syntax", term=term) from None
