"""The sheet beside the work: the message as a real recipient will see it, on each channel.

The e-mail is a document of its own address with a policy of its own (`headers.as_preview`), so that
nothing in it can reach the page around it; the letter is a picture of each page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import abort, make_response, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.campaigns import copy, edit, samples
from campaign.compose import document as documents
from campaign.errors import CampaignError, NotFound, TemplateError
from campaign.models import Channel, Contact, Message, MessageVariant
from campaign.render import content as contents
from campaign.render import layouts
from campaign.render.content import MessageContent
from campaign.render.page_text import PageText
from campaign.segments.asking import TooLong
from campaign.web import headers, page_marking, unit
from campaign.web.access import roles
from campaign.web.compose import notes, rendering
from campaign.web.compose.blueprint import READERS, blueprint, message_or_404
from campaign.web.compose.rendering import Recipient
from campaign.web.marking import Mark
from campaign.web.page_marking import Stroke

VIEWS = {Channel.EMAIL: ("desktop", "phone", "text"), Channel.LETTER: ("letter",)}
SCREEN_PPI = 110.0
THUMBNAIL_PPI = 30.0
UNRENDERABLE = 422


@dataclass(frozen=True)
class LetterPage:
    """One page of a letter: the address of its picture, the text on it, the pencil over it."""

    picture: str
    text: PageText
    strokes: list[Stroke]


@dataclass
class Sheet:
    """What the pane shows. `address(**query)` is the pane's own address with another view or person."""

    language: str
    view: str
    views: Sequence[str]
    address: Callable[..., str]
    fields: dict[str, str]
    people: Sequence[Contact] = ()
    recipient: Contact | None = None
    search: str = ""
    subject: str = ""
    sender: str = ""
    text: str = ""
    frame: str = ""
    frame_at: str = ""
    """Where in the e-mail the frame opens, as `#place`."""
    pages: list[LetterPage] = field(default_factory=list)
    broken: str = ""
    pane: str = ""
    """The address of the pane alone."""

    @property
    def marked(self) -> set[int]:
        """The numbers of the findings that are marked on the letter's pages."""
        return {number for page in self.pages for stroke in page.strokes for number in stroke.numbers}


def of_message(message: Message, variant: MessageVariant) -> Sheet:
    """The sheet of the saved copy, by what the request asks to see (`view`, `contact`, `q`)."""
    content = contents.from_message(message)
    place: dict[str, Any] = {"message_id": message.id, "language": variant.key}

    def document(channel: Channel, **query: Any) -> str:
        endpoint = f"compose.{channel}_document"
        return url_for(endpoint, **place, version=_version(variant), **query)

    drawn = draw(
        content, variant.id, message, document,
        address=lambda **query: url_for("compose.write", **place, **query),
        marks=lambda: _marks(message, variant),
    )  # fmt: skip
    drawn.pane = url_for("compose.pane", **place)
    return drawn


def _marks(message: Message, variant: MessageVariant) -> list[Mark]:
    """What the margin says of words of the letter; a remark on a whole block stands beside its field only."""
    document = documents.from_json(variant.document)
    found = []
    for note in notes.of_document(message, variant, document, Channel.LETTER):
        words = notes.words_of(document.block(note.block_id))
        if note.quote.strip() and note.quote.strip() != words.strip():
            found.append(Mark(0, note.severity, note.quote, words))
    return found


def draw(
    content: MessageContent,
    variant_id: int,
    message: Message,
    document: Callable[..., str],
    address: Callable[..., str],
    marks: Callable[[], Sequence[Mark]],
) -> Sheet:
    """Shared with the reviewer's desk: `document(channel, contact=, page=)` gives addresses of documents,
    `marks` what is marked on a letter, asked for when one is shown."""
    channels = rendering.channels_of(content)
    views = [view for channel in channels for view in VIEWS[channel]]
    asked = request.values.get("view", "")
    view = asked if asked in views else views[0]
    channel = next(one for one in channels if view in VIEWS[one])
    found = people_of(message, channel)
    person = asked_for(message, channel) or (found[0] if found else None)
    kept = {"view": view} | ({"contact": str(person.id)} if person else {})
    sheet = Sheet(
        content.variant(variant_id).key,
        view,
        views,
        lambda **query: address(**(kept | query)),
        kept,
        found,
        person,
        request.values.get("q", ""),
        sender=f"{content.sender.from_name} <{content.sender.from_email}>",
    )
    if person:
        _fill(sheet, content, variant_id, person, document, marks)
    return sheet


