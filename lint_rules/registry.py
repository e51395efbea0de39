"""All rules: every module of the families that has a RULE, and those of other packages by entry point.

A family is a folder of this package, one file a rule: `lint_rules/tone/emoticon.py` is `emoticon`.

A third party offers rules with an entry point of the group `campaign.lint_rules`, whose object is a Rule
or a list of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import lint_rules
from lint_rules.rule import Rule

ENTRY_POINTS = "campaign.lint_rules"
FAMILIES = (
    "subject",
    "hook",
    "offer",
    "action",
    "layout",
    "tone",
    "structure",
    "postscript",
    "personalisation",
    "links",
    "html",
    "delivery",
    "law",
)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Ours by catalogue code, then those of others by id; raises ValueError for an id that is taken."""
    ours = sorted(_own(), key=lambda rule: rule.code)
    theirs = sorted(_others(), key=lambda rule: rule.id)
    by_id: dict[str, Rule] = {}
    for rule in [*ours, *theirs]:
        if rule.id in by_id:
            raise ValueError(f"two rules are called {rule.id}")
        by_id[rule.id] = rule
    return tuple(by_id.values())


def rule_named(rule_id: str) -> Rule | None:
    """The rule of that id or catalogue code."""
    return next((rule for rule in all_rules() if rule_id.lower() in (rule.id, rule.code.lower())), None)


def _own() -> list[Rule]:
    found: list[Rule] = []
    for family in FAMILIES:
        package = importlib.import_module(f"{lint_rules.__name__}.{family}")
        for info in pkgutil.iter_modules(package.__path__):
            rule = getattr(importlib.import_module(f"{package.__name__}.{info.name}"), "RULE", None)
            found += [rule] if isinstance(rule, Rule) else []
    return found


def _others() -> list[Rule]:
    found: list[Rule] = []
    for point in entry_points(group=ENTRY_POINTS):
        given = point.load()
        found += [given] if isinstance(given, Rule) else list(given)
    return found
