"""The reading page: the letter as its recipients will see it, and everything the signature covers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select

from campaign import approval
from campaign.accounts import second_factor
from campaign.approval import checklist, remarks, waiving
from campaign.approval import evidence as packs
from campaign.approval.sealed import standing_terms
from campaign.campaigns import edit, trials
from campaign.clock import house_day
from campaign.compose import difference
from campaign.compose.document import Part
from campaign.errors import InvalidInput, NotFound
from campaign.i18n import has
from campaign.models import Audience, Channel, Message, MessageEdit, Role, Submission
from campaign.render import content as contents
from campaign.render.content import MessageContent, Variant
from campaign.segments import parse
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import marking, unit
from campaign.web.access import roles
from campaign.web.compose import field_words, seals, sheet
from campaign.web.language import current, t
from campaign.web.review import changes, places
from campaign.web.review.blueprint import READERS, blueprint, submission_or_404
from campaign.web.review.jumps import anchor_of, jumps
from campaign.web.review.places import Placed


@blueprint.get("/<int:submission_id>")
@roles(*READERS)
def read(submission_id: int) -> str:
    """The page."""
    return page(submission_or_404(submission_id))


@blueprint.get("/<int:submission_id>/sheet")
@roles(*READERS)
def pane(submission_id: int) -> str:
    """The sheet with the findings' ways to it, for htmx."""
    submission = submission_or_404(submission_id)
    shown = _shown(submission, contents.from_json(unit.db(), submission.content))
    return render_template("review/_pane.html", findings=shown["places"].placed, **shown)


def page(submission: Submission, error: InvalidInput | None = None) -> str:
    """Everything at its place; `error` beside the reason when the decision could not be taken."""
    db, account = unit.db(), unit.account()
    content = contents.from_json(db, submission.content)
    shown = _shown(submission, content)
    message = db.get_one(Message, submission.message_id)
    entry = seals.of_submission(submission)
    audience = db.get(Audience, submission.audience_id) if submission.audience_id else None
    history = approval.history(db, message.id)
    return render_template(
        "review/read.html",
        **shown,
        submission=submission,
        entry=entry,
        message=message,
        campaign=edit.campaign_of(db, message),
        content=content,
        elsewhere=[one for one in shown["places"].placed if one not in shown["placed"]],
        questions=checklist.questions(submission),
        evidence_key=packs.key_of(unit.settings()).fingerprint if submission.decided_at else "",
        ticked=request.form.getlist("checked"),
        writers=_writers(message),
        remarks=[one for one in remarks.of_message(db, message.id) if one.submission_id == submission.id],
        blocks=shown["variant"].document.in_reading_order(),
        words_of=difference.readable,
        opening_of=field_words.opening,
        name_of=seals.name_of,
        waiver_end=(house_day(unit.now()) + timedelta(days=waiving.DAYS)).isoformat(),
        audience=audience,
        terms=trials.terms_of(submission),
        rule=describe(parse(audience.rule), current(), names_for(unit.db())) if audience else "",
        standing=standing_terms(submission),
        changes=changes.since_last(history, submission, content),
        history=[seals.of_submission(item) for item in history],
        is_reviewer=Role.REVIEWER in account.roles,
        needs_code=second_factor.required(db),
        has_factor=second_factor.enrolled(db, account),
        may_sign=approval.may_sign(db, submission, account),
        signers=[person.name for person in approval.possible_signers(db, message)],
        error=error,
    )


def _shown(submission: Submission, content: MessageContent) -> dict[str, Any]:
    """The sheet in the language that was asked for, with the findings' ways to it."""
    variant = variant_asked(content)
    found = places.of_submission(submission, content)
    placed = found.of_language(variant.key)
    drawn = _sheet(submission, content, variant, placed)
    return {
        "variant": variant,
        "places": found,
        "placed": placed,
        "sheet": drawn,
        "jump": jumps(drawn, submission),
    }


def variant_asked(content: MessageContent) -> Variant:
    """The variant that the page was asked for, by its key, or the first."""
    wanted = request.values.get("language")
    for variant in content.variants:
        if variant.key == wanted:
            return variant
    if not content.variants:
        raise NotFound()
    return content.variants[0]


def _sheet(
    submission: Submission, content: MessageContent, variant: Variant, placed: list[Placed]
) -> sheet.Sheet:
    place: dict[str, Any] = {"submission_id": submission.id, "language": variant.key}

    def document(channel: Channel, **query: Any) -> str:
        return url_for(f"review.{channel}_document", **place, **query)

    message = unit.db().get_one(Message, submission.message_id)
    drawn = sheet.draw(
        content, variant.id, message, document,
        address=lambda **query: url_for("review.read", **place, **query),
        marks=lambda: [one.mark for one in placed if one.is_on(Channel.LETTER)],
    )  # fmt: skip
    drawn.pane = url_for("review.pane", **place)
    if number := request.values.get("finding", 0, type=int):
        drawn.frame_at = f"#{anchor_of(number)}"
    first = variant.document.first(Part.SUBJECT)
    on_email = [one for one in placed if one.is_on(Channel.EMAIL)]
    subject = [one.mark for one in on_email if first and one.finding.part == first.id]
    drawn.subject = marking.plain(drawn.subject, subject)
    in_text = [one.mark for one in on_email if one.mark not in subject]
    drawn.text = marking.plain(drawn.text, in_text)
    return drawn


def _writers(message: Message) -> list[tuple[str, str]]:
    """Everybody with a hand in it, and which parts each changed, the author first."""
    parts: dict[int, dict[str, None]] = {message.account_id: {}}
    edits = select(MessageEdit).where(MessageEdit.message_id == message.id).order_by(MessageEdit.id)
    for row in unit.db().scalars(edits):
        parts.setdefault(row.account_id, {})[row.part] = None
    for account_id in sorted(approval.changed_by(unit.db(), message)):
        parts.setdefault(account_id, {})
    return [
        (seals.name_of(account_id), ", ".join(_part_words(part) for part in found))
        for account_id, found in parts.items()
    ]


def _part_words(part: str) -> str:
    for key in (f"compose-part-{part}", f"review-part-{part.replace('_', '-')}"):
        if has(current(), key):
            return t(key)
    return part
