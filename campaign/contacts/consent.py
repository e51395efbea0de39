"""The consent ledger: append only; the newest entry per contact, sender, channel and purpose holds.

What is needed to write, and why, is in docs/consent.md:

| | marketing | greeting |
|---|---|---|
| e-mail | granted for marketing | granted for greeting, or for marketing and never withdrawn for greeting |
| letter | not withdrawn | not withdrawn |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from campaign import audit
from campaign.db_choice import by_database
from campaign.models import Account, Channel, Consent, ConsentAction, ConsentPurpose, Contact

GRANTED, WITHDRAWN = ConsentAction.GRANTED, ConsentAction.WITHDRAWN
MOMENT = timedelta(microseconds=1)  # the least that a ledger's times differ by
Now = dict[tuple[Channel, ConsentPurpose], Consent]
"""The entries that hold, by channel and purpose; what was never asked is not in it."""


@dataclass(frozen=True)
class Terms:
    """What has to be known of a consent (Law 91/2025/QH15, article 28(3))."""

    wording: str
    content_kind: str = ""
    frequency: str = ""
    method: str = ""


def grant(
    db: Session,
    contact: Contact,
    sender_id: int,
    channel: Channel,
    purpose: ConsentPurpose,
    terms: Terms,
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
    evidence: Mapping[str, Any] | None = None,
) -> Consent:
    """Record that the person agreed. It lifts no suppression and no hold. `evidence`: see `Consent`."""
    entry = _entry(contact, sender_id, channel, purpose, GRANTED, source, now)
    entry.evidence = dict(evidence or {})
    entry.wording, entry.content_kind = terms.wording, terms.content_kind
    entry.frequency, entry.method = terms.frequency, terms.method
    return _append(db, entry, account, now)


def withdraw(
    db: Session,
    contact: Contact,
    sender_id: int,
    channel: Channel,
    purpose: ConsentPurpose,
    *,
    source: str,
    now: datetime,
    method: str = "",
    account: Account | None = None,
    evidence: Mapping[str, Any] | None = None,
) -> Consent:
    """Record that the person does not want it (any more); it holds from this moment, and over everything that
    was said before, whatever clock that was said by."""
    # one after the other with an undo, whose entry takes its place in the ledger at its own moment
    db.execute(select(Contact.id).where(Contact.id == contact.id).with_for_update(key_share=True))
    before = select(func.max(Consent.at)).where(
        Consent.contact_id == contact.id, Consent.sender_id == sender_id, Consent.channel == channel,
        Consent.purpose == purpose,
    )  # fmt: skip
    last = db.scalar(before)
    at = now if last is None else max(now, last + MOMENT)
    entry = _entry(contact, sender_id, channel, purpose, WITHDRAWN, source, at)
    entry.method, entry.evidence = method, dict(evidence or {})
    return _append(db, entry, account, now)


def current(db: Session, contact: Contact, sender_id: int) -> Now:
    """What holds now between this contact and this sender."""
    newest = (
        select(Consent)
        .where(Consent.contact_id == contact.id, Consent.sender_id == sender_id)
        .order_by(Consent.at, Consent.id)
    )
    return {(entry.channel, entry.purpose): entry for entry in db.scalars(newest)}


def said_at(entry: Consent) -> datetime:
    """When the person said it: before the entry's own time where the consent was brought anew after an undo,
    and holds from then on."""
    said = entry.evidence.get("said_at")
    return datetime.fromisoformat(said) if said else entry.at


def history(db: Session, contact: Contact) -> list[Consent]:
    """The contact's ledger, newest first."""
    rows = select(Consent).where(Consent.contact_id == contact.id)
    return list(db.scalars(rows.order_by(Consent.at.desc(), Consent.id.desc())))


def may_write(
    db: Session, contact: Contact, channel: Channel, purpose: ConsentPurpose, sender_id: int
) -> bool:
    """Whether the ledger lets this sender write; suppression and holds are asked elsewhere."""
    return permits(current(db, contact, sender_id), channel, purpose)


class Entry(Protocol):
    """An entry of the ledger, or a row of a statement that reads no more than it needs."""

    @property
    def action(self) -> ConsentAction: ...


def permits(
    now: Mapping[tuple[Channel, ConsentPurpose], Entry], channel: Channel, purpose: ConsentPurpose
) -> bool:
    """The table of docs/consent.md, in Python; `allowed` is the same in SQL."""
    entry = now.get((channel, purpose))
    if entry is not None and entry.action is ConsentAction.RETRACTED:
        entry = None  # as if it had never been asked
    if channel is Channel.LETTER:
        return entry is None or entry.action is GRANTED
    if entry is not None or purpose is ConsentPurpose.MARKETING:
        return entry is not None and entry.action is GRANTED
    marketing = now.get((channel, ConsentPurpose.MARKETING))
    return marketing is not None and marketing.action is GRANTED


