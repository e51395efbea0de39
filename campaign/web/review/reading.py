"""The reading page: the letter as its recipients will see it, and everything the signature covers."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from campaign import approval
from campaign.approval.sealed import standing_terms
from campaign.campaigns import edit
from campaign.errors import InvalidInput, NotFound
from campaign.lint import Finding
from campaign.models import Audience, Channel, Message, Role, Submission
from campaign.render import content as contents
from campaign.render.content import MessageContent, Variant
from campaign.segments import parse
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import check, notes, seals, sheet
from campaign.web.language import current
from campaign.web.review import changes
from campaign.web.review.blueprint import READERS, blueprint, submission_or_404


@blueprint.get("/<int:submission_id>")
@roles(*READERS)
def read(submission_id: int) -> str:
    """The page."""
    return page(submission_or_404(submission_id))


@blueprint.get("/<int:submission_id>/sheet")
@roles(*READERS)
def pane(submission_id: int) -> str:
    """The sheet alone, for htmx."""
    submission = submission_or_404(submission_id)
    content = contents.from_json(unit.db(), submission.content)
    return render_template("compose/_sheet.html", sheet=_sheet(submission, content, variant_asked(content)))


def page(submission: Submission, error: InvalidInput | None = None) -> str:
    """Everything at its place; `error` beside the reason when the decision could not be taken."""
    db, account = unit.db(), unit.account()
    content = contents.from_json(db, submission.content)
    variant = variant_asked(content)
    message = db.get_one(Message, submission.message_id)
    entry = seals.of_submission(submission)
    audience = db.get(Audience, submission.audience_id) if submission.audience_id else None
    history = approval.history(db, message.id)
    return render_template(
        "review/read.html",
        submission=submission,
        entry=entry,
        message=message,
        campaign=edit.campaign_of(db, message),
        content=content,
        variant=variant,
        sheet=_sheet(submission, content, variant),
        findings=_findings(submission, content),
        audience=audience,
        rule=describe(parse(audience.rule), current(), names_for(unit.db())) if audience else "",
        standing=standing_terms(submission),
        changes=changes.since_last(history, submission, content),
        history=[seals.of_submission(item) for item in history],
        is_reviewer=Role.REVIEWER in account.roles,
        may_sign=approval.may_sign(db, submission, account),
        signers=[person.name for person in approval.possible_signers(db, message)],
        error=error,
    )


def variant_asked(content: MessageContent) -> Variant:
    """The language that the page was asked for, or the first."""
    wanted = request.values.get("language")
    for variant in content.variants:
        if variant.language == wanted:
            return variant
    if not content.variants:
        raise NotFound()
    return content.variants[0]


def _sheet(submission: Submission, content: MessageContent, variant: Variant) -> sheet.Sheet:
    place: dict[str, Any] = {"submission_id": submission.id, "language": variant.language}

    def document(channel: Channel, **query: Any) -> str:
        return url_for(f"review.{channel}_document", **place, **query)

    message = unit.db().get_one(Message, submission.message_id)
    drawn = sheet.draw(
        content, variant.id, sheet.people_of(message), document,
        address=lambda **query: url_for("review.read", **place, **query),
    )  # fmt: skip
    drawn.pane = url_for("review.pane", **place)
    return drawn


def _findings(submission: Submission, content: MessageContent) -> list[check.Remark]:
    """What the linter said of the renderings when it was submitted."""
    found = []
    for item in submission.findings:
        finding = Finding.from_json(item)
        holder = next((v.document for v in content.variants if v.document.block(finding.part)), None)
        note = notes.of_finding(finding, holder)
        found.append(check.remark(note, check.place_of(note, holder) if holder else "", ""))
    return found
