"""Drafts under the packs of law, and what one rule says of them."""

from __future__ import annotations

from typing import Any

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.registry import all_rules, rule_named

LAW = tuple(rule for rule in all_rules() if rule.code.startswith("LAW"))


def found(rule_id: str, draft: Draft) -> list[Finding]:
    rule = rule_named(rule_id)
    assert rule is not None
    return check(draft, rules=[rule])


def made(lang: str = "vi", text: str = "", subject: str = "", html: str = "", **context: Any) -> Draft:
    kind = context.pop("kind", "marketing")
    return Draft(lang, "email", kind, subject, text, html, Context.from_json(context))
