"""The greeting that one person will get: pages of a letter as pictures, or a mail as a document."""

from __future__ import annotations

from io import BytesIO

from flask import Response as FlaskResponse
from flask import send_file
from werkzeug.wrappers import Response

from campaign.care import greet, preview
from campaign.care.due import today
from campaign.errors import NotFound
from campaign.models import Channel, Role
from campaign.render.pdf import preview_png
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.care.blueprint import blueprint, contact_or_404
from campaign.web.headers import as_preview

PICTURE_PPI = 100


@blueprint.get("/preview/<occasion>/<int:contact_id>/letter.png")
@roles(Role.CARE)
def letter(occasion: str, contact_id: int) -> Response:
    """The first page of the letter."""
    filled = preview.letter_for(
        _words(occasion, Channel.LETTER).content, contact_or_404(contact_id), unit.now()
    )
    return send_file(BytesIO(preview_png(filled, PICTURE_PPI)[0]), mimetype="image/png")


@blueprint.get("/preview/<occasion>/<int:contact_id>/mail.html")
@roles(Role.CARE)
def mail(occasion: str, contact_id: int) -> Response:
    """The mail as a document of its own."""
    words = _words(occasion, Channel.EMAIL)
    parts = preview.email_for(words.content, contact_or_404(contact_id), unit.now())
    return as_preview(FlaskResponse(parts.html, mimetype="text/html"))


def _words(occasion: str, channel: Channel) -> greet.Words:
    words = greet.words_for(unit.db(), occasion, channel, today(unit.now()))
    if words is None:
        raise NotFound
    return words
