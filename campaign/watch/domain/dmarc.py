"""DMARC (RFC 7489): a policy for the From domain, and an envelope that agrees with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from publicsuffixlist import PublicSuffixList

from campaign.watch.domain.dkim import tags_of
from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, bad, ok, warn

PART = "dmarc"
POLICIES = ("none", "quarantine", "reject")


def check(names: Names, domain: str, envelope: str, signs: bool) -> Iterator[Remark]:
    """`envelope` is the domain of bounce addresses; `signs`: DKIM of the From domain stands in for it."""
    for at in dict.fromkeys((domain, organisation(domain))):
        records = [text for text in names.texts(f"_dmarc.{at}") if text.startswith("v=DMARC1")]
        if records:
            yield from _policy(at, records, "p" if at == domain else "sp")
            break
    else:
        yield bad(PART, "doctor-dmarc-none", domain=domain)
    if organisation(envelope) == organisation(domain):
        yield ok(PART, "doctor-dmarc-aligned", envelope=envelope)
    elif signs:
        yield warn(PART, "doctor-dmarc-by-dkim", envelope=envelope, domain=domain)
    else:
        yield bad(PART, "doctor-dmarc-not-aligned", envelope=envelope, domain=domain)


def organisation(domain: str) -> str:
    """The registered domain: `example.co.uk` of `mail.example.co.uk` (§3.2)."""
    return str(_suffixes().privatesuffix(domain.lower()) or domain.lower())


def _policy(at: str, records: list[str], tag: str) -> Iterator[Remark]:
    """`tag`: an organisation may have another policy for its sub-domains (`sp=`, §6.3)."""
    tags = tags_of(records[0])
    policy = (tags.get(tag) or tags.get("p", "")).lower()
    if len(records) > 1 or policy not in POLICIES:
        yield bad(PART, "doctor-dmarc-syntax", domain=at)
        return
    yield ok(PART, "doctor-dmarc-policy", domain=at, policy=policy)
    if policy == "none":
        yield warn(PART, "doctor-dmarc-p-none")
    if "rua" not in tags:
        yield warn(PART, "doctor-dmarc-no-reports")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
