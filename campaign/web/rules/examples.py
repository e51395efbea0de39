"""A rule's examples as the message would look, with the words it speaks of marked."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.parsing.part import Part
from lint_rules.rule import Channel, Example, Rule

# the words of the findings' component
MARKS = {"error": "blocking", "warning": "warning", "information": "info"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `mark` is the word of the finding on it, or empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Shown:
    """One example; `says` is what the rule says of it, in the example's language."""

    lang: str
    channel: str
    kind: str
    subject: list[Piece]
    text: list[Piece]
    html: str
    says: list[str]


def shown(rule: Rule, example: Example) -> Shown:
    """The example, checked by its rule alone."""
    draft = Draft(
        example.lang,
        example.channel,
        example.kind,
        example.subject,
        example.text,
        example.html,
        Context.from_json(example.context),
        example.typeset,
    )
    found = check(draft, rules=[rule])
    body = "\n".join(example.typeset) if example.typeset else example.text
    part = "typeset" if example.typeset else "text"
    return Shown(
        example.lang,
        "letter" if example.channel is Channel.LETTER else "email",
        example.kind.value,
        _pieces(example.subject, found, "subject"),
        _pieces(body, found, part),
        example.html,
        list(dict.fromkeys(finding.message for finding in found)),
    )


def _pieces(text: str, found: list[Finding], name: str) -> list[Piece]:
    """The text cut where findings begin and end; of those that overlap, the first one counts."""
    part = Part.plain(name, text)
    pieces, done = [], 0
    for finding in sorted(found, key=lambda one: (one.line, one.column)):
        if finding.part != name:
            continue
        start = part.offset(finding.line, finding.column)
        end = part.offset(finding.end_line, finding.end_column)
        if done <= start < end:
            pieces += [Piece(text[done:start]), Piece(text[start:end], MARKS[finding.severity])]
            done = end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]
