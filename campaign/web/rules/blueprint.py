"""One blueprint, and what its views share: who may edit, and the settings as a form sends them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from campaign.errors import NotFound, Refused
from campaign.lint import house
from campaign.models import Role
from campaign.web import unit
from campaign.web.language import current, t
from lint_rules.config import ANY_KIND, OFF, Config, ConfigError, by_kind, parsed
from lint_rules.registry import FAMILIES, all_rules
from lint_rules.rule import LANGUAGES, Rule, Severity

blueprint = Blueprint("rules", __name__, url_prefix="/rules")

EDITORS = (Role.REVIEWER, Role.ADMIN)
# the prefix of a rule's code by the folder it stands in
CODES = {
    "subject": ("SUBJ",), "hook": ("HOOK",), "offer": ("OFR",), "action": ("CTA",), "layout": ("LAY",),
    "tone": ("TONE",), "structure": ("STR",), "postscript": ("PS",), "personalisation": ("PERS",),
    "links": ("LINK", "IMG"), "html": ("HTML",), "delivery": ("DLV",), "law": ("LAW",),
}  # fmt: skip
OTHERS = "others"


def rule_or_404(rule_id: str) -> Rule:
    """The rule by its id."""
    for rule in all_rules():
        if rule.id == rule_id:
            return rule
    raise NotFound()


def family_of(rule: Rule) -> str:
    """The family that its code names."""
    prefix = rule.code.rstrip("0123456789")
    return next((family for family in FAMILIES if prefix in CODES[family]), OTHERS)


def spoken() -> str:
    """The page's language, as rules know it."""
    return current() if current() in LANGUAGES else "en"


def may_edit() -> bool:
    return not unit.account().roles.isdisjoint(EDITORS)


def severity_words(word: str) -> str:
    """`warning` as people say it."""
    return t(f"rules-severity-{word}")


def choices(default: str) -> list[tuple[str, str]]:
    """What a select of severities offers; the first leaves it as shipped."""
    return [
        ("", t("rules-severity-default", word=default)),
        *((word, severity_words(word)) for word in (*Severity, OFF)),
    ]


def defaults_of(rule: Rule) -> str:
    """What it weighs as shipped, in words: one when all kinds agree."""
    words = {severity_words(rule.severity_for(kind)) for kind in rule.kinds}
    return ", ".join(sorted(words))


def values() -> dict[str, Any]:
    """The settings that hold, as tables that may be changed."""
    return parsed(house.text(unit.db()))


def put_severity(tables: dict[str, Any], rule_id: str, chosen: dict[str, str]) -> None:
    """Set a rule's severities by kind; empty words are left out, one for all kinds is written as one."""
    kept = {kind: word for kind, word in chosen.items() if word}
    rules = tables.setdefault("rules", {})
    if not kept:
        rules.pop(rule_id, None)
    elif set(kept) == {ANY_KIND}:
        rules[rule_id] = {"severity": kept[ANY_KIND]}
    else:
        rules[rule_id] = {"severity": kept}


def severities(tables: dict[str, Any], rule_id: str) -> dict[str, str]:
    """The house's words for a rule by kind."""
    table = tables.get("rules", {}).get(rule_id, {})
    return by_kind(table["severity"]) if table.get("severity") else {}


def number_or_text(name: str) -> int | str | None:
    """A field as a number; the text itself when it is none, so that the settings refuse it by name."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() else text


def save(tables: dict[str, Any]) -> dict[str, str]:
    """Keep the settings; else what is wrong, by the key of its field."""
    try:
        house.change_values(unit.db(), tables, unit.account(), unit.now())
    except ConfigError as error:
        return {error.key: t("rules-error", why=clause(error))}
    except Refused as refused:
        return {"": t(refused.key, **refused.values)}
    return {}


def clause(error: ConfigError) -> str:
    """Why it was refused, in the reader's language; what only a programmer reads stays as it is."""
    return t(f"rules-why-{error.code}", **error.values) if error.code else error.why


def config() -> Config:
    return house.config(unit.db())
