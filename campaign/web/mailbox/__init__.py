"""The development mailbox's pages; there are none when mail goes to a real server."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from campaign.devmail.reading import Reading, read
from campaign.devmail.store import Mailbox
from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.paging import PAGE_SIZE, Page, asked_number

blueprint = Blueprint("mailbox", __name__, url_prefix="/mailbox")

# the frame holds somebody's mail: nothing of it runs, nothing is fetched but pictures of the house
FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' {house}; frame-ancestors 'self'"
)
# content types that a browser shows without running anything
SHOWN = ("image/png", "image/jpeg", "image/gif", "application/pdf", "text/plain")


@blueprint.before_request
def only_when_on() -> None:
    if not unit.settings().mailbox_port:
        abort(404)


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:200]
    mails = _mailbox().summaries()
    found = [mail for mail in mails if mail.has(words)] if words else mails
    number = asked_number()
    page = Page(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(found))
    return render_template(
        "mailbox/index.html",
        page=page,
        words=words,
        any=bool(mails),
        page_url=lambda number: url_for("mailbox.index", q=words or None, page=number),
    )


@blueprint.get("/<mail_id>")
@signed_in
def show(mail_id: str) -> ResponseReturnValue:
    mail = _mailbox().get(mail_id)
    reading = read(mail)
    view = request.args.get("view", "html" if reading.html else "text")
    source = mail.raw.decode("utf-8", "replace") if view == "source" else ""
    return render_template("mailbox/show.html", mail=mail, reading=reading, view=view, source=source)


@blueprint.get("/<mail_id>/html")
@signed_in
def html(mail_id: str) -> ResponseReturnValue:
    """The HTML part as a document of its own; the tracking picture is left out."""
    response = make_response(_reading(mail_id).html_without_pixel)
    response.headers["Content-Security-Policy"] = FRAME_POLICY.format(house=unit.settings().base_url)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/<mail_id>/files/<int:number>")
@signed_in
def attachment(mail_id: str, number: int) -> ResponseReturnValue:
    """One attached file, always as a download of a harmless type unless the browser can only show it."""
    files = _reading(mail_id).attachments
    if number >= len(files):
        abort(404)
    one = files[number]
    response: Response = make_response(one.content)
    response.mimetype = one.content_type if one.content_type in SHOWN else "application/octet-stream"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers.set("Content-Disposition", "attachment", filename=one.name)
    return response


def _mailbox() -> Mailbox:
    return Mailbox(unit.settings().mailbox_dir)


def _reading(mail_id: str) -> Reading:
    return read(_mailbox().get(mail_id))
