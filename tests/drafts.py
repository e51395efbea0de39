"""What a rule says of a message made for a test."""

from __future__ import annotations

from typing import Any

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check


def found(
    rule: str,
    lang: str,
    text: str,
    subject: str = "",
    html: str = "",
    kind: str = "marketing",
    context: dict[str, Any] | None = None,
) -> bool:
    """Whether the rule finds something in such an e-mail."""
    draft = Draft(lang, "email", kind, subject, text, html, Context.from_json(context or {}))
    return any(finding.rule == rule for finding in check(draft))
