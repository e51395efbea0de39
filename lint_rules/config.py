"""The house's settings: severities, thresholds and words, from TOML.

[rules.line-length]
severity = "warning"            # or "off"
severity.transactional = "off"  # instead: one kind of message

[limits]
line_width = 67
line_unit = "columns"           # or "graphemes"
max_words = { vi = 250, en = 250, zh = 400 }
exclamation_marks = 1           # and the others of `thresholds.THRESHOLDS`

[lexicons.vi.jargon]
add = ["chốt đơn"]
remove = ["tối ưu hoá"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from lint_rules.parsing import lexicons
from lint_rules.parsing.lexicons import Change
from lint_rules.rule import LANGUAGES, Kind, Rule, Severity
from lint_rules.thresholds import THRESHOLDS

OFF = "off"
ANY_KIND = "*"
# flagged from this count on: "under 250 words"
MAX_WORDS = 250
# people read up to here at ease, and every mail program shows it without wrapping
LINE_WIDTH = 67
LINE_UNITS = ("columns", "graphemes")
# as good as none
MOST_WORDS, WIDEST_LINE = 1_000_000, 1_000_000
# what protects people, not taste: no house lowers it
LOCKED = frozenset({"no-consent-on-record", "daily-limit-exceeded"})
LONGEST_PHRASE = 80
MOST_PHRASES = 500
TABLES = ("rules", "limits", "lexicons")


class ConfigError(ValueError):
    """`key` says where, dotted as in TOML; `why` is a clause. `code` and `values` say the same to who
    translates it: number (least, most), choice (given, choices), unknown (near), shape, phrase (given, most),
    phrases (most), locked; empty for what only a programmer reads."""

    def __init__(self, key: str, why: str, code: str = "", **values: str | int) -> None:
        self.key, self.why, self.code, self.values = key, why, code, values
        super().__init__(f"{key}: {why}")


@dataclass(frozen=True, slots=True)
class Config:
    """Severity by rule and kind, limits, words. Frozen, so that one set serves many messages."""

    severities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    max_words: Mapping[str, int] = field(default_factory=dict)
    line_width: int = LINE_WIDTH
    line_unit: str = "columns"
    thresholds: Mapping[str, int] = field(default_factory=dict)
    lexicons: Mapping[tuple[str, str], Change] = field(default_factory=dict)

    @classmethod
    def from_toml(cls, text: str) -> Config:
        """Raises ConfigError, a ValueError, with the key that is wrong."""
        return cls.from_mapping(parsed(text))

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Config:
        """As `from_toml`, from parsed values; raises for the first thing that is wrong."""
        for error in problems(given):
            raise error
        limits = given.get("limits", {})
        return cls(
            severities={rule_id: by_kind(table["severity"]) for rule_id, table in _rules(given) if table},
            thresholds={name: value for name, value in limits.items() if name in THRESHOLDS},
            lexicons={
                (lang, name): Change(tuple(change.get("add", ())), tuple(change.get("remove", ())))
                for lang, tables in given.get("lexicons", {}).items()
                for name, change in tables.items()
            },
        ).with_limits(limits)

    @classmethod
    def kept(cls, text: str) -> Config:
        """Of settings that were valid when they were kept: what a newer program no longer knows is left out."""
        given = parsed(text)
        for _ in range(_MOST_REPAIRS):
            error = next(problems(given), None)
            if error is None:
                return cls.from_mapping(given)
            _drop(given, error.key.split("."))
        return cls()

    def with_limits(self, limits: Mapping[str, Any]) -> Config:
        """The same with the limits of one message: `max_words`, `line_unit`, `line_width`."""
        if not limits:
            return self
        for error in _wrong_limits("", limits):
            raise error
        return replace(
            self,
            max_words={**self.max_words, **limits.get("max_words", {})},
            line_width=limits.get("line_width", self.line_width),
            line_unit=limits.get("line_unit", self.line_unit),
        )

    def words_for(self, lang: str) -> int:
        """The count from which a message in that language is too long."""
        return self.max_words.get(lang, MAX_WORDS)

    def limit(self, name: str) -> int:
        """A threshold: the house's, or its default."""
        return self.thresholds.get(name, THRESHOLDS[name].default)

    def severity_of(self, rule: Rule, kind: Kind) -> Severity | None:
        """The rule's severity in that kind of message; None when it is switched off."""
        chosen = self.severities.get(rule.id, {})
        word = chosen.get(kind, chosen.get(ANY_KIND))
        if word == OFF:
            return None
        return Severity(word) if word else rule.severity_for(kind)


# of one file of settings; each takes out one key
_MOST_REPAIRS = 1_000


def parsed(text: str) -> dict[str, Any]:
    """TOML as values; ConfigError at the line that cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("toml", str(error)) from error


def by_kind(severity: object) -> dict[str, str]:
    """`{"*": word}` for one word, or the words by kind as they stand."""
    return dict(severity) if isinstance(severity, Mapping) else {ANY_KIND: str(severity)}


def problems(given: Mapping[str, Any]) -> Iterator[ConfigError]:
    """Everything that is wrong with the house's settings, each at its key."""
    for name, table in given.items():
        if name not in TABLES:
            yield _unknown(name, "table", name, TABLES)
        elif not isinstance(table, Mapping):
            yield ConfigError(name, "a table is expected", "shape")
    yield from _wrong_rules(given)
    limits = given.get("limits", {})
    if isinstance(limits, Mapping):
        known = ("max_words", "line_width", "line_unit", *THRESHOLDS)
        for name in limits:
            if name not in known:
                yield _unknown(f"limits.{name}", "limit", name, known)
        yield from _wrong_limits("limits.", limits)
    yield from _wrong_words(given)


