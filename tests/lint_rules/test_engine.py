"""The engine: rules that raise, severities of the house, the registry, the version, places in the original."""

from __future__ import annotations

import dataclasses
import importlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lint_rules
from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits
from lint_rules.parsing.part import Part
from lint_rules.registry import FAMILIES, all_rules, rule_named
from lint_rules.rule import Hit, Kind, Rule, Severity
from lint_rules.version import rule_set_version


def test_a_rule_that_raises_blocks_under_its_name() -> None:
    def broken(draft: Draft, config: Config) -> Iterator[Hit]:
        raise ZeroDivisionError("oh")

    rule = dataclasses.replace(all_rules()[0], id="broken", check=broken)
    (finding,) = check(Draft("vi", "email", "marketing", "Giảm 10%"), rules=[rule])
    assert (finding.rule, finding.severity) == ("broken", Severity.ERROR)
    assert "ZeroDivisionError: oh" in finding.message


def test_every_rule_file_is_named_after_its_rule() -> None:
    root = Path(lint_rules.__file__).parent
    files = {path for family in FAMILIES for path in (root / family).glob("[!_]*.py")}
    assert {_rule_in(path, root).id: path.stem for path in files} == {
        rule.id: rule.id.replace("-", "_") for rule in all_rules()
    }
    assert len({rule.code for rule in all_rules()}) == len(all_rules())


def _rule_in(path: Path, root: Path) -> Rule:
    rule = importlib.import_module(f"lint_rules.{path.relative_to(root).parent}.{path.stem}").RULE
    assert isinstance(rule, Rule)
    return rule


def test_rules_are_found_by_id_and_code() -> None:
    assert rule_named("word-limit") is rule_named("lay001")
    assert rule_named("nonsense") is None


def test_the_version_is_stable_and_of_full_length() -> None:
    assert rule_set_version() == rule_set_version()
    assert len(rule_set_version()) == 64


CONFIG = """
[rules.word-limit]
severity = "off"
[rules.line-length]
severity.marketing = "information"
[limits]
line_width = 20
max_words = { zh = 400 }
"""


def test_the_house_sets_severity_and_limits() -> None:
    config = Config.from_toml(CONFIG)
    text = "word " * 300
    found = {
        item.rule: item.severity for item in check(Draft("en", "email", "marketing", "10% off", text), config)
    }
    assert (found.get("line-length"), found.get("word-limit")) == (Severity.INFORMATION, None)
    found = {
        item.rule: item.severity
        for item in check(Draft("en", "email", "reply", "Re: order 12", text), config)
    }
    assert found["line-length"] is Severity.WARNING


@pytest.mark.parametrize(
    "toml",
    [
        '[rules.x]\nseverity = "loud"',
        '[rules.x]\nseverity.nobody = "error"',
        "[limits]\nline_width = 0",
        '[limits]\nline_unit = "inches"',
        "[limits]\nmax_words = 3",
        "[limits]\nmax_words = { vi = 'x' }",
    ],
)
def test_wrong_settings_are_refused(toml: str) -> None:
    with pytest.raises(ValueError, match=r"rules\.x|line_|max_words"):
        Config.from_toml(toml)


def test_demands_of_the_owner_block_in_marketing() -> None:
    for rule_id in (
        "greeting-or-mystery-subject",
        "subject-shows-no-benefit",
        "more-than-one-offer",
        "word-limit",
        "line-length",
    ):
        rule = rule_named(rule_id)
        assert rule is not None
        assert rule.severity_for(Kind.MARKETING) is Severity.ERROR


def test_findings_survive_json() -> None:
    found = check(Draft("vi", "email", "marketing", "Xin chào", "từ " * 60))
    assert found
    assert [Finding.from_json(json.loads(json.dumps(item.to_json()))) for item in found] == found


TEXTS = st.text(alphabet="aệe\u0300\u0301\u0323\u200b\r\n 茶{}%.đ", max_size=60)


@given(TEXTS)
def test_offsets_lead_back_to_the_original(original: str) -> None:
    part = Part.plain("text", original)
    assert len(part.folded) == len(part.text)
    assert part.origins is None or len(part.origins) == len(part.text) + 1
    places = [part.origin(offset) for offset in range(len(part.text) + 1)]
    assert places == sorted(places)
    for offset, char in enumerate(part.text):
        raw = original[part.origin(offset) : part.origin_end(offset, offset + 1)]
        assert not raw or char in unicodedata.normalize("NFC", raw).replace("\r", "\n")
    line, column = part.position(len(original))
    assert part.offset(line, column) == len(original)


@given(TEXTS, TEXTS)
def test_any_text_gives_findings_or_none(subject: str, text: str) -> None:
    for finding in check(Draft("vi", "email", "marketing", subject, text)):
        assert "Error" not in finding.message
        if finding.fix:
            apply_edits(finding.part, text, finding.fix.edits)
