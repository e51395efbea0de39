"""All rules, by family: what each asks, and how it weighs here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from flask import render_template, request

from campaign.web.access import signed_in
from campaign.web.language import t
from campaign.web.rules.blueprint import (
    blueprint,
    config,
    family_of,
    may_edit,
    severity_words,
    spoken,
)
from lint_rules.config import OFF
from lint_rules.registry import FAMILIES, all_rules
from lint_rules.rule import Kind, Rule, Severity


@dataclass(frozen=True)
class Row:
    """`words` say how much it weighs in each kind of message, heaviest first; `changed` by the house."""

    rule: Rule
    summary: str
    words: list[tuple[str, str, str]]
    changed: bool


@blueprint.get("/")
@signed_in
def index() -> str:
    """Filtered by words, by family and by weight."""
    rows = [row for rule in all_rules() if (row := _row(rule)) and _wanted(row)]
    families = [
        (family, [row for row in rows if family_of(row.rule) == family]) for family in (*FAMILIES, "others")
    ]
    return render_template(
        "rules/index.html",
        families=[(family, group) for family, group in families if group],
        count=len(rows),
        asked=request.args,
        family_words=[(family, t(f"rules-family-{family}")) for family in FAMILIES],
        severity_pairs=[(word, severity_words(word)) for word in (*Severity, OFF)],
        may_edit=may_edit(),
    )


def _row(rule: Rule) -> Row:
    return Row(rule, rule.summary.in_(spoken()), weights(rule), is_changed(rule))


def weights(rule: Rule) -> list[tuple[str, str, str]]:
    """Severity, its words, and the kinds of message in which it holds; heaviest first."""
    here = config()
    by_word: dict[str, list[str]] = {}
    for kind in Kind:
        if kind in rule.kinds:
            by_word.setdefault(here.severity_of(rule, kind) or OFF, []).append(t(f"campaigns-kind-{kind}"))
    order = [*Severity, OFF]
    one = len(by_word) == 1
    return [
        (word, severity_words(word), "" if one else ", ".join(by_word[word]))
        for word in sorted(by_word, key=order.index)
    ]


def is_changed(rule: Rule) -> bool:
    """Whether the house weighs it otherwise than it was shipped."""
    here = config()
    return any(here.severity_of(rule, kind) is not rule.severity_for(kind) for kind in rule.kinds)


def _wanted(row: Row) -> bool:
    family, severity = request.args.get("family"), request.args.get("severity")
    text = f"{row.rule.id} {row.rule.code} {row.summary} {row.rule.why.in_(spoken())}"
    return (
        (not family or family_of(row.rule) == family)
        and (not severity or any(word == severity for word, _, _ in row.words))
        and all(word in _plain(text) for word in _plain(request.args.get("q", "")).split())
    )


def _plain(text: str) -> str:
    """Without case and marks: people search as they type."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(mark for mark in folded if not unicodedata.combining(mark))
