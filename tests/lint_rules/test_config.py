"""The house's settings: what they change, what is refused and where, what nobody may switch off."""

from __future__ import annotations

import pytest

from lint_rules.config import LOCKED, Config, ConfigError, parsed, problems
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.parsing import lexicons
from lint_rules.parsing.phrases import entries, lexicon
from lint_rules.registry import rule_named
from lint_rules.rule import Kind, Severity
from lint_rules.thresholds import THRESHOLDS


def found(draft: Draft, toml: str = "") -> set[str]:
    return {finding.rule for finding in check(draft, Config.from_toml(toml))}


@pytest.mark.parametrize(
    ("toml", "key", "why"),
    [
        ("[rule.word-limit]", "rule", "no such table"),
        ('[rules.word-limits]\nseverity = "off"', "rules.word-limits", "did you mean word-limit?"),
        ('[rules.word-limit]\nlevel = "off"', "rules.word-limit.level", "is not one of severity"),
        ('[rules.word-limit]\nseverity = "loud"', "rules.word-limit.severity.*", "'loud' is not one of"),
        ("[limits]\nexclamation_mark = 1", "limits.exclamation_mark", "did you mean exclamation_marks?"),
        ("[limits]\nexclamation_marks = 99", "limits.exclamation_marks", "from 0 to 50"),
        ("[limits]\nsubject_columns = true", "limits.subject_columns", "from 20 to 200"),
        ('[limits]\nmax_words = { fr = 3 }', "limits.max_words.fr", "vi, en, zh"),
        ("[lexicons.fr.jargon]\nadd = []", "lexicons.fr", "vi, en, zh"),
        ("[lexicons.vi.jargons]\nadd = []", "lexicons.vi.jargons", "did you mean jargon?"),
        ("[lexicons.vi.jargon]\nplus = []", "lexicons.vi.jargon.plus", "add, remove"),
        ('[lexicons.vi.jargon]\nadd = "x"', "lexicons.vi.jargon.add", "a list"),
        ('[lexicons.vi.jargon]\nadd = ["a # b"]', "lexicons.vi.jargon.add", "no phrase"),
        ("[limits", "toml", "Expected"),
        *((f'[rules.{rule}]\nseverity = "off"', f"rules.{rule}", "cannot be changed") for rule in sorted(LOCKED)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_key(toml: str, key: str, why: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_toml(toml)
    assert refused.value.key == key
    assert why in refused.value.why


def test_all_that_is_wrong_is_found_at_once() -> None:
    toml = '[rules.x]\nseverity = "loud"\n[limits]\nline_width = 0\ncopies = -1\n[lexicons.vi.y]\nadd = [1]'
    assert [error.key for error in problems(parsed(toml))] == [
        "rules.x.severity.*", "rules.x", "limits.line_width", "limits.copies", "lexicons.vi.y",
    ]  # fmt: skip


def test_what_was_kept_survives_rules_that_are_gone() -> None:
    config = Config.kept(
        '[rules.gone]\nseverity = "off"\n[rules.word-limit]\nseverity = "off"\n'
        "[limits]\ngone = 3\nexclamation_marks = 1\n[lexicons.vi.gone]\nadd = ['x']"
    )
    rule = rule_named("word-limit")
    assert rule is not None
    assert config.severity_of(rule, Kind.MARKETING) is None
    assert config.limit("exclamation_marks") == 1
    assert config.lexicons == {}


def test_thresholds_are_read_by_their_rules() -> None:
    text = "Kính gửi quý khách,\n\nTrà mới về! Mời ghé thử!\n\nTrân trọng"
    draft = Draft("vi", "email", "marketing", "Trà sen giảm 20%", text)
    assert "too-many-exclamation-marks" not in found(draft)
    assert "too-many-exclamation-marks" in found(draft, "[limits]\nexclamation_marks = 1")
    assert "subject-too-long" not in found(Draft("vi", "email", "marketing", "Trà sen giảm 20% cả tuần"))
    assert "subject-too-long" in found(
        Draft("vi", "email", "marketing", "Trà sen giảm 20% cả tuần"), "[limits]\nsubject_columns = 20"
    )


@pytest.mark.parametrize("name", THRESHOLDS)
def test_each_threshold_belongs_to_a_rule_and_has_room(name: str) -> None:
    threshold = THRESHOLDS[name]
    assert rule_named(threshold.rule) is not None
    assert threshold.least <= threshold.default <= threshold.most
    assert Config.from_toml(f"[limits]\n{name} = {threshold.most}").limit(name) == threshold.most


def test_words_of_the_house_count_while_a_message_is_checked_and_no_longer() -> None:
    text = "Kính gửi anh Nam,\n\nBên em sẽ bùm-chíu đơn của anh hôm nay.\n\nTrân trọng"
    toml = '[lexicons.vi.jargon]\nadd = ["bùm-chíu"]'
    assert "jargon" not in found(Draft("vi", "email", "reply", "Đơn 12", text))
    rules_with = found(Draft("vi", "email", "reply", "Đơn 12", text), toml)
    assert rules_with - found(Draft("vi", "email", "reply", "Đơn 12", text))
    change = Config.from_toml(toml).lexicons
    with lexicons.using(change):
        assert lexicon("vi", "jargon") is not None
        assert "bùm-chíu" in entries("vi", "jargon")
    assert "bùm-chíu" not in entries("vi", "jargon")


def test_a_word_that_the_house_removes_does_not_count() -> None:
    first = sorted(entries("en", "shorteners"))[0]
    with lexicons.using(
        Config.from_mapping({"lexicons": {"en": {"shorteners": {"remove": [first]}}}}).lexicons
    ):
        assert first not in entries("en", "shorteners")
    assert first in entries("en", "shorteners")


def test_severities_by_kind_stay_apart() -> None:
    config = Config.from_toml('[rules.line-length.severity]\nmarketing = "warning"\nreply = "off"')
    rule = rule_named("line-length")
    assert rule is not None
    assert config.severity_of(rule, Kind.MARKETING) is Severity.WARNING
    assert config.severity_of(rule, Kind.REPLY) is None
    assert config.severity_of(rule, Kind.GREETING) is Severity.WARNING