def allowed(
    channel: Channel,
    purpose: ConsentPurpose,
    sender_id: int,
    contact_id: ColumnElement[int] | None = None,
    among: Iterable[int] | None = None,
) -> ColumnElement[bool]:
    """The same as a condition over `Contact` (or over `contact_id`): uncorrelated, one pass over an index.

    `among` bounds the ledger that is read to these contacts, where the caller knows them.
    """
    contact = Contact.id if contact_id is None else contact_id

    def stands(of: ConsentPurpose, *actions: ConsentAction) -> ColumnElement[bool]:
        return _stands(channel, of, sender_id, contact, among, *actions)

    if channel is Channel.LETTER:
        return ~stands(purpose, WITHDRAWN)
    if purpose is ConsentPurpose.MARKETING:
        return stands(purpose, GRANTED)
    return or_(
        stands(purpose, GRANTED),
        and_(stands(ConsentPurpose.MARKETING, GRANTED), ~stands(purpose, GRANTED, WITHDRAWN)),
    )


def withdrawn(
    channel: Channel, purpose: ConsentPurpose, sender_id: int, among: Iterable[int]
) -> ColumnElement[bool]:
    """The condition over `Contact`, among these, that their last word is a no."""
    said_no = _stands(channel, purpose, sender_id, Contact.id, among, WITHDRAWN)
    if channel is Channel.LETTER or purpose is ConsentPurpose.MARKETING:
        return said_no
    # a yes to greetings holds beside a no to marketing
    marketing = _stands(channel, ConsentPurpose.MARKETING, sender_id, Contact.id, among, WITHDRAWN)
    return or_(said_no, and_(marketing, ~_stands(channel, purpose, sender_id, Contact.id, among, GRANTED)))


def _stands(
    channel: Channel,
    purpose: ConsentPurpose,
    sender_id: int,
    contact: Any,
    among: Iterable[int] | None,
    *actions: ConsentAction,
) -> ColumnElement[bool]:
    """The condition that the newest entry is one of these.

    IS TRUE: PostgreSQL takes one in two hundred for what stands in the ledger; of a join it would believe
    that nearly nobody is left, and look up for each of half a million people what else is asked of them."""
    ledger, once = _ledger(channel, purpose, sender_id, among)
    stands = contact.in_(select(once.c.contact_id).where(once.c.action.in_(actions)))
    newest: ColumnElement[bool] = by_database(
        contact.in_(select(ledger.c.contact_id).where(ledger.c.place == 1, ledger.c.action.in_(actions))),
        postgresql=stands.is_(true()),
    )
    return newest


def _ledger(
    channel: Channel, purpose: ConsentPurpose, sender_id: int, among: Iterable[int] | None
) -> tuple[Subquery, Subquery]:
    """The ledger with the place of each entry, the newest having 1; and, for PostgreSQL, the newest alone.

    Of DISTINCT ON PostgreSQL knows that no contact comes twice, and reads the contacts in the order of the
    ledger; of a window it does not, and looks a million of them up in the order of a hash.
    """
    mine = [Consent.sender_id == sender_id, Consent.channel == channel, Consent.purpose == purpose]
    if among is not None:
        mine.append(Consent.contact_id.in_(list(among)))
    by = (Consent.at.desc(), Consent.id.desc())
    place = func.row_number().over(partition_by=Consent.contact_id, order_by=by).label("place")
    placed = select(Consent.contact_id, Consent.action, place).where(*mine)
    once = select(Consent.contact_id, Consent.action).where(*mine).ext(distinct_on(Consent.contact_id))
    return placed.subquery(), once.order_by(Consent.contact_id, *by).subquery()


def _entry(
    contact: Contact,
    sender_id: int,
    channel: Channel,
    purpose: ConsentPurpose,
    action: ConsentAction,
    source: str,
    now: datetime,
) -> Consent:
    return Consent(
        contact_id=contact.id, sender_id=sender_id, channel=channel, purpose=purpose, action=action,
        wording="", content_kind="", frequency="", method="", source=source, evidence={},
        at=now,
    )  # fmt: skip


def _append(db: Session, entry: Consent, account: Account | None, now: datetime) -> Consent:
    db.add(entry)
    db.flush()
    audit.record(
        db, account, f"consent_{entry.action.value}", "contact", entry.contact_id, now,
        sender_id=entry.sender_id, channel=entry.channel.value, purpose=entry.purpose.value,
        source=entry.source,
    )  # fmt: skip
    return entry
