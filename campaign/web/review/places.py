"""Findings of a submission as the desk shows them: numbered, at their place, with what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from campaign.approval import waiving
from campaign.clock import house_day
from campaign.compose.document import Block
from campaign.errors import NotFound
from campaign.lint import Finding, waivers
from campaign.models import Channel, Submission, Waiver
from campaign.render.content import MessageContent, Variant
from campaign.web import unit
from campaign.web.compose import check, notes
from campaign.web.compose.check import Remark
from campaign.web.compose.seals import name_of
from campaign.web.marking import Mark
from lint_rules.finding import apply_edits


@dataclass(frozen=True)
class Placed:
    """One finding. `standing` is what its waiver is worth today; `fix` the words that its rule proposes."""

    number: int
    key: str
    finding: Finding
    remark: Remark
    language: str
    recipients: int
    standing: str = ""
    waiver: Waiver | None = None
    waived_by: str = ""
    asked_by: str = ""
    may_be_waived: bool = False
    block: Block | None = None
    fix: dict[str, str] = field(default_factory=dict)
    channel: str = ""
    """Of the renderings that it is about; empty for a finding on the copy."""
    contact_id: int = 0
    """One of those whose rendering it is about."""
    letters: int = 0
    """How many of the renderings are letters."""

    def is_on(self, channel: Channel) -> bool:
        """Whether what goes out on that channel has it."""
        return self.channel in ("", channel.value)

    @property
    def waived(self) -> bool:
        return self.standing == waivers.Standing.HOLDS

    @property
    def blocks(self) -> bool:
        return self.remark.note.blocks and not self.waived

    @property
    def mark(self) -> Mark:
        note = self.remark.note
        return Mark(self.number, note.severity, note.quote, notes.words_of(self.block))


@dataclass(frozen=True)
class Places:
    """All findings, and the waivers that no finding needs any more."""

    placed: list[Placed]
    unused: list[Waiver]

    @property
    def blocking(self) -> int:
        return sum(one.blocks for one in self.placed)

    def of_language(self, language: str) -> list[Placed]:
        """Those that one variant shows."""
        return [one for one in self.placed if one.language in ("", language)]


def of_submission(submission: Submission, content: MessageContent) -> Places:
    """Number them in the order in which the linter gave them: the heaviest first."""
    db = unit.db()
    applied = waiving.of_submission(db, submission, house_day(unit.now()))
    placed = [
        _placed(number, judged, item, content)
        for number, (judged, item) in enumerate(zip(applied.judged, submission.findings, strict=True), 1)
    ]
    unused = [db.get_one(Waiver, one.id) for one in applied.unused if not one.voided]
    return Places(placed, unused)


def finding_or_404(submission: Submission, key: str) -> Finding:
    """The finding that a form speaks of."""
    for item in submission.findings:
        finding = Finding.from_json(item)
        if waivers.key_of(finding) == key:
            return finding
    raise NotFound()


def _placed(number: int, judged: waivers.Judged, item: dict[str, Any], content: MessageContent) -> Placed:
    finding = judged.finding
    variant = _variant_of(content.variants, finding, item)
    document = variant.document if variant else None
    note = notes.of_finding(finding, document)
    waiver = unit.db().get(Waiver, judged.waiver.id) if judged.waiver else None
    block = document.block(finding.part) if document else None
    place = check.place_of(note, document) if document else ""
    href = url_for("rules.rule", rule_id=finding.rule)
    return Placed(
        number,
        waivers.key_of(finding),
        finding,
        check.remark(note, place, href),
        variant.key if variant else "",
        int(item.get("recipients", 0)),
        judged.standing or "",
        waiver,
        name_of(waiver.granted_by) if waiver else "",
        name_of(waiver.asked_by) if waiver else "",
        waivers.may_be_waived(finding),
        block,
        fix_of(finding, block),
        str(item.get("channel", "")),
        int(item.get("contact_id", 0)),
        int(item.get("letters", 0)),
    )


def fix_of(finding: Finding, block: Block | None) -> dict[str, str]:
    """The block's text as the rule would have it; empty when it proposes nothing for this block."""
    if finding.fix is None or block is None or not block.text:
        return {}
    if any(edit.part != block.id for edit in finding.fix.edits):
        return {}
    mended = apply_edits(block.id, block.text, finding.fix.edits)
    return {"text": mended} if mended != block.text else {}


def _variant_of(variants: Sequence[Variant], finding: Finding, item: dict[str, Any]) -> Variant | None:
    wanted = item.get("variant_id")
    for variant in variants:
        if variant.id == wanted:
            return variant
    return next((one for one in variants if one.document.block(finding.part)), None)
