"""One recipient's mail as bytes: compiled once per variant, filled per delivery."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
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
from campaign.render.people import Unfillable
from campaign.render.quick import QuickEmail
from campaign.render.quick_head import Envelopes

# the day that a message names as today's is the house's
HOUSE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# mails whose fields are filled together; each is put together when it is asked for. With more the gain is
# small, and what is asked for first waits longer
TOGETHER = 64
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
        mails = self._unsigned(rows, eight_bit)
        if not self._keys:
            return mails
        return in_order(mails, self._signed) if len(rows) > 1 else map(self._signed, mails)

    def _unsigned(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        for at in range(0, len(rows), TOGETHER):
            those = rows[at : at + TOGETHER]
            by_variant: defaultdict[int, list[Claimed]] = defaultdict(list)
            for row in those:
                by_variant[row.variant_id].append(row)
            mails = {number: self._written(some, eight_bit) for number, some in by_variant.items()}
            for row in those:
                yield next(mails[row.variant_id])

    def _written(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        """Mails of one variant. When one of them cannot be made the others are made without it."""
        try:
            return self._together(rows, eight_bit)
        except Unfillable as error:
            return self._without(rows, error.why, eight_bit)
        except (TemplateError, IntegrityError) as error:
            if len(rows) == 1:
                return iter([CannotWrite("render", str(error))])
            half = len(rows) // 2
            return chain.from_iterable(self._written(some, eight_bit) for some in (rows[:half], rows[half:]))

    def _without(
        self, rows: Sequence[Claimed], why: Mapping[int, str], eight_bit: bool
    ) -> Iterator[Mail | CannotWrite]:
        """Mails of all but those at the places of `why`."""
        rest = [row for place, row in enumerate(rows) if place not in why]
        mails = self._written(rest, eight_bit) if rest else iter(())
        for place in range(len(rows)):
            yield CannotWrite("render", why[place]) if place in why else next(mails)

    def _signed(self, mail: Mail | CannotWrite) -> Mail | CannotWrite:
        if isinstance(mail, CannotWrite):
            return mail
        return Mail(mail.envelope, sign(mail.data, self._keys, int(self._signed_at())), mail.sha256)

    def write(self, row: Claimed, eight_bit: bool) -> Mail:
        """The mail of one delivery before it is signed; CannotWrite when a value is missing or an address
        does not fit."""
        mail = next(self._written([row], eight_bit))
        if isinstance(mail, CannotWrite):
            raise mail
        return mail

    def _together(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail]:
        variant = self._variants[rows[0].variant_id]
        row_ids = [row.row_id for row in rows]
        reach = self._addresses.reach(row_ids)
        system = {
            "unsubscribe_url": reach.unsubscribe,
            "view_url": reach.view,
            "pixel_url": reach.open_pixel,
            "reply_code": [""] * len(rows),
            "today": [house_day(row.dated_at) for row in rows],
        }
        tracked = {url: self._addresses.clicks(row_ids, number) for url, number in variant.link_ids.items()}
        header = self._header(rows, reach, variant.feedback_id)
        written = variant.quick.writes(
            [row.values for row in rows], system, tracked, header, eight_bit=eight_bit
        )
        recipients = [headers.ascii_address(row.address) for row in rows]
        return map(_mail, reach.bounce, recipients, written)

    def _header(self, rows: Sequence[Claimed], reach: Reach, feedback: str) -> Envelopes:
        return Envelopes(
            from_name=self._sender.from_name,
            from_email=self._sender.from_email,
            to_names=[row.values.get("contact", {}).get("full_name", "") for row in rows],
            to_emails=[row.address for row in rows],
            dates=[row.dated_at for row in rows],
            message_ids=[row.message_id_header for row in rows],
            reply_tos=reach.reply,
            unsubscribe_urls=reach.unsubscribe if self._opt_out else (),
            unsubscribe_mails=reach.unsubscribe_mail if self._opt_out else (),
            feedback_id=feedback,
            in_reply_to=self._in_reply_to,
        )


def _mail(sender: str, recipient: str, data: bytes) -> Mail:
    return Mail(Envelope(sender, recipient), data, hashlib.sha256(data).hexdigest())


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
