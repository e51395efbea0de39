"""Which domains are one mailbox provider: limits count together what one house of servers receives."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Provider:
    """A provider of mailboxes: its key, the name that people know, its domains, where they are from."""

    key: str
    name: str
    domains: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def all_providers() -> tuple[Provider, ...]:
    """Those of `providers.toml`, in its order."""
    tables = tomllib.loads(Path(__file__).with_name("providers.toml").read_text(encoding="utf-8"))
    return tuple(
        Provider(key, table["name"], tuple(table["domains"]), table["source"])
        for key, table in tables.items()
    )


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, str]:
    return {domain: provider.key for provider in all_providers() for domain in provider.domains}


def provider_of(domain: str) -> str:
    """The key of the domain's provider; the domain itself, in lower case, when it has none."""
    folded = domain.lower().rstrip(".")
    return _by_domain().get(folded, folded)