def _rules(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    table = given.get("rules", {})
    return list(table.items()) if isinstance(table, Mapping) else []


def _wrong_rules(given: Mapping[str, Any]) -> Iterator[ConfigError]:
    # rules read their settings from here, so the list of them is not known before
    from lint_rules.registry import all_rules

    known = {rule.id for rule in all_rules()}
    for rule_id, table in _rules(given):
        key = f"rules.{rule_id}"
        if not isinstance(table, Mapping):
            yield ConfigError(key, "a table with severity is expected", "shape")
            continue
        for name in table:
            if name != "severity":
                yield _not_one_of(f"{key}.{name}", name, ("severity",))
        chosen = by_kind(table.get("severity", {}))
        for kind, word in chosen.items():
            if kind not in (ANY_KIND, *Kind):
                yield _not_one_of(f"{key}.severity.{kind}", kind, Kind)
            elif word not in (OFF, *Severity):
                yield _not_one_of(f"{key}.severity.{kind}", word, (OFF, *Severity))
        if rule_id not in known:
            yield _unknown(key, "rule", rule_id, known)
        elif rule_id in LOCKED and chosen:
            yield ConfigError(key, "it protects people who did not agree and cannot be changed", "locked")


def _wrong_limits(prefix: str, limits: Mapping[str, Any]) -> Iterator[ConfigError]:
    words = limits.get("max_words", {})
    if not isinstance(words, Mapping):
        yield ConfigError(f"{prefix}max_words", "a number of words for each language is expected", "shape")
    else:
        for lang, count in words.items():
            if prefix and lang not in LANGUAGES:
                yield _not_one_of(f"{prefix}max_words.{lang}", lang, LANGUAGES)
            elif not _within(count, 1, MOST_WORDS):
                yield _no_number(f"{prefix}max_words.{lang}", 1, MOST_WORDS)
    if not _within(limits.get("line_width", LINE_WIDTH), 1, WIDEST_LINE):
        yield _no_number(f"{prefix}line_width", 1, WIDEST_LINE)
    unit = limits.get("line_unit", LINE_UNITS[0])
    if unit not in LINE_UNITS:
        yield _not_one_of(f"{prefix}line_unit", unit, LINE_UNITS)
    for name, threshold in THRESHOLDS.items() if prefix else ():
        if not _within(limits.get(name, threshold.default), threshold.least, threshold.most):
            yield _no_number(f"{prefix}{name}", threshold.least, threshold.most)


def _wrong_words(given: Mapping[str, Any]) -> Iterator[ConfigError]:
    by_language = given.get("lexicons", {})
    for lang, tables in by_language.items() if isinstance(by_language, Mapping) else ():
        if lang not in LANGUAGES or not isinstance(tables, Mapping):
            yield ConfigError(f"lexicons.{lang}", f"a table of {', '.join(LANGUAGES)} is expected", "shape")
            continue
        known = lexicons.names(lang)
        for name, change in tables.items():
            key = f"lexicons.{lang}.{name}"
            if name not in known:
                yield _unknown(key, "list of words", name, known)
            elif not isinstance(change, Mapping):
                yield ConfigError(key, "a table with add and remove is expected", "shape")
            else:
                yield from _wrong_phrases(key, change)


def _wrong_phrases(key: str, change: Mapping[str, Any]) -> Iterator[ConfigError]:
    for name, phrases in change.items():
        if name not in ("add", "remove"):
            yield _not_one_of(f"{key}.{name}", name, ("add", "remove"))
        elif not isinstance(phrases, list) or len(phrases) > MOST_PHRASES:
            why = f"a list of at most {MOST_PHRASES} phrases is expected"
            yield ConfigError(f"{key}.{name}", why, "phrases", most=MOST_PHRASES)
        elif wrong := [phrase for phrase in phrases if not _is_phrase(phrase)]:
            why = f"{wrong[0]!r} is no phrase of 1 to {LONGEST_PHRASE} characters"
            yield ConfigError(f"{key}.{name}", why, "phrase", given=str(wrong[0]), most=LONGEST_PHRASE)


def _is_phrase(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) <= LONGEST_PHRASE
        and value.isprintable()
        and not set("#()|") & set(value)
        and any(mark.isalnum() for mark in value)
    )


def _within(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _no_number(key: str, least: int, most: int) -> ConfigError:
    why = f"a number from {least} to {most} is expected"
    return ConfigError(key, why, "number", least=least, most=most)


def _not_one_of(key: str, given: object, known: Iterable[str]) -> ConfigError:
    choices = ", ".join(known)
    return ConfigError(key, f"{given!r} is not one of {choices}", "choice", given=str(given), choices=choices)


def _unknown(key: str, what: str, name: str, known: Iterable[str]) -> ConfigError:
    near = next(iter(get_close_matches(name, list(known), 1)), "")
    hint = f"; did you mean {near}?" if near else ""
    return ConfigError(key, f"there is no such {what}{hint}", "unknown", near=near or "none")


def _drop(given: dict[str, Any], keys: list[str]) -> None:
    """Take a key out of nested tables; the nearest table that is there when the last one is not."""
    table: Any = given
    for key in keys[:-1]:
        if not isinstance(table.get(key), dict):
            table.pop(key, None)
            return
        table = table[key]
    if keys[-1] in table:
        del table[keys[-1]]
    else:
        given.pop(keys[0], None)
