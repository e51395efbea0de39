"""The submitted letter as documents of their own: rendered from what was submitted."""

from __future__ import annotations

from flask import make_response, request
from werkzeug.wrappers import Response

from campaign.errors import NotFound
from campaign.models import Channel, Message, Submission
from campaign.render import content as contents
from campaign.render.content import MessageContent, Variant
from campaign.web import headers, marking, unit
from campaign.web.access import roles
from campaign.web.compose import rendering, sheet
from campaign.web.compose.rendering import Recipient
from campaign.web.review import places
from campaign.web.review.blueprint import READERS, blueprint, submission_or_404
from campaign.web.review.reading import variant_asked


@blueprint.get("/<int:submission_id>/documents/email")
@roles(*READERS)
def email_document(submission_id: int) -> Response:
    """The HTML of the e-mail with the findings marked in it, for the frame."""
    submission = submission_or_404(submission_id)
    content, variant, recipient = _asked(submission, Channel.EMAIL)
    html = rendering.email_parts(content, variant.id, recipient).html
    placed = places.of_submission(submission, content).of_language(variant.key)
    marks = [one.mark for one in placed if one.is_on(Channel.EMAIL)]
    return headers.as_preview(make_response(marking.document(html, marks)))


@blueprint.get("/<int:submission_id>/documents/letter")
@roles(*READERS)
def letter_document(submission_id: int) -> Response:
    """One page of the letter as a picture."""
    content, variant, recipient = _asked(submission_or_404(submission_id), Channel.LETTER)
    pages = rendering.letter_pages(content, variant.id, recipient, sheet.SCREEN_PPI)
    return sheet.picture(pages, request.args.get("page", 1, type=int))


def _asked(submission: Submission, channel: Channel) -> tuple[MessageContent, Variant, Recipient]:
    content = contents.from_json(unit.db(), submission.content)
    variant = variant_asked(content)
    contact = sheet.asked_for(unit.db().get_one(Message, submission.message_id), channel)
    if contact is None:
        raise NotFound()
    return content, variant, rendering.recipient_of(contact, content, variant.id)
