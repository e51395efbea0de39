"""The house's settings: severities and thresholds, from TOML.

[rules.line-length]
severity = "warning"            # or "off"
severity.transactional = "off"  # instead: one kind of message

[limits]
line_width = 67
line_unit = "columns"           # or "graphemes"
max_words = { vi = 250, en = 250, zh = 400 }
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lint_rules.rule import Kind, Rule, Severity

OFF = "off"
ANY_KIND = "*"
# flagged from this count on: "under 250 words"
MAX_WORDS = 250
# people read up to here at ease, and every mail program shows it without wrapping
LINE_WIDTH = 67
LINE_UNITS = ("columns", "graphemes")


@dataclass(frozen=True, slots=True)
class Config:
    """Severity by rule and kind, limits. Frozen, so that one set serves many messages."""

    severities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    max_words: Mapping[str, int] = field(default_factory=dict)
    line_width: int = LINE_WIDTH
    line_unit: str = "columns"

    @classmethod
    def from_toml(cls, text: str) -> Config:
        """Raises ValueError with the key that is wrong."""
        return cls.from_mapping(tomllib.loads(text))

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Config:
        """As `from_toml`, from parsed values."""
        severities = {}
        for rule_id, settings in given.get("rules", {}).items():
            severity = settings.get("severity", {})
            by_kind = severity if isinstance(severity, Mapping) else {ANY_KIND: severity}
            for kind, word in by_kind.items():
                _one_of(f"rules.{rule_id}.severity", word, (OFF, *Severity))
                _one_of(f"rules.{rule_id}.severity", kind, (ANY_KIND, *Kind))
            severities[rule_id] = dict(by_kind)
        return cls(severities=severities).with_limits(given.get("limits", {}))

    def with_limits(self, limits: Mapping[str, Any]) -> Config:
        """The same with the limits of one message: `max_words`, `line_unit`, `line_width`."""
        if not limits:
            return self
        max_words = limits.get("max_words", {})
        if not isinstance(max_words, Mapping) or not all(_is_count(count) for count in max_words.values()):
            raise ValueError("max_words: a number of words for each language is expected")
        line_width = limits.get("line_width", self.line_width)
        if not _is_count(line_width):
            raise ValueError("line_width: a number of columns is expected")
        line_unit = limits.get("line_unit", self.line_unit)
        _one_of("line_unit", line_unit, LINE_UNITS)
        return replace(
            self, max_words={**self.max_words, **max_words}, line_width=line_width, line_unit=line_unit
        )

    def words_for(self, lang: str) -> int:
        """The count from which a message in that language is too long."""
        return self.max_words.get(lang, MAX_WORDS)

    def severity_of(self, rule: Rule, kind: Kind) -> Severity | None:
        """The rule's severity in that kind of message; None when it is switched off."""
        chosen = self.severities.get(rule.id, {})
        word = chosen.get(kind, chosen.get(ANY_KIND))
        if word == OFF:
            return None
        return Severity(word) if word else rule.severity_for(kind)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _one_of(key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{key}: {value!r} is not one of {', '.join(allowed)}")
