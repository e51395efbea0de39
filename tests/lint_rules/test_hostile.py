"""A megabyte of malice in each place of a message: no rule takes minutes.

A rule ends within a second of CPU time, which `campaign bench lint --hostile` measures over all the texts.
Here the bound is far above it, so that a busy machine fails nobody: what is not linear takes minutes.
"""

from __future__ import annotations

import time

import pytest

from campaign.lab.lint_hostile import CONTEXT, texts
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.registry import all_rules
from lint_rules.rule import Kind

SECONDS = 10.0
# of the texts those that once took minutes, each by another rule or reading
CHOSEN = (
    "vi text '“a” chúng tôi '",
    "en text '“a” we '",
    "vi text '{% if a %}{{ b }} '",
    "vi text 'AB CD EF gh '",
    r"vi text 'PS: a\n\n'",
    "vi text 'Nhờ chị gửi a. '",
    "en text 'Please send it. '",
    "en text 'Buy a b. '",
    r"vi reply '> bạn\n'",
    "vi text address with brackets",
    "vi text links below the way out",
    "vi text codes of every kind",
    "vi text prices of every kind",
    "vi html marks in a link",
    "vi html figures in a style",
    "vi html blank sheets",
    "vi html comments in sheets",
    "vi html long selectors",
    "vi html \"<a href='#'></a>\"",
    "zh text '中，'",
    "vi subject 'mã ABC1 '",
)
_BY_NAME = {one.name: one for one in texts(1)}


def test_the_chosen_texts_are_there() -> None:
    assert set(CHOSEN) <= set(_BY_NAME)


@pytest.mark.parametrize("name", CHOSEN)
def test_no_rule_takes_minutes(name: str) -> None:
    hostile = next(one for one in texts() if one.name == name)
    by_kind: dict[tuple[str, Kind], Draft] = {}
    for rule in all_rules():
        made = hostile.draft(rule)
        draft = by_kind.setdefault((made.channel, made.declared_kind), made)
        # the first rule to ask for a reading pays for it
        start = time.process_time()
        found = check(draft, rules=[rule])
        took = time.process_time() - start
        assert took < SECONDS, (rule.id, took)
        assert not any("Error:" in finding.message for finding in found)


def test_an_endless_text_is_read_at_its_beginning_and_end() -> None:
    """The middle has no words that count; what stands at the end is still seen."""
    text = "Chào chị,\n\n" + f"{'a b c ' * 10}\n\n" * 10_000 + "T.B.: Giá 390.000đ đến hết 31/3.\n"
    draft = Draft("vi", "email", "marketing", "Trà", text, "", Context.from_json(CONTEXT))
    found = {finding.rule for finding in check(draft)}
    assert "word-limit" in found
    assert "no-postscript" not in found
    assert draft.tokens(draft.text)[-1].end > len(text) - 5


def test_hostile_texts_are_as_long_as_they_say() -> None:
    sizes = {one.name: len(one.text.encode()) for one in texts(200_000)}
    assert all(100_000 < size < 450_000 for size in sizes.values())
