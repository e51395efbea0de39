"""One rule: what, why, where it comes from, good and bad; and what it weighs in this house."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.web.access import roles, signed_in
from campaign.web.language import t
from campaign.web.rules import examples
from campaign.web.rules.blueprint import (
    EDITORS,
    blueprint,
    choices,
    family_of,
    may_edit,
    number_or_text,
    put_severity,
    rule_or_404,
    save,
    severities,
    severity_words,
    spoken,
    values,
)
from campaign.web.rules.index import is_changed, weights
from lint_rules.config import ANY_KIND, LOCKED
from lint_rules.packs import sources_of
from lint_rules.rule import LANGUAGES, Kind, Rule
from lint_rules.thresholds import THRESHOLDS

UNPROCESSABLE = 422


@blueprint.get("/<rule_id>")
@signed_in
def rule(rule_id: str) -> str:
    """The page."""
    return _page(rule_or_404(rule_id), {})


@blueprint.post("/<rule_id>")
@roles(*EDITORS)
def change(rule_id: str) -> ResponseReturnValue:
    """Its severity by kind of message, and its own thresholds."""
    asked = rule_or_404(rule_id)
    tables = values()
    chosen = {kind.value: request.form.get(f"severity.{kind}", "") for kind in asked.kinds}
    alike = set(chosen.values())
    put_severity(tables, asked.id, {ANY_KIND: alike.pop()} if len(alike) == 1 else chosen)
    limits = tables.setdefault("limits", {})
    for name in own_thresholds(asked):
        limits.pop(name, None)
        if (value := number_or_text(f"limits.{name}")) is not None:
            limits[name] = value
    if errors := save(tables):
        return _page(asked, errors), UNPROCESSABLE
    flash(t("common-saved"), "done")
    return redirect(url_for("rules.rule", rule_id=asked.id), code=303)


def own_thresholds(asked: Rule) -> list[str]:
    """Names of the thresholds that it reads."""
    return [name for name, threshold in THRESHOLDS.items() if threshold.rule == asked.id]


def _page(asked: Rule, errors: dict[str, str]) -> str:
    tables = values()
    kept = severities(tables, asked.id)
    kinds = [kind for kind in Kind if kind in asked.kinds]
    first = spoken()
    languages = [first, *(lang for lang in LANGUAGES if lang != first)]
    wanted = request.args.get("language")
    lang = wanted if wanted in LANGUAGES else first
    return render_template(
        "rules/rule.html",
        rule=asked,
        family=family_of(asked),
        summary=asked.summary.in_(lang),
        why=asked.why.in_(lang),
        lang=lang,
        readings=languages,
        weights=weights(asked),
        changed=is_changed(asked),
        bad=[examples.shown(asked, one) for one in asked.bad if one.lang == lang],
        good=[examples.shown(asked, one) for one in asked.good if one.lang == lang],
        packs=sources_of(asked.id),
        may_edit=may_edit() and asked.id not in LOCKED,
        locked=asked.id in LOCKED,
        kinds=[
            (
                kind.value,
                t(f"campaigns-kind-{kind}"),
                choices(severity_words(asked.severity_for(kind))),
                request.form.get(f"severity.{kind}", kept.get(kind, kept.get(ANY_KIND, ""))),
            )
            for kind in kinds
        ],
        thresholds=[
            (
                name,
                THRESHOLDS[name],
                request.form.get(f"limits.{name}", tables.get("limits", {}).get(name, "")),
            )
            for name in own_thresholds(asked)
        ],
        errors=errors,
    )
