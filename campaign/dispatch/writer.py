"""One recipient's mail as bytes: compiled once per variant, filled per delivery."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.dispatch.claim import Claimed
from campaign.dispatch.dkim.ahead import in_order
from campaign.dispatch.dkim.signature import SigningKey, sign
from campaign.dispatch.mail import CannotWrite, Mail
from campaign.dispatch.transports.smtp import Envelope
from campaign.errors import IntegrityError, TemplateError
from campaign.links import Addresses, Reach
from campaign.models import Link
from campaign.render import headers
from campaign.render.content import MessageContent
from campaign.render.email import CompiledEmail, compile_email
from campaign.render.quick import QuickEmail

# the day that a message names as today's is the house's
HOUSE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Gmail's Feedback-ID: the last field names the sender, in 5 to 15 characters
FEEDBACK_SENDER = 15


class MailWriter:
    """Writes the mails of one message; TemplateError when it does not compile."""

    def __init__(
        self,
        content: MessageContent,
        addresses: Addresses,
        keys: Sequence[SigningKey] = (),
        signed_at: Callable[[], float] = time.time,
    ) -> None:
        """`keys` sign every mail; `signed_at` is Unix time in seconds."""
        self._keys = keys
        self._signed_at = signed_at
        self._sender = content.sender
        self._opt_out = content.purpose is not None
        self._addresses = addresses
        self._in_reply_to = str(content.settings.get("in_reply_to") or "")
        self._variants = {
            variant.id: _Variant(compile_email(content, variant.id), feedback_id(content, variant.id))
            for variant in content.variants
        }

    @property
    def links(self) -> set[str]:
        """The constant targets of all variants."""
        return {url for variant in self._variants.values() for url in variant.links}

    def track(self, link_ids: Mapping[str, int]) -> None:
        """From now on lead through us to these targets (ids of their rows); to others directly."""
        for variant in self._variants.values():
            variant.link_ids = {url: link_ids[url] for url in variant.links if url in link_ids}

    def writes(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        """The mail of each delivery, signed, made when it is asked for; signatures a few mails ahead."""
        mails = (self._written(row, eight_bit) for row in rows)
        if not self._keys:
            return mails
        return in_order(mails, self._signed) if len(rows) > 1 else map(self._signed, mails)

    def _written(self, row: Claimed, eight_bit: bool) -> Mail | CannotWrite:
        try:
            return self.write(row, eight_bit)
        except CannotWrite as error:
            return error

    def _signed(self, mail: Mail | CannotWrite) -> Mail | CannotWrite:
        if isinstance(mail, CannotWrite):
            return mail
        return Mail(mail.envelope, sign(mail.data, self._keys, int(self._signed_at())), mail.sha256)

    def write(self, row: Claimed, eight_bit: bool) -> Mail:
        """The mail of one delivery before it is signed; CannotWrite when a value is missing or an address
        does not fit."""
        variant = self._variants[row.variant_id]
        reach = self._addresses.all_of(row.row_id)
        system = {
            "unsubscribe_url": reach.unsubscribe,
            "view_url": reach.view,
            "pixel_url": reach.open_pixel,
            "reply_code": "",
            "today": house_day(row.dated_at),
        }
        tracked = self._addresses.clicks(row.row_id, variant.link_ids)
        try:
            header = self._header(row, reach, variant.feedback_id)
            data = variant.quick.write(row.values, system, tracked, header, eight_bit=eight_bit)
            recipient = headers.ascii_address(row.address)
        except (TemplateError, IntegrityError) as error:
            raise CannotWrite("render", str(error)) from error
        return Mail(Envelope(reach.bounce, recipient), data, hashlib.sha256(data).hexdigest())

    def _header(self, row: Claimed, reach: Reach, feedback: str) -> headers.Envelope:
        return headers.Envelope(
            from_name=self._sender.from_name,
            from_email=self._sender.from_email,
            to_name=row.values.get("contact", {}).get("full_name", ""),
            to_email=row.address,
            date=row.dated_at,
            message_id=row.message_id_header,
            reply_to=reach.reply,
            unsubscribe_url=reach.unsubscribe if self._opt_out else "",
            unsubscribe_mail=reach.unsubscribe_mail if self._opt_out else "",
            feedback_id=feedback,
            in_reply_to=self._in_reply_to,
        )


class _Variant:
    def __init__(self, compiled: CompiledEmail, feedback: str) -> None:
        self.quick = QuickEmail(compiled)
        self.links = compiled.links
        self.link_ids: dict[str, int] = {}
        self.feedback_id = feedback


def feedback_id(content: MessageContent, variant_id: int) -> str:
    """What mailbox providers group complaints by: message, variant, kind, sender (Gmail's Feedback-ID).

    Empty for what goes to one person only.
    """
    if content.purpose is None:
        return ""
    sender = "".join(mark for mark in content.sender.domain.lower() if mark.isascii() and mark.isalnum())
    name = f"s{content.sender.id}{sender}"[:FEEDBACK_SENDER]
    return f"m{content.message_id}:v{variant_id}:{content.effective_kind}:{name}"


@lru_cache(maxsize=64)
def house_day(moment: datetime) -> str:
    """The house's day at that moment, as 2026-03-09."""
    return moment.astimezone(HOUSE_ZONE).date().isoformat()


def track_links(db: Session, message_id: int, urls: Iterable[str]) -> dict[str, int]:
    """The link rows of these targets, made where they are missing; ids by target."""
    digests = {hashlib.sha256(url.encode()).hexdigest(): url for url in sorted(urls)}
    if not digests:
        return {}
    insert = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert
    rows = [{"message_id": message_id, "url": url, "url_sha256": digest} for digest, url in digests.items()]
    db.execute(insert(Link).values(rows).on_conflict_do_nothing())
    found = select(Link.url, Link.id).where(Link.message_id == message_id, Link.url_sha256.in_(digests))
    return {row[0]: row[1] for row in db.execute(found)}
