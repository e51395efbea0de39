"""Findings as they leave the linter: places in the original, words in the message's language, plain JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import Edit, Hit, Severity


@dataclass(frozen=True, slots=True)
class FixEdit:
    """Replace from line and column to before end_line and end_column, counted from 1 in code points."""

    part: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposal; a safe one changes neither words nor meaning."""

    safe: bool
    edits: tuple[FixEdit, ...]


@dataclass(frozen=True)
class Finding:
    """One thing a rule says; lines and columns from 1, the end exclusive."""

    rule: str
    severity: Severity
    part: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    fix: Fix | None = None
    fingerprint: str = ""
    """Of the rule and the words it speaks of: what a waiver holds on to. See `fingerprint_of`."""

    def to_json(self) -> dict[str, Any]:
        """As plain values, keys in the order of the fields."""
        return asdict(self) | {"severity": self.severity.value, "fix": asdict(self.fix) if self.fix else None}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The finding that `to_json` wrote; keys it does not know are left aside."""
        plain = {
            item.name: value[item.name]
            for item in fields(cls)
            if item.name not in ("severity", "fix") and item.name in value
        }
        fix = value.get("fix")
        made = Fix(fix["safe"], tuple(FixEdit(**edit) for edit in fix["edits"])) if fix else None
        return cls(severity=Severity(value["severity"]), fix=made, **plain)


def place(part: Part, span: Span) -> tuple[int, int, int, int]:
    """Line, column, end line, end column of a stretch, in the part's original."""
    start = part.origin(span.start)
    end = max(start, part.origin_end(span.start, span.end))
    return (*part.position(start), *part.position(end))


def fingerprint_of(rule_id: str, text: str) -> str:
    """64 bits in hex over the rule and its words, blanks and case aside; another as soon as a word changes."""
    words = " ".join(folded(normalised(text)[0]).split())
    return hashlib.sha256(f"{rule_id}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def finding_of(hit: Hit, rule_id: str, severity: Severity, lang: str) -> Finding:
    """A hit in the words and places of its message."""
    message = hit.message.in_(lang).format(**hit.values)
    # what is missing has no words of its own: then it is the whole part that a waiver speaks of
    text = hit.part.text[hit.span.start : hit.span.end].strip()
    return Finding(
        rule_id,
        severity,
        hit.part.name,
        *place(hit.part, hit.span),
        message,
        _fix(hit),
        fingerprint_of(rule_id, text) if text else _fingerprint_of_part(hit.part, rule_id),
    )


def _fingerprint_of_part(part: Part, rule_id: str) -> str:
    key = ("fingerprint", rule_id)
    if key not in part.readings:
        part.readings[key] = fingerprint_of(rule_id, part.text)
    made: str = part.readings[key]
    return made


def _fix(hit: Hit) -> Fix | None:
    if not hit.edits:
        return None
    return Fix(hit.safe, tuple(_edit(edit) for edit in hit.edits))


def _edit(edit: Edit) -> FixEdit:
    return FixEdit(edit.part.name, *place(edit.part, edit.span), edit.text)


def apply_edits(part_name: str, original: str, edits: Sequence[FixEdit]) -> str:
    """The part's original with the edits made; of edits that overlap, the first one counts."""
    part = Part(part_name, original, original)
    spans: set[tuple[int, int, str]] = set()
    for edit in edits:
        if edit.part == part_name:
            start = part.offset(edit.line, edit.column)
            spans.add((start, part.offset(edit.end_line, edit.end_column), edit.text))
    done = 0
    pieces: list[str] = []
    for start, end, text in sorted(spans):
        if start >= done:
            pieces += [original[done:start], text]
            done = end
    return "".join([*pieces, original[done:]])
