"""A waiver: somebody's reasoned exception for one finding, until a day.

It holds on to the rule and the words it speaks of (`finding.fingerprint_of`): editing those words, or the
day after `until`, ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lint_rules.finding import Finding

# whether somebody agreed to be written to, and how often, is no question of style
NEVER_WAIVED = frozenset({"no-consent-on-record", "daily-limit-exceeded"})


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who excused what, why and until when (the last day on which it holds)."""

    rule: str
    fingerprint: str
    reason: str
    by: str
    until: date

    def covers(self, finding: Finding, today: date) -> bool:
        """Whether it excuses that finding on that day."""
        return (
            (self.rule, self.fingerprint) == (finding.rule, finding.fingerprint)
            and today <= self.until
            and self.rule not in NEVER_WAIVED
        )


def split(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[list[Finding], list[tuple[Finding, Waiver]]]:
    """Findings that count, and those that are waived, each with its waiver."""
    counting: list[Finding] = []
    waived: list[tuple[Finding, Waiver]] = []
    for finding in findings:
        waiver = next((one for one in waivers if one.covers(finding, today)), None)
        if waiver is None:
            counting.append(finding)
        else:
            waived.append((finding, waiver))
    return counting, waived
