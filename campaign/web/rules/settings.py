"""How the house weighs all rules, its limits, and the same as TOML to take along."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import house as settings
from campaign.errors import Refused
from campaign.lint import house
from campaign.models import Account
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.rules.blueprint import (
    EDITORS,
    blueprint,
    choices,
    clause,
    defaults_of,
    family_of,
    number_or_text,
    put_severity,
    save,
    severities,
    spoken,
    values,
)
from campaign.web.rules.words import changed_lists
from lint_rules.config import ANY_KIND, LINE_UNITS, LINE_WIDTH, LOCKED, MAX_WORDS, ConfigError
from lint_rules.parsing import lexicons
from lint_rules.registry import FAMILIES, all_rules
from lint_rules.rule import LANGUAGES
from lint_rules.thresholds import THRESHOLDS

UNPROCESSABLE = 422
# sent for a rule that the house weighs differently from kind to kind: its own page sets that
BY_KIND = "by-kind"


@blueprint.get("/settings")
@roles(*EDITORS)
def house_settings() -> str:
    """The form."""
    return _page({})


@blueprint.post("/settings")
@roles(*EDITORS)
def keep_settings() -> ResponseReturnValue:
    """All of it at once."""
    tables = values()
    for rule in all_rules():
        word = request.form.get(f"rules.{rule.id}", BY_KIND)
        if word != BY_KIND:
            put_severity(tables, rule.id, {ANY_KIND: word})
    tables["limits"] = _limits()
    if errors := save(tables):
        return _page(errors), UNPROCESSABLE
    flash(t("common-saved"), "done")
    return redirect(url_for("rules.house_settings"), code=303)


@blueprint.get("/settings/toml")
@roles(*EDITORS)
def toml() -> str:
    """The settings as text."""
    return _toml_page(house.text(unit.db()))


@blueprint.post("/settings/toml")
@roles(*EDITORS)
def keep_toml() -> ResponseReturnValue:
    """Take the text as it is."""
    text = request.form.get("toml", "")
    try:
        house.change(unit.db(), text, unit.account(), unit.now())
    except ConfigError as error:
        return _toml_page(text, t("rules-error-at", where=error.key, why=clause(error))), UNPROCESSABLE
    except Refused as refused:
        return _toml_page(text, t(refused.key, **refused.values)), UNPROCESSABLE
    flash(t("common-saved"), "done")
    return redirect(url_for("rules.toml"), code=303)


@blueprint.get("/settings/rules.toml")
@roles(*EDITORS)
def download() -> Response:
    """The file for `campaign lint --config`."""
    response = make_response(house.text(unit.db()))
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="rules.toml"'
    return response


def _limits() -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in ("line_width", *THRESHOLDS):
        if (value := number_or_text(f"limits.{name}")) is not None:
            given[name] = value
    counts = {lang: number_or_text(f"limits.max_words.{lang}") for lang in LANGUAGES}
    given["max_words"] = {lang: count for lang, count in counts.items() if count is not None}
    unit_word = request.form.get("limits.line_unit", LINE_UNITS[0])
    if unit_word != LINE_UNITS[0]:
        given["line_unit"] = unit_word
    return given


def _page(errors: dict[str, str]) -> str:
    tables = values()
    limits = tables.get("limits", {})
    newest = settings.current(unit.db(), house.NAME)
    return render_template(
        "rules/settings.html",
        errors=errors,
        families=[
            (family, [_choice(tables, rule) for rule in all_rules() if family_of(rule) == family])
            for family in (*FAMILIES, "others")
        ],
        max_words=[
            (lang, _asked(f"limits.max_words.{lang}", limits.get("max_words", {}).get(lang)), MAX_WORDS)
            for lang in LANGUAGES
        ],
        line_width=(_asked("limits.line_width", limits.get("line_width")), LINE_WIDTH),
        line_unit=_asked("limits.line_unit", limits.get("line_unit", LINE_UNITS[0])),
        thresholds=[
            (name, threshold, _asked(f"limits.{name}", limits.get(name)))
            for name, threshold in THRESHOLDS.items()
        ],
        lists=changed_lists(tables),
        all_lists=[
            (f"{lang}/{name}", f"{lang} · {name}") for lang in LANGUAGES for name in lexicons.names(lang)
        ],
        newest=newest,
        by=unit.db().get(Account, newest.account_id) if newest and newest.account_id else None,
    )


def _choice(tables: dict[str, Any], rule: Any) -> dict[str, Any]:
    kept = severities(tables, rule.id)
    by_kind = bool(set(kept) - {ANY_KIND})
    options = choices(defaults_of(rule))
    if by_kind:
        options = [(BY_KIND, t("rules-severity-by-kind")), *options]
    value = request.form.get(f"rules.{rule.id}", BY_KIND if by_kind else kept.get(ANY_KIND, ""))
    return {
        "rule": rule,
        "summary": rule.summary.in_(spoken()),
        "options": options,
        "value": value,
        "locked": rule.id in LOCKED,
    }


def _asked(name: str, kept: object) -> object:
    return request.form.get(name, "" if kept is None else kept)


def _toml_page(text: str, error: str = "") -> str:
    return render_template("rules/toml.html", text=text, error=error)
