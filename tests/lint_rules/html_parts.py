"""What one rule says of a message in HTML."""

from __future__ import annotations

from typing import Any

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.registry import rule_named


def found(
    rule_id: str, html: str = "", text: str = "", lang: str = "en", context: dict[str, Any] | None = None
) -> list[Finding]:
    rule = rule_named(rule_id)
    assert rule is not None
    given = Context.from_json(context or {})
    return check(Draft(lang, "email", "marketing", "Tea", text, html, given), rules=[rule])


def link(href: str, words: str = "Order") -> str:
    return f'<p><a href="{href}">{words}</a></p>'