def _fill(
    sheet: Sheet,
    content: MessageContent,
    variant_id: int,
    person: Contact,
    document: Callable[..., str],
    marks: Callable[[], Sequence[Mark]],
) -> None:
    """Render once here, so that what cannot be rendered is said on the page and not inside the frame."""
    try:
        recipient = rendering.recipient_of(person, content, variant_id)
        if sheet.view == "letter":
            read = rendering.letter_text(content, variant_id, recipient)
            drawn = page_marking.strokes(read, marks())
            sheet.pages = [
                LetterPage(document(Channel.LETTER, contact=person.id, page=number), page, on_it)
                for number, (page, on_it) in enumerate(zip(read, drawn, strict=True), 1)
            ]
            return
        parts = rendering.email_parts(content, variant_id, recipient)
        sheet.subject, sheet.text = parts.subject, parts.text
        sheet.frame = document(Channel.EMAIL, contact=person.id)
    except CampaignError as error:
        sheet.broken = str(error)


def people_of(message: Message, channel: Channel) -> list[Contact]:
    """Recipients to look at: those who match the search, or some of the segment; nobody where finding them
    takes longer than a question may."""
    campaign = edit.campaign_of(unit.db(), message)
    segment = campaign.segment if campaign else None
    what = samples.meant(message, channel)
    try:
        with unit.asking() as db:
            found = samples.to_look_at(db, segment, request.values.get("q", ""), unit.now(), what)
    except TooLong:
        return []
    # again in the session of the page, which reads more of them
    wanted = select(Contact).where(Contact.id.in_([contact.id for contact in found]))
    here = {contact.id: contact for contact in unit.db().scalars(wanted)}
    return [here[contact.id] for contact in found if contact.id in here]


def asked_for(message: Message, channel: Channel) -> Contact | None:
    """The person whom the request names, if they may be looked at on that channel."""
    contact = unit.db().get(Contact, request.values.get("contact", 0, type=int))
    fit = contact and samples.fit(unit.db(), [contact], samples.meant(message, channel))
    return contact if fit else None


@blueprint.get("/<int:message_id>/sheet")
@roles(*READERS)
def pane(message_id: int) -> str:
    """The pane alone, for htmx: another view, another person."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language", ""))
    return render_template("compose/_sheet.html", sheet=of_message(message, variant))


@blueprint.get("/<int:message_id>/documents/email")
@roles(*READERS)
def email_document(message_id: int) -> Response:
    """The HTML of the e-mail, for the frame; `layout` tries on another one."""
    message = message_or_404(message_id)
    content, variant = _asked(message, Channel.EMAIL)
    try:
        recipient = _recipient(content, variant, message, Channel.EMAIL)
        parts = rendering.email_parts(content, variant.id, recipient)
    except TemplateError:
        abort(UNRENDERABLE)  # the page around the frame says why
    return headers.as_preview(make_response(parts.html))


@blueprint.get("/<int:message_id>/documents/letter")
@roles(*READERS)
def letter_document(message_id: int) -> Response:
    """One page of the letter as a picture; `small` makes a thumbnail."""
    message = message_or_404(message_id)
    content, variant = _asked(message, Channel.LETTER)
    ppi = THUMBNAIL_PPI if "small" in request.args else SCREEN_PPI
    try:
        recipient = _recipient(content, variant, message, Channel.LETTER)
        pages = rendering.letter_pages(content, variant.id, recipient, ppi)
    except TemplateError:
        abort(UNRENDERABLE)
    return picture(pages, request.args.get("page", 1, type=int))


def picture(pages: Sequence[bytes], page: int) -> Response:
    """One page as an answer; 404 for a page that there is not."""
    if not 1 <= page <= len(pages):
        abort(404)
    return Response(pages[page - 1], mimetype="image/png")


def _asked(message: Message, channel: Channel) -> tuple[MessageContent, MessageVariant]:
    variant = copy.variant_of(message, request.args.get("language", ""))
    content = contents.from_message(message)
    if name := request.args.get("layout"):
        tried = {**content.layouts, channel: layouts.load(channel, name)}
        content = replace(content, layouts=tried)
    return content, variant


def _recipient(
    content: MessageContent, variant: MessageVariant, message: Message, channel: Channel
) -> Recipient:
    contact = asked_for(message, channel) or next(iter(people_of(message, channel)), None)
    if contact is None:
        raise NotFound()
    return rendering.recipient_of(contact, content, variant.id)


def _version(variant: MessageVariant) -> str:
    """Changes with the words, so that the frame is loaded anew exactly then."""
    return copy.version_of(documents.from_json(variant.document))
