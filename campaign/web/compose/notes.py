"""What stands in the margin: findings, and what the copy's allow-list refuses, each beside its block."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from campaign.audience import fields as merge_fields
from campaign.campaigns import people
from campaign.compose import document as documents
from campaign.compose.check import Problem, check_document
from campaign.compose.document import Block, Document
from campaign.errors import InvalidInput
from campaign.lint import Finding, house, lint_copy
from campaign.lint.copy import text_of
from campaign.models import Channel, Message, MessageVariant
from campaign.render import content as contents
from campaign.web import unit
from campaign.web.language import t
from lint_rules.finding import Fix
from lint_rules.rule import Severity

# the words of the findings' component
WORD = {Severity.ERROR: "blocking", Severity.WARNING: "warning", Severity.INFORMATION: "info"}
FIELD_RULE = "unknown-merge-field"


@dataclass(frozen=True)
class Note:
    """One remark. `block_id` is empty when it concerns the whole letter; `rule` is its id or empty."""

    severity: str
    text: str
    block_id: str = ""
    rule: str = ""
    quote: str = ""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    fix: Fix | None = None

    @property
    def blocks(self) -> bool:
        return self.severity == "blocking"

    @property
    def mendable(self) -> bool:
        """Whether one click may mend it: a safe fix within its own block."""
        return (
            self.fix is not None
            and self.fix.safe
            and {edit.part for edit in self.fix.edits} == {self.block_id}
        )

    @property
    def key(self) -> str:
        """Which note this is among those of the page."""
        return f"{self.rule}:{self.block_id}:{self.line}:{self.column}"

    @property
    def edits(self) -> str:
        """The edits of its fix as JSON, for the page's script."""
        return json.dumps([asdict(edit) for edit in self.fix.edits] if self.fix else [], ensure_ascii=False)


def of_document(
    message: Message, variant: MessageVariant, document: Document, channel: Channel | None = None
) -> list[Note]:
    """What is to be said of these words, saved or not, on one channel or on all. Nothing is rendered here."""
    problems = problems_of(document)
    broken = {problem.block_id for problem in problems}
    content = contents.from_message(message).with_document(variant.id, document)
    found = [
        of_finding(finding, document)
        for finding in lint_copy(content, variant.id, channel=channel, config=house.config(unit.db()))
    ]
    # the allow-list says better than the rule what is wrong with a field
    said = [note for note in found if note.rule != FIELD_RULE or note.block_id not in broken]
    return [of_problem(problem) for problem in problems] + said


def problems_of(document: Document) -> list[Problem]:
    """What the allow-list says of it, with the house's own fields known."""
    known = merge_fields.known_fields(people.custom_keys(unit.db()))
    return check_document(document, known)


def of_problem(problem: Problem) -> Note:
    """Merge fields and conditions that may not stand there."""
    return Note(
        "blocking",
        t(problem.key, **problem.values),
        problem.block_id,
        "unknown-merge-field",
        line=problem.line,
    )


def of_invalid(error: InvalidInput) -> Note:
    """What cannot even be stored: too long, not text."""
    return Note("blocking", t(error.key, **error.values), error.field or "")


def of_finding(finding: Finding, document: Document | None) -> Note:
    """A rule's remark beside the block it speaks of."""
    block = document.block(finding.part) if document else None
    return Note(
        WORD[finding.severity],
        finding.message,
        block.id if block else "",
        finding.rule,
        _quote(text_of(block), finding) if block else "",
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.fix,
    )


def of_audience(findings: Iterable[Finding], message: Message) -> list[Note]:
    """Notes on the renderings of a frozen audience, beside the block of the language they are about."""
    copies = [documents.from_json(variant.document) for variant in message.variants]
    return [
        of_finding(finding, next((d for d in copies if d.block(finding.part)), None)) for finding in findings
    ]


def by_block(notes: Iterable[Note], block_ids: Iterable[str]) -> dict[str, list[Note]]:
    """Notes for each block of the page; those of no block under the empty id."""
    found: dict[str, list[Note]] = {block_id: [] for block_id in ["", *block_ids]}
    for note in notes:
        found.get(note.block_id, found[""]).append(note)
    return found


def words_of(block: Block | None) -> str:
    """A block's words as its readers get them: without the address of a link."""
    return "\n".join(text for name, text in block.texts() if name != "url") if block else ""


def _quote(text: str, finding: Finding) -> str:
    """The words that the finding speaks of, when they are a few."""
    lines = text.split("\n")
    if finding.line != finding.end_line or finding.line > len(lines):
        return ""
    return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]


def summary(notes: Iterable[Note]) -> dict[str, Any]:
    """How many, and how many of them block."""
    all_notes = list(notes)
    return {"count": len(all_notes), "blocking": sum(note.blocks for note in all_notes)}
