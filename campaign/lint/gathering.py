"""What is found in renderings, gathered: equal findings count as one, with a first recipient as the example.

Kept as plain JSON between two stretches of a large audience, so that a worker that was stopped goes on where
the last stretch ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from campaign.lint.readings import Place
from campaign.models import AudienceMember
from lint_rules.finding import Finding

# rule, severity, part and fingerprint, and the how manyth of these in its rendering
Key = tuple[tuple[str, ...], int]


@dataclass(frozen=True)
class Example:
    """A recipient whom a finding is about."""

    contact_id: int
    name: str

    @classmethod
    def of(cls, member: AudienceMember) -> Example:
        name = member.values.get("contact", {}).get("full_name") or member.address.split("\n")[0]
        return cls(member.contact_id, name)


@dataclass
class Gathered:
    """Of one variant on one channel."""

    total: int = 0
    firsts: dict[Key, tuple[Finding, Example]] = field(default_factory=dict)
    counts: Counter[Key] = field(default_factory=Counter)
    pages: list[tuple[Finding, Example]] | None = None
    """On the HTML part of the first rendering; None before there was one."""

    def add(self, findings: Iterable[Finding], member: AudienceMember) -> None:
        """The findings of one rendering."""
        self.total += 1
        nth: Counter[tuple[str, ...]] = Counter()
        for finding in findings:
            kind = (finding.rule, finding.severity.value, finding.part, finding.fingerprint)
            key = (kind, nth[kind])
            nth[kind] += 1
            self.counts[key] += 1
            if key not in self.firsts:
                self.firsts[key] = (finding, Example.of(member))

    def to_json(self) -> dict[str, Any]:
        return {
            "total": self.total,
            "found": [
                {"nth": key[1], "count": self.counts[key], **_to_json(*first)}
                for key, first in self.firsts.items()
            ],
            "pages": None if self.pages is None else [_to_json(*one) for one in self.pages],
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Gathered:
        made = cls(given["total"])
        for one in given["found"]:
            finding, example = _from_json(one)
            kind = (finding.rule, finding.severity.value, finding.part, finding.fingerprint)
            made.firsts[kind, one["nth"]] = (finding, example)
            made.counts[kind, one["nth"]] = one["count"]
        if given["pages"] is not None:
            made.pages = [_from_json(one) for one in given["pages"]]
        return made


@dataclass
class Gathering:
    """Of a whole audience, as far as it was read: `at` is the last rendering, None before the first."""

    groups: dict[tuple[str, str, int], Gathered] = field(default_factory=dict)
    """By arm, channel and variant, in the order of reading."""
    at: Place | None = None

    @property
    def read(self) -> int:
        """Renderings so far."""
        return sum(group.total for group in self.groups.values())

    def to_json(self) -> dict[str, Any]:
        return {
            "at": list(self.at) if self.at else None,
            "groups": [[*key, group.to_json()] for key, group in self.groups.items()],
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Gathering:
        """What `to_json` made; nothing read for an empty object."""
        groups = {(one[0], one[1], one[2]): Gathered.from_json(one[3]) for one in given.get("groups", [])}
        return cls(groups, Place(*given["at"]) if given.get("at") else None)


def _to_json(finding: Finding, example: Example) -> dict[str, Any]:
    return {"finding": finding.to_json(), "contact_id": example.contact_id, "name": example.name}


def _from_json(given: dict[str, Any]) -> tuple[Finding, Example]:
    return Finding.from_json(given["finding"]), Example(given["contact_id"], given["name"])
