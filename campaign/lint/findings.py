"""What findings mean for sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from lint_rules.finding import Finding
from lint_rules.rule import Severity

Found = TypeVar("Found", bound=Finding)


def blocking(findings: Iterable[Found]) -> list[Found]:
    """Those that stand in the way of sign-off."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
