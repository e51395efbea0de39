"""Freezing: who gets this message, on which channel, in which language, with which values.

In: a segment's rule at this moment. Out: an `Audience` and its rows, which lint, sign-off and sending use;
sending may only drop people from it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience import daily, fields, members, profiles, reach, rhythm
from campaign.audience.division import Division
from campaign.audience.marks import Marks
from campaign.audience.members import Member, digested, sha256_of
from campaign.audience.reach import Skip, Target
from campaign.contacts.addresses import letter_key, letter_lines
from campaign.models import (
    Audience,
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    ContactKind,
    MemberPart,
    Sender,
)
from campaign.segments import Rule, to_json

__all__ = ["freeze", "sha256_of"]

# the language of a sender's country, for readers whose own language has no variant
HOME_LANGUAGE = {"VN": "vi", "CN": "zh", "TW": "zh", "SG": "en"}

# left out before the ledger is asked; the other reasons are `reach.Skip`
NO_ADDRESS = "no_address"
DUPLICATE = "duplicate"
ORGANISATION = "organisation"
HELD_OUT, SAMPLE = MemberPart.HELD_OUT.value, MemberPart.SAMPLE.value


@dataclass
class _Tally:
    """What the freeze has seen so far."""

    digest: Any = field(default_factory=hashlib.sha256)
    rows: Counter[str] = field(default_factory=Counter)
    people: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)

    def leave_out(self, channel: Channel, reason: str) -> None:
        self.left_out.setdefault(channel.value, Counter())[reason] += 1

    def note_missing(self, name: str, contact: Contact) -> None:
        known = self.missing.setdefault(name, {"count": 0, "example": contact.code})
        known["count"] += 1


def freeze(
    db: Session,
    *,
    message_id: int,
    rule: Rule,
    segment_name: str,
    field_names: Iterable[str],
    variants: Mapping[str, int],
    channels: Sequence[Channel],
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime,
    division: Division | None = None,
    besides: Sequence[int] = (),
) -> Audience:
    """Freeze the people of the rule whom this sender may write to now.

    `variants` is language to variant id; who reads none of them gets the sender's language. With two
    channels a person has a row for each on which they can be reached. An organisation is no recipient.
    `division` puts each person in a part; those held out have rows, but count nowhere else. Nobody who
    stands in one of the audiences `besides` is taken again, nor is one of their addresses.
    `counts` of the answer: `people`, `email`, `letter`, `left_out` ({channel: {reason: n}}), `missing`
    ({field: {"count": n, "example": customer code}}): values that copy may want and contacts lack; and
    `parts` of a divided audience.
    """
    sender = db.get_one(Sender, sender_id)
    audience = Audience(
        message_id=message_id,
        rule=to_json(rule),
        segment_name=segment_name,
        counts={},
        sha256="",
        frozen_at=now,
    )
    db.add(audience)
    db.flush()
    names = sorted(name for name in set(field_names) if name not in fields.SYSTEM_FIELDS)
    read = fields.reader(names)
    tally = _Tally()
    seen = {channel: _seen_before(db, channel, besides) for channel in channels}
    by_arm = division.variants if division else {"": variants}
    variant_in = {arm: _chooser(sender, fitting) for arm, fitting in by_arm.items()}
    part_names = {part: part.value for part in MemberPart}
    for contacts in profiles.in_chunks(db, rule, now, besides):
        found: list[Member] = []
        for channel in channels:
            on = channel.value
            for contact, address, key in _recipients(
                db, contacts, channel, purpose, sender, now, tally, seen[channel]
            ):
                part, arm = division.part_of(contact.id) if division else (MemberPart.ALL, "")
                values = read(contact)
                found.append(
                    Member(
                        contact.id,
                        on,
                        part_names[part],
                        arm,
                        variant_in[arm](contact.language),
                        address,
                        key,
                        values,
                        members.canonical(values),
                    )
                )
        # by person, so that the order of the rows does not depend on the chunk's size
        found.sort(key=lambda one: (one.contact_id, one.channel))
        _note(found, contacts, names, tally)
        members.write(db, audience.id, found)
    # from here on the database notes who touches the rows
    audience.sha256, audience.untouched = tally.digest.hexdigest(), True
    audience.counts = {
        "people": tally.people,
        **{channel.value: tally.rows[channel.value] for channel in Channel},
        "left_out": {channel: dict(reasons) for channel, reasons in tally.left_out.items()},
        "missing": tally.missing,
    }
    if division:
        audience.counts["parts"] = dict(tally.parts)
    db.flush()
    return audience


def _chooser(sender: Sender, variants: Mapping[str, int]) -> Callable[[str], int]:
    """The variant in a contact's language, or in the sender's, or the first there is."""
    default = variants.get(_home_language(sender, variants)) or next(iter(variants.values()))
    return lambda language: variants.get(language, default)


def _recipients(
    db: Session,
    contacts: Sequence[Contact],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender: Sender,
    now: datetime,
    tally: _Tally,
    seen: Marks,
) -> Iterator[tuple[Contact, str, str]]:
    """Each contact that is left, with address and key; the others are tallied by reason. Nobody at an
    address that was `seen`."""
    candidates = [(contact, *_address(contact, channel, sender)) for contact in contacts]
    targets = [Target(contact.id, key) for contact, _, key in candidates if key]
    against = reach.skips(db, targets, channel, purpose, sender.id, now)
    open_targets = [target for target in targets if target not in against] if against else targets
    countries = {contact.id: contact.country for contact in contacts}
    full = daily.full(db, open_targets, channel, purpose, sender.id, now, countries=countries)
    against |= dict.fromkeys(full, Skip.DAILY_LIMIT)
    open_targets = [target for target in open_targets if target not in full]
    rare = rhythm.full(db, open_targets, channel, purpose, sender.id, now)
    against |= dict.fromkeys(rare, Skip.RHYTHM)
    for contact, address, key in candidates:
        if contact.kind is ContactKind.ORGANISATION:
            tally.leave_out(channel, ORGANISATION)
        elif not key:
            tally.leave_out(channel, NO_ADDRESS)
        elif against and (skip := against.get(Target(contact.id, key))):
            tally.leave_out(channel, skip.value)
        elif not seen.add(key):
            tally.leave_out(channel, DUPLICATE)
        else:
            yield contact, address, key


def _seen_before(db: Session, channel: Channel, audiences: Sequence[int]) -> Marks:
    """Addresses that stand in one of these audiences."""
    seen = Marks()
    if audiences:
        known = select(AudienceMember.address_key).where(
            AudienceMember.audience_id.in_(audiences), AudienceMember.channel == channel
        )
        for key in db.scalars(known.execution_options(yield_per=profiles.CHUNK)):
            seen.add(key)
    return seen


def _address(contact: Contact, channel: Channel, sender: Sender) -> tuple[str, str]:
    if channel is Channel.EMAIL:
        return contact.email, contact.email_key
    return "\n".join(letter_lines(contact, sender.country)), letter_key(contact)


def _note(found: Sequence[Member], contacts: Sequence[Contact], names: list[str], tally: _Tally) -> None:
    """Count the rows, in the order of the audience."""
    by_id = {contact.id: contact for contact in contacts}
    people: set[int] = set()
    held_out: set[int] = set()
    for one in found:
        tally.digest.update(
            digested(
                one.contact_id, one.channel, one.part, one.variant_id,
                one.address, one.address_key, one.text,
            )
        )  # fmt: skip
        if one.part == HELD_OUT:
            held_out.add(one.contact_id)
            continue
        tally.rows[one.channel] += 1
        if one.contact_id not in people:
            people.add(one.contact_id)
            tally.parts[f"sample.{one.arm}" if one.part == SAMPLE else one.part] += 1
            for name in fields.missing(one.values, names):
                tally.note_missing(name, by_id[one.contact_id])
    tally.people += len(people)
    tally.parts[HELD_OUT] += len(held_out)


def _home_language(sender: Sender, variants: Mapping[str, int]) -> str:
    home = HOME_LANGUAGE.get(sender.country, "en")
    return (
        home
        if home in variants
        else next((language for language in ("vi", "en") if language in variants), "")
    )
