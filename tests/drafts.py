"""What a rule says of a message made for a test."""

from __future__ import annotations

from typing import Any

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.registry import rule_named


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


def findings(
    rule: str, lang: str, text: str, channel: str = "email", kind: str = "marketing", **context: object
) -> list[Finding]:
    """What one rule says, run alone."""
    only = rule_named(rule)
    assert only is not None
    draft = Draft(lang, channel, kind, "Re: 10%", text, context=Context.from_json(context))
    return check(draft, rules=[only])


def flagged(rule: str, lang: str, text: str, **given: object) -> bool:
    """Whether it says anything."""
    return bool(findings(rule, lang, text, **given))  # type: ignore[arg-type]
