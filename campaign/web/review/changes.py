"""What changed since the last submission, block by block, in words one can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.compose import difference
from campaign.compose import document as documents
from campaign.compose.difference import Change
from campaign.compose.document import Block
from campaign.models import Submission
from campaign.render.content import MessageContent
from campaign.web.language import t

# what else a signature covers, by its key in the content's JSON
OTHERS = ("sender", "layouts", "kind")


@dataclass(frozen=True)
class Changed:
    """One block in one language; `words` lead from the old to the new."""

    language: str
    part: str
    words: list[Change]


@dataclass(frozen=True)
class Changes:
    """`others` names what changed beside the words."""

    blocks: list[Changed]
    others: str


def since_last(
    history: Sequence[Submission], submission: Submission, content: MessageContent
) -> Changes | None:
    """Against the submission before this one; None for the first."""
    before = next((item for item in history if item.id < submission.id), None)
    if before is None:
        return None
    old = {item["language"]: documents.from_json(item["document"]) for item in before.content["variants"]}
    blocks = [
        changed
        for variant in content.variants
        if variant.language in old
        for changed in _blocks(variant.language, old[variant.language], variant.document)
    ]
    return Changes(blocks, ", ".join(_others(before, submission, set(old), content)))


def _blocks(language: str, old: documents.Document, new: documents.Document) -> Iterator[Changed]:
    for _, before, after in difference.blocks(old, new):
        words = difference.words(_words(before), _words(after))
        block = after or before
        if block and any(change.old != change.new for change in words):
            yield Changed(language, t(f"compose-part-{block.part}"), words)


def _words(block: Block | None) -> str:
    return "\n".join(source for _, source in block.texts() if source) if block else ""


def _others(
    before: Submission, submission: Submission, languages: set[str], content: MessageContent
) -> Iterator[str]:
    for key in OTHERS:
        if before.content[key] != submission.content[key]:
            yield t(f"review-changes-{key}")
    if languages != {variant.language for variant in content.variants}:
        yield t("review-changes-variants")
    old, new = before.content["settings"], submission.content["settings"]
    if old["channels"] != new["channels"]:
        yield t("review-changes-channels")
    if _people(old) != _people(new):
        yield t("review-changes-audience")


def _people(settings: dict[str, dict[str, object] | None]) -> tuple[object, object]:
    audience = settings["audience"] or {}
    return audience.get("sha256"), audience.get("rule")
