"""A test to oneself: the same road as a real mail, but counted nowhere."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign import audit
from campaign.campaigns import copy
from campaign.dispatch import single
from campaign.dispatch.transports import smtp
from campaign.errors import CampaignError, NotFound
from campaign.models import Account, Channel, Contact, Message, MessageVariant
from campaign.render import content as contents
from campaign.render import headers, mime
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import rendering, sheet
from campaign.web.compose.blueprint import WRITERS, blueprint, message_or_404
from campaign.web.language import t

# a person waits for the page: whoever takes longer is told so
PATIENCE = smtp.Timeouts(connect=5, reply=10, dot=20)
# … and over all servers together no longer than this
PATIENCE_SECONDS = 45.0


# it writes one audit entry, in a transaction of its own: no sender waits while we talk to the server
@blueprint.post("/<int:message_id>/test-send")
@roles(*WRITERS)
@unit.reading
def test_send(message_id: int) -> Response:
    """Send the saved copy, as the chosen recipient would get it, to the person who asks."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language", ""))
    account = unit.account()
    contact = sheet.asked_for(message, Channel.EMAIL)
    if contact is None or not message.email_layout:
        raise NotFound()
    try:
        _hand_over(message, _mail(message, variant, contact, account), account)
    except CampaignError as error:
        flash(t("editor-test-failed", why=str(error)), "refused")
    else:
        with unit.database().write() as db:
            audit.record(
                db, account, "message.test_sent", "message", message.id, unit.now(),
                to=account.email, variant=variant.id, contact=contact.id,
            )  # fmt: skip
        flash(t("editor-test-sent", address=account.email), "done")
    back = url_for("compose.write", message_id=message.id, language=variant.key, contact=contact.id)
    return redirect(back, code=303)


def _mail(message: Message, variant: MessageVariant, contact: Contact, account: Account) -> bytes:
    content = contents.from_message(message)
    recipient = rendering.recipient_of(contact, content, variant.id)
    parts = rendering.email_parts(content, variant.id, recipient)
    marked = replace(parts, subject=t("editor-test-subject", subject=parts.subject))
    envelope = headers.Envelope(
        from_name=content.sender.from_name,
        from_email=content.sender.from_email,
        to_name=account.name,
        to_email=account.email,
        date=unit.now(),
        message_id=f"test.{uuid.uuid4().hex}@{content.sender.domain}",
        auto_submitted="auto-generated",
    )
    return mime.build(marked, envelope)


def _hand_over(message: Message, mail: bytes, account: Account) -> None:
    envelope = smtp.Envelope(
        headers.ascii_address(message.sender.from_email), headers.ascii_address(account.email)
    )
    until = time.monotonic() + PATIENCE_SECONDS
    single.hand_over(unit.settings(), envelope, mail, message.sender.domain, PATIENCE, until)
