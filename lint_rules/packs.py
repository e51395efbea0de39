"""The law packs: which rules a country's law switches on, with what numbers and words, and from where.

Each is a file in `packs/`. Its status says how far the text was checked: `verified` against the text or a
verbatim quotation, `third-party` from somebody's summary, `unverified` from memory. None is legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lint_rules.rule import Kind

if TYPE_CHECKING:
    from lint_rules.document import Draft

PACKS = Path(__file__).parent / "packs"
STATUSES = ("verified", "third-party", "unverified")
# what answers or serves the customer's own dealings is nobody's advertising
LAW_KINDS = frozenset({Kind.MARKETING, Kind.GREETING, Kind.REQUEST})
_ABOUT = frozenset({"article", "source", "status", "note"})


@dataclass(frozen=True, slots=True)
class Provision:
    """What a pack says of one rule: where it stands, how sure that is, and the rule's own values."""

    pack: str
    article: str
    source: str
    status: str
    note: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """One country's or region's law. `countries` are ISO 3166-1 codes."""

    name: str
    law: str
    in_force: date
    checked: date
    countries: frozenset[str]
    rules: Mapping[str, Provision]


@cache
def all_packs() -> Mapping[str, Pack]:
    """The packs by name."""
    return {path.stem: _read(path) for path in sorted(PACKS.glob("*.toml"))}


def packs_of(countries: Iterable[str]) -> frozenset[str]:
    """The packs whose law reaches into one of these countries."""
    codes = frozenset(countries)
    return frozenset(pack.name for pack in all_packs().values() if pack.countries & codes)


def provisions(rule_id: str, packs: Iterable[str]) -> list[Provision]:
    """What those packs say of the rule, in the order of their names; empty when none switches it on."""
    wanted = frozenset(packs)
    if not wanted:
        return []
    return [
        pack.rules[rule_id] for pack in all_packs().values() if pack.name in wanted and rule_id in pack.rules
    ]


def provisions_of(draft: Draft, rule_id: str) -> list[Provision]:
    """As `provisions`, for the packs of a message."""
    return provisions(rule_id, draft.context.packs)


def sources_of(rule_id: str) -> list[tuple[Pack, Provision]]:
    """Every pack that switches the rule on, for its page."""
    return [(pack, pack.rules[rule_id]) for pack in all_packs().values() if rule_id in pack.rules]


def _read(path: Path) -> Pack:
    """Raises ValueError for a pack that does not say how sure it is."""
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = {}
    for rule_id, item in given["rules"].items():
        if item["status"] not in STATUSES:
            raise ValueError(f"{path.name}: rules.{rule_id}.status is not one of {', '.join(STATUSES)}")
        rules[rule_id] = Provision(
            pack=path.stem,
            article=item["article"],
            source=item["source"],
            status=item["status"],
            note=item.get("note", ""),
            values={key: value for key, value in item.items() if key not in _ABOUT},
        )
    return Pack(
        path.stem,
        given["law"],
        given["in_force"],
        given["checked"],
        frozenset(given["countries"]),
        rules,
    )
