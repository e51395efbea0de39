"""Lint: messages and renderings in; findings from lint_rules out."""

from __future__ import annotations

from collections.abc import Iterable

from campaign.render.content import MessageContent
from lint_rules.finding import Finding
from lint_rules.rule import Severity

__all__ = ["Finding", "blocking", "lint_copy"]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stand in the way of sign-off."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def lint_copy(content: MessageContent, variant_id: int) -> list[Finding]:
    """Findings on the copy; nothing until the rules read documents."""
    content.variant(variant_id)
    return []
