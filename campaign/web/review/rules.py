"""The page of one rule: what it asks, why, where it comes from, examples."""

from __future__ import annotations

from flask import render_template

from campaign.errors import NotFound
from campaign.web.access import roles
from campaign.web.language import current
from campaign.web.review.blueprint import READERS, blueprint
from lint_rules.registry import all_rules


@blueprint.get("/rules/<rule_id>")
@roles(*READERS)
def rule(rule_id: str) -> str:
    """The page."""
    found = next((one for one in all_rules() if one.id == rule_id), None)
    if found is None:
        raise NotFound()
    language = current()
    return render_template(
        "review/rule.html",
        rule=found,
        language=language,
        bad=[one for one in found.bad if one.lang == language],
        good=[one for one in found.good if one.lang == language],
    )
