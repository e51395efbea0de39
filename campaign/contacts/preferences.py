"""What somebody wants to hear from one sender, chosen by themselves on a page that a signed link opens.

The link shows that somebody holds a mail of ours, not that they own the mailbox: so it may end everything,
and what it begins again by e-mail is asked at the address first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign.contacts import consent, domains, holds, profile, suppression
from campaign.contacts.opt_in import asking, forms
from campaign.contacts.opt_in.confirming import is_owners
from campaign.errors import TokenError
from campaign.links import Addresses, Purpose, Signer
from campaign.models import (
    Channel,
    ConsentForm,
    ConsentPurpose,
    Contact,
    Hold,
    HoldReason,
    MailRhythm,
    OptIn,
    Rhythm,
    Sender,
)

METHOD = "preference-page"
SOURCE = "preference page"
PAUSE = timedelta(days=30)
Right = tuple[Channel, ConsentPurpose]
RIGHTS: tuple[Right, ...] = tuple((channel, purpose) for channel in Channel for purpose in ConsentPurpose)


@dataclass(frozen=True)
class Standing:
    """What holds now, in no more than the page shows."""

    reachable: frozenset[Channel]
    """Channels on which we have an address."""
    open: frozenset[Right]
    blocked: frozenset[Channel]
    """Where no wish on a page helps: a dead mailbox, a report of spam, a closed domain."""
    rhythm: Rhythm
    paused_until: datetime | None
    paused: bool
    topics: tuple[tuple[str, str, bool], ...]
    """Tag, name, and whether it is theirs."""
    language: str


@dataclass(frozen=True)
class Chosen:
    """What the form of the page says."""

    rights: frozenset[Right]
    rhythm: Rhythm
    topics: frozenset[str]
    language: str
    wording: dict[Right, str]
    """What stood beside each box."""


@dataclass(frozen=True)
class Done:
    asked: OptIn | None
    """The question that goes to the mailbox, where e-mail was switched on again."""


def mark_of(contact: Contact) -> int:
    """What a link has of the contact beside the id: it opens nothing once the address is another one, nor
    for somebody else who was given the id of a row that is gone."""
    text = f"{contact.id}|{contact.created_at.isoformat()}|{contact.email_key}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:5])


def link(addresses: Addresses, contact: Contact, sender_id: int) -> str:
    """The page of this contact for this sender."""
    return addresses.preferences(contact.id, sender_id, mark_of(contact))


def find(db: Session, signer: Signer, token: str, *, lock: bool = False) -> tuple[Contact, Sender] | None:
    """Whose page a token opens; None for every other text."""
    try:
        ids = signer.read_link(Purpose.PREFERENCES, token)
    except TokenError:
        return None
    if len(ids) != 3:
        return None
    contact = db.get(Contact, ids[0], with_for_update={"of": Contact} if lock else None)
    sender = db.get(Sender, ids[1])
    if contact is None or sender is None or contact.erased_at is not None:
        return None
    return (contact, sender) if mark_of(contact) == ids[2] else None


def standing(db: Session, contact: Contact, sender: Sender, language: str, now: datetime) -> Standing:
    """What holds for this contact and this sender; topics are called as in `language`."""
    current = consent.current(db, contact, sender.id)
    keys, closed = suppression.keys_of(contact), suppression.of_contact(db, contact)
    blocked = {channel for channel, entry in closed.items() if not is_owners(entry)}
    # a letter's block is lifted by a person: no mail can ask at a letter box
    blocked |= {channel for channel in closed if channel is Channel.LETTER}
    if contact.email_key and domains.of_address(db, contact.email_key) is not None:
        blocked.add(Channel.EMAIL)
    open_rights = {
        right
        for right in RIGHTS
        if right[0] in keys and right[0] not in closed and right[0] not in blocked
        if consent.permits(current, *right)
    }
    row = db.get(MailRhythm, (contact.id, sender.id))
    pauses = _pauses(db, contact, now)
    ends = [hold.ends_at for hold in pauses if hold.ends_at is not None]
    return Standing(
        reachable=frozenset(keys),
        open=frozenset(open_rights),
        blocked=frozenset(blocked),
        rhythm=row.rhythm if row else Rhythm.ALL,
        paused_until=max(ends) if len(ends) == len(pauses) and ends else None,
        paused=bool(pauses),
        topics=tuple((tag, name, tag in contact.tags) for tag, name in topics_of(db, sender.id, language)),
        language=contact.language,
    )


def topics_of(db: Session, sender_id: int, language: str) -> list[tuple[str, str]]:
    """The topics of all open forms of the sender, tag and name."""
    found: dict[str, str] = {}
    open_forms = select(ConsentForm).where(ConsentForm.sender_id == sender_id, ConsentForm.active)
    for form in db.scalars(open_forms.order_by(ConsentForm.id)):
        content = forms.read(forms.newest(db, form))
        for tag, name in content.topic_names(content.language(language)):
            found.setdefault(tag, name)
    return list(found.items())


def choose(
    db: Session, contact: Contact, sender: Sender, chosen: Chosen, *, network: str, now: datetime
) -> Done:
    """Make it so. What is switched off holds at once; e-mail that is switched on waits for the mailbox."""
    before = standing(db, contact, sender, chosen.language, now)
    evidence = {"page": SOURCE, "asked_from": network}
    for right in before.open - chosen.rights:
        consent.withdraw(
            db, contact, sender.id, *right, source=SOURCE, now=now, method=METHOD, evidence=evidence
        )
    new = [right for right in RIGHTS if right in chosen.rights - before.open]
    new = [right for right in new if right[0] in before.reachable and right[0] not in before.blocked]
    for channel, purpose in new:
        if channel is Channel.LETTER:
            terms = consent.Terms(chosen.wording[(channel, purpose)], method=METHOD)
            consent.grant(
                db, contact, sender.id, channel, purpose, terms, source=SOURCE, now=now, evidence=evidence
            )
    asked = _ask(db, contact, sender, new, chosen, network, now)
    _set_rhythm(db, contact, sender, chosen.rhythm, now)
    _set_facts(db, contact, before, chosen, now)
    db.flush()
    return Done(asked)


def stop_all(db: Session, contact: Contact, sender: Sender, *, network: str, now: datetime) -> None:
    """Nothing more from this sender, by whatever way."""
    evidence = {"page": SOURCE, "asked_from": network}
    current = consent.current(db, contact, sender.id)
    for right in RIGHTS:
        entry = current.get(right)
        if entry is None or entry.action is not consent.WITHDRAWN:
            consent.withdraw(
                db, contact, sender.id, *right, source=SOURCE, now=now, method=METHOD, evidence=evidence
            )


def pause(db: Session, contact: Contact, now: datetime) -> None:
    """A rest of thirty days from everybody here; a second wish begins it anew."""
    end_pause(db, contact, now)
    holds.place(db, contact, HoldReason.PAUSE, now=now, until=now + PAUSE, note=SOURCE)


def end_pause(db: Session, contact: Contact, now: datetime) -> None:
    """The rest is over; other holds stay, which are not theirs to lift."""
    for hold in _pauses(db, contact, now):
        holds.lift(db, hold, now=now)


def _pauses(db: Session, contact: Contact, now: datetime) -> list[Hold]:
    rows = select(Hold).where(
        Hold.contact_id == contact.id, Hold.reason == HoldReason.PAUSE, holds.active(now)
    )
    return list(db.scalars(rows))


def _ask(
    db: Session,
    contact: Contact,
    sender: Sender,
    new: list[Right],
    chosen: Chosen,
    network: str,
    now: datetime,
) -> OptIn | None:
    purposes = [purpose for channel, purpose in new if channel is Channel.EMAIL]
    if not purposes:
        return None
    wording = " ".join(chosen.wording[(Channel.EMAIL, purpose)] for purpose in purposes)
    terms = {"wording": wording, "content_kind": "", "frequency": chosen.rhythm.value}
    return asking.ask_contact(
        db, contact, sender.id, purposes, terms, language=chosen.language, network=network, now=now
    )


def _set_rhythm(db: Session, contact: Contact, sender: Sender, rhythm: Rhythm, now: datetime) -> None:
    row = db.get(MailRhythm, (contact.id, sender.id))
    if rhythm is Rhythm.ALL:
        mine = (MailRhythm.contact_id == contact.id, MailRhythm.sender_id == sender.id)
        db.execute(delete(MailRhythm).where(*mine))
    elif row is None:
        db.add(MailRhythm(contact_id=contact.id, sender_id=sender.id, rhythm=rhythm, changed_at=now))
    elif row.rhythm is not rhythm:
        row.rhythm, row.changed_at = rhythm, now


def _set_facts(db: Session, contact: Contact, before: Standing, chosen: Chosen, now: datetime) -> None:
    """Topics are tags; who has others, which are none of these topics, keeps them."""
    offered = {tag for tag, _, _ in before.topics}
    tags = (set(contact.tags) - offered) | (chosen.topics & offered)
    facts: dict[str, object] = {}
    if tags != set(contact.tags):
        facts["tags"] = tags
    if chosen.language != contact.language:
        facts["language"] = chosen.language
    if facts:
        profile.change(db, contact, facts, source=SOURCE, now=now)
