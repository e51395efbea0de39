"""The five steps of a campaign (three for a greeting), each with its state, for the top of every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from campaign import approval
from campaign.campaigns import edit, people
from campaign.compose import document as documents
from campaign.compose.document import Part
from campaign.models import Campaign, CampaignState, Message, SubmissionState
from campaign.web import unit
from campaign.web.compose import seals
from campaign.web.language import t

S = CampaignState
TOLD = frozenset({S.SCHEDULED, S.RUNNING, S.PAUSED, S.FINISHED, S.CANCELLED})


@dataclass(frozen=True)
class Step:
    """`state`: open, here, done or stop, as the component wants it."""

    label: str
    state: str
    href: str
    note: str | None = None


def of_message(message: Message, here: str) -> list[Step]:
    """`here` is `whom`, `write`, `check`, `sign` or `send`."""
    campaign = edit.campaign_of(unit.db(), message)
    made = []
    for key, href, state, note in _all(message, campaign):
        made.append(Step(t(f"campaigns-step-{key}"), "here" if key == here else state, href, note))
    return made


def _all(message: Message, campaign: Campaign | None) -> Iterator[tuple[str, str, str, str | None]]:
    written = _written(message)
    sign_state, sign_note = _sign(message)
    if campaign and campaign.state is S.CANCELLED and sign_state == "stop":
        sign_state, sign_note = "open", None  # the seal ended with the campaign: nothing to look into
    if campaign:
        name = campaign.segment.name if campaign.segment else None
        yield "whom", url_for("campaigns.whom", campaign_id=campaign.id), "done" if name else "open", name
    yield "write", url_for("compose.write", message_id=message.id), "done" if written else "open", None
    checked = sign_state == "done" or sign_note is not None
    yield "check", url_for("compose.check", message_id=message.id), "done" if checked else "open", None
    yield "sign", url_for("compose.sign", message_id=message.id), sign_state, sign_note
    if campaign:
        note = t(f"campaigns-state-{campaign.state}") if campaign.state in TOLD else None
        yield (
            "send",
            url_for("campaigns.send", campaign_id=campaign.id),
            "done" if campaign.state is S.FINISHED else "open",
            note,
        )


def _written(message: Message) -> bool:
    """Whether there is something to read in every language."""
    variants = people.variants_of(edit.campaign_of(unit.db(), message), message)
    copies = [documents.from_json(variant.document) for variant in variants]
    return all(copy.first(Part.HOOK) or copy.first(Part.BODY) for copy in copies)


def _sign(message: Message) -> tuple[str, str | None]:
    newest = next(iter(approval.history(unit.db(), message.id)), None)
    if newest is None or newest.state is SubmissionState.WITHDRAWN:
        return "open", None
    state = seals.of_submission(newest).state
    if state in (SubmissionState.VOIDED, SubmissionState.SENT_BACK):
        return "stop", t(f"review-state-{state}")
    return ("done" if state is SubmissionState.APPROVED else "open"), t(f"review-state-{state}")
