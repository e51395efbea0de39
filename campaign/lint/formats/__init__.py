"""How findings are printed: one file a format, each with `lines(results)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from campaign.lint.files.file import Place
from lint_rules.finding import Finding
from lint_rules.waiver import Waiver


@dataclass(frozen=True, slots=True)
class Region:
    """Where a finding stands in its file: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of one message; `name` is its file, with `#2` for the second one in it.

    `waived` are those that somebody excused, with the waiver; they are no part of `findings`.
    """

    name: str
    findings: list[Finding]
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    waived: list[tuple[Finding, Waiver]] = field(default_factory=list)

    def region(self, finding: Finding) -> Region | None:
        """In the file; None where the part is not written as it is read: in a mail, in JSON."""
        place = self.places.get(finding.part)
        if place is None:
            return None
        return Region(
            finding.line + place.lines,
            finding.column + (place.columns if finding.line == 1 else 0),
            finding.end_line + place.lines,
            finding.end_column + (place.columns if finding.end_line == 1 else 0),
        )


Format = Callable[[Iterable[Result]], Iterator[str]]
