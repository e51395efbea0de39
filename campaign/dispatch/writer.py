"""One recipient's mail as bytes: compiled once per variant, filled per delivery."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.dispatch.claim import Claimed
from campaign.dispatch.mail import CannotWrite, Mail
from campaign.dispatch.transports.smtp import Envelope
from campaign.errors import IntegrityError, TemplateError
from campaign.links import Addresses
from campaign.models import Link
from campaign.render import mime
from campaign.render.content import MessageContent
from campaign.render.email import CompiledEmail, compile_email
from campaign.render.mime import Encoding

# the day that a message names as today's is the house's
HOUSE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class MailWriter:
    """Writes the mails of one message; TemplateError when it does not compile."""

    def __init__(self, content: MessageContent, addresses: Addresses) -> None:
        self._sender = content.sender
        self._opt_out = content.purpose is not None
        self._addresses = addresses
        self._in_reply_to = str(content.settings.get("in_reply_to") or "")
        self._compiled: dict[int, CompiledEmail] = {
            variant.id: compile_email(content, variant.id) for variant in content.variants
        }
        self.link_ids: Mapping[str, int] = {}
        """Rows of the targets in `links`; a target without one is linked to directly."""

    @property
    def links(self) -> set[str]:
        """The constant targets of all variants."""
        return {url for compiled in self._compiled.values() for url in compiled.links}

    def writes(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        """One result a row, in their order, made when asked for."""
        for row in rows:
            try:
                yield self.write(row, eight_bit)
            except CannotWrite as error:
                yield error

    def write(self, row: Claimed, eight_bit: bool) -> Mail:
        """The mail of one delivery; CannotWrite when a value is missing or an address does not fit."""
        compiled, to = self._compiled[row.variant_id], self._addresses
        unsubscribe = to.unsubscribe(row.row_id)
        system = {
            "unsubscribe_url": unsubscribe,
            "view_url": to.view(row.row_id),
            "pixel_url": to.open_pixel(row.row_id),
            "reply_code": "",
            "today": row.dated_at.astimezone(HOUSE_ZONE).date().isoformat(),
        }
        tracked = {
            url: to.click(row.row_id, self.link_ids[url]) for url in compiled.links if url in self.link_ids
        }
        try:
            parts = compiled.fill(row.values, system, tracked)
            header = mime.Envelope(
                from_name=self._sender.from_name,
                from_email=self._sender.from_email,
                to_name=row.values.get("contact", {}).get("full_name", ""),
                to_email=row.address,
                date=row.dated_at,
                message_id=row.message_id_header,
                reply_to=to.reply(row.row_id),
                unsubscribe_url=unsubscribe if self._opt_out else "",
                in_reply_to=self._in_reply_to,
            )
            data = mime.build(parts, header, Encoding.EIGHT_BIT if eight_bit else Encoding.BASE64)
            recipient = mime.ascii_address(row.address)
        except (TemplateError, IntegrityError) as error:
            raise CannotWrite("render", str(error)) from error
        return Mail(Envelope(to.bounce(row.row_id), recipient), data, hashlib.sha256(data).hexdigest())


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
