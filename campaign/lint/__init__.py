"""Lint: messages and renderings in; findings from lint_rules out."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.finding import Finding
from lint_rules.rule import Severity


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stand in the way of sign-off."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
