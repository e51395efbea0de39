"""Waivers laid over findings: pure functions, no rows.

A waived finding stays in the list, marked, and blocks no more. A waiver holds on to rule, block and
fingerprint: other words have another fingerprint, so an edit voids it without anybody noticing. Expired
and voided ones count no more; one that fits nothing is shown as unused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.lint.findings import blocking
from lint_rules.finding import Finding
from lint_rules.waiver import NEVER_WAIVED

# consent, suppression and daily limits are people's rights, not style: nobody may lift them. They are
# read again when a delivery is claimed, where no waiver is known. What cannot be filled cannot be sent.
NEVER = NEVER_WAIVED | {"rendering"}


class Standing(StrEnum):
    """What a waiver is worth today."""

    ASKED = "asked"  # a reviewer has to grant it
    HOLDS = "holds"
    EXPIRED = "expired"
    VOIDED = "voided"


@dataclass(frozen=True)
class Exemption:
    """One waiver as the linter sees it; `id` leads back to its row."""

    rule: str
    part: str
    fingerprint: str
    granted: bool = False
    voided: bool = False
    ends_on: date | None = None
    id: int = 0

    def standing(self, today: date) -> Standing:
        """Voided before expired before asked."""
        if self.voided:
            return Standing.VOIDED
        if not self.granted:
            return Standing.ASKED
        return Standing.HOLDS if self.ends_on is None or today <= self.ends_on else Standing.EXPIRED


@dataclass(frozen=True)
class Judged:
    """A finding with the waiver that speaks of it, the one worth most when there are several."""

    finding: Finding
    waiver: Exemption | None = None
    standing: Standing | None = None

    @property
    def waived(self) -> bool:
        return self.standing is Standing.HOLDS


@dataclass(frozen=True)
class Applied:
    """All findings in their order, and the waivers that fit none of them."""

    judged: list[Judged]
    unused: list[Exemption]

    @property
    def blocking(self) -> list[Finding]:
        """What still stands in the way."""
        return blocking(item.finding for item in self.judged if not item.waived)


def key_of(finding: Finding) -> str:
    """What a form calls it: the same for findings that one waiver would cover."""
    return f"{finding.rule}:{finding.part}:{finding.fingerprint}"


def may_be_waived(finding: Finding) -> bool:
    """Whether any reason could lift it; what has no fingerprint has nothing to hold on to."""
    return finding.rule not in NEVER and bool(finding.fingerprint)


def apply(findings: Iterable[Finding], waivers: Sequence[Exemption], today: date) -> Applied:
    """Lay the waivers over the findings."""
    used: set[int] = set()
    judged = []
    for finding in findings:
        fitting = [number for number, waiver in enumerate(waivers) if _fits(waiver, finding)]
        used.update(fitting)
        best = min((waivers[n] for n in fitting), key=lambda one: _worth(one, today), default=None)
        judged.append(Judged(finding, best, best.standing(today) if best else None))
    return Applied(judged, [waiver for number, waiver in enumerate(waivers) if number not in used])


def _fits(waiver: Exemption, finding: Finding) -> bool:
    same = (waiver.rule, waiver.part, waiver.fingerprint) == (finding.rule, finding.part, finding.fingerprint)
    return same and may_be_waived(finding)


def _worth(waiver: Exemption, today: date) -> int:
    order = (Standing.HOLDS, Standing.ASKED, Standing.EXPIRED, Standing.VOIDED)
    return order.index(waiver.standing(today))
