"""What changed since the last submission, block by block, in words one can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.compose import difference
from campaign.compose import document as documents
from campaign.compose.difference import Change
from campaign.compose.document import OFFER_FACTS, Block, Part
from campaign.models import Audience, Submission, variant_key
from campaign.render.content import MessageContent
from campaign.segments import parse
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import unit
from campaign.web.language import current, t

# what else a signature covers, by its key in the content's JSON
OTHERS = ("sender", "layouts", "kind")


@dataclass(frozen=True)
class Changed:
    """One block of one variant, named by its key; `words` lead from the old to the new."""

    language: str
    part: str
    words: list[Change]


@dataclass(frozen=True)
class Changes:
    """`others` names what changed beside the words."""

    blocks: list[Changed]
    others: str
    facts: list[tuple[str, str, str]]
    """What it is called, what it was, what it is: people, rule, sender, layouts."""


def since_last(
    history: Sequence[Submission], submission: Submission, content: MessageContent
) -> Changes | None:
    """Against the submission before this one; None for the first."""
    earlier = [item for item in history if item.id < submission.id]
    # what a reviewer last decided on; what was only withdrawn nobody may have read
    before = next((item for item in earlier if item.decided_at), earlier[0] if earlier else None)
    if before is None:
        return None
    old = {
        variant_key(item["language"], item["arm"]): documents.from_json(item["document"])
        for item in before.content["variants"]
    }
    blocks = [
        changed
        for variant in content.variants
        if variant.key in old
        for changed in _blocks(variant.key, old[variant.key], variant.document)
    ]
    others = ", ".join(_others(before, submission, set(old), content))
    return Changes(blocks, others, [fact for fact in _beside(before, submission) if fact[1] != fact[2]])


def _beside(before: Submission, after: Submission) -> Iterator[tuple[str, str, str]]:
    yield t("review-changes-size"), _size(before), _size(after)
    yield t("review-changes-rule"), _rule(before), _rule(after)
    yield t("review-changes-sender"), _sender(before), _sender(after)
    yield t("review-changes-layouts"), _layouts(before), _layouts(after)


def _size(submission: Submission) -> str:
    audience = _audience(submission)
    return t("review-row-people", count=int(audience.counts.get("people", 0))) if audience else ""


def _rule(submission: Submission) -> str:
    audience = _audience(submission)
    return describe(parse(audience.rule), current(), names_for(unit.db())) if audience else ""


def _audience(submission: Submission) -> Audience | None:
    return unit.db().get(Audience, submission.audience_id) if submission.audience_id else None


def _sender(submission: Submission) -> str:
    facts = submission.content["sender"]
    return f"{facts.get('from_name')} <{facts.get('from_email')}>, {facts.get('organisation')}"


def _layouts(submission: Submission) -> str:
    found = submission.content["layouts"]
    return ", ".join(f"{facts.get('name')} ({facts.get('sha256', '')[:8]})" for facts in found.values())


def _blocks(language: str, old: documents.Document, new: documents.Document) -> Iterator[Changed]:
    for _, before, after in difference.blocks(old, new):
        block = after or before
        if block is None:
            continue
        name = t(f"compose-part-{block.part}")
        if block.part is Part.OFFER:
            yield from _facts(language, name, before, after)
            continue
        words = difference.readable(_words(before), _words(after))
        if any(change.old != change.new for change in words):
            yield Changed(language, name, words)


def _facts(language: str, name: str, before: Block | None, after: Block | None) -> Iterator[Changed]:
    """An offer is compared fact by fact: a price that changed is read as a price."""
    for fact in OFFER_FACTS:
        old = getattr(before.facts, fact) if before else ""
        new = getattr(after.facts, fact) if after else ""
        if old != new:
            label = f"{name} · {t(f'editor-fact-{fact}')}"
            yield Changed(language, label, [Change(old, new)])


def _words(block: Block | None) -> str:
    return "\n".join(source for _, source in block.texts() if source) if block else ""


def _others(
    before: Submission, submission: Submission, languages: set[str], content: MessageContent
) -> Iterator[str]:
    if before.content.get("offer_type") != submission.content.get("offer_type"):
        yield t("review-changes-offer")
    for key in OTHERS:
        if before.content[key] != submission.content[key]:
            yield t(f"review-changes-{key}")
    if languages != {variant.key for variant in content.variants}:
        yield t("review-changes-variants")
    old, new = before.content["settings"], submission.content["settings"]
    if old["channels"] != new["channels"]:
        yield t("review-changes-channels")
    if old.get("terms") != new.get("terms"):
        yield t("review-changes-terms")
    if _people(old) != _people(new):
        yield t("review-changes-audience")


def _people(settings: dict[str, dict[str, object] | None]) -> tuple[object, object]:
    audience = settings["audience"] or {}
    return audience.get("sha256"), audience.get("rule")
