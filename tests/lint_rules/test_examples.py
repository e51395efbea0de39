"""The examples that the rule pages print are run: a bad one is flagged by its rule, a good one is not."""

from __future__ import annotations

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.registry import all_rules
from lint_rules.rule import LANGUAGES, Example, Rule

CASES = [
    pytest.param(rule, example, expected, id=f"{rule.id}-{word}-{example.lang}-{number}")
    for rule in all_rules()
    for word, examples, expected in (("bad", rule.bad, True), ("good", rule.good, False))
    for number, example in enumerate(examples)
]


def draft_of(example: Example) -> Draft:
    return Draft(
        example.lang,
        example.channel,
        example.kind,
        example.subject,
        example.text,
        example.html,
        Context.from_json(example.context),
        example.typeset,
    )


@pytest.mark.parametrize(("rule", "example", "expected"), CASES)
def test_example(rule: Rule, example: Example, expected: bool) -> None:
    found = check(draft_of(example), rules=[rule])
    assert bool(found) is expected, [finding.message for finding in found]
    assert all(finding.rule == rule.id for finding in found)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_shows_both_sides_in_each_language(rule: Rule) -> None:
    for examples in (rule.good, rule.bad):
        assert {example.lang for example in examples} == set(LANGUAGES)
