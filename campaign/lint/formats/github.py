"""Annotations of GitHub Actions: workflow commands on standard output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.lint.formats import Result
from lint_rules.rule import Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}


def lines(results: Iterable[Result]) -> Iterator[str]:
    """A command for each finding, at its place in the file where it has one."""
    for result in results:
        for finding in result.findings:
            region = result.region(finding)
            facts = {"file": result.file or result.name}
            if region is not None:
                facts |= {
                    "line": str(region.line),
                    "col": str(region.column),
                    "endLine": str(region.end_line),
                }
                # columns mean something within one line only
                facts |= {"endColumn": str(region.end_column)} if region.line == region.end_line else {}
            facts["title"] = f"{finding.rule} ({finding.part})"
            told = ",".join(f"{key}={_property(value)}" for key, value in facts.items())
            yield f"::{_LEVELS[finding.severity]} {told}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
