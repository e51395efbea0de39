"""Freezing: who gets this message, on which channel, in which language, with which values.

In: a segment's rule at this moment. Out: an `Audience` and its rows, which lint, sign-off and sending use;
sending may only drop people from it.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, true
from sqlalchemy.orm import Session, joinedload, lazyload

from campaign.audience import daily, fields, reach
from campaign.audience.division import Division
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
from campaign.segments import Rule, to_json, where
from campaign.segments.counting import give_room

# contacts read, checked and written at a time: bounds memory, and SQLite allows 32,766 parameters
CHUNK = 1000
# the language of a sender's country, for readers whose own language has no variant
HOME_LANGUAGE = {"VN": "vi", "CN": "zh", "TW": "zh", "SG": "en"}

# left out before the ledger is asked; the other reasons are `reach.Skip`
NO_ADDRESS = "no_address"
DUPLICATE = "duplicate"
ORGANISATION = "organisation"


@dataclass
class _Tally:
    """What the freeze has seen so far."""

    digest: Any = field(default_factory=hashlib.sha256)
    rows: Counter[str] = field(default_factory=Counter)
    people: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: dict[Channel, set[int]] = field(default_factory=lambda: {channel: set() for channel in Channel})
    """Addresses of each channel, as `_mark`s: a million texts would take 200 MB."""

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
    tally = _Tally()
    for contacts in _chunks(db, rule, now, besides):
        rows: list[dict[str, Any]] = []
        for channel in channels:
            for contact, address, key in _recipients(
                db, contacts, channel, purpose, sender, now, tally, besides
            ):
                part, arm = division.part_of(contact.id) if division else (MemberPart.ALL, "")
                fitting = division.variants[arm] if division else variants
                rows.append(
                    {
                        "audience_id": audience.id,
                        "contact_id": contact.id,
                        "channel": channel,
                        "part": part,
                        "arm": arm,
                        "variant_id": _variant_for(contact, sender, fitting),
                        "address": address,
                        "address_key": key,
                        "values": fields.values_for(contact, names),
                    }
                )
        _store(db, rows, contacts, names, tally)
    audience.sha256 = tally.digest.hexdigest()
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


def row_digest(row: Mapping[str, Any]) -> bytes:
    """One row as it enters the audience's hash."""
    facts = [
        row["contact_id"], Channel(row["channel"]).value, row["variant_id"],
        row["address"], row["address_key"], row["values"],
    ]  # fmt: skip
    if row["part"]:  # an undivided audience keeps the hash it always had
        facts.append(MemberPart(row["part"]).value)
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def sha256_of(db: Session, audience_id: int) -> str:
    """The hash over the rows as they are now; equal to `Audience.sha256` unless somebody touched them."""
    table = AudienceMember.__table__
    rows = select(*table.c).where(table.c.audience_id == audience_id).order_by(table.c.id)
    digest = hashlib.sha256()
    for row in db.execute(rows.execution_options(yield_per=CHUNK)).mappings():
        digest.update(row_digest({column.name: row[column] for column in table.c}))
    return digest.hexdigest()


def _variant_for(contact: Contact, sender: Sender, variants: Mapping[str, int]) -> int:
    """In the contact's language, or the sender's, or the first there is."""
    default = variants.get(_home_language(sender, variants)) or next(iter(variants.values()))
    return variants.get(contact.language, default)


def _chunks(db: Session, rule: Rule, now: datetime, besides: Sequence[int] = ()) -> Iterator[list[Contact]]:
    """The contacts of the rule by id; the rule itself is asked once."""
    new: ColumnElement[bool] = true()
    if besides:
        known = select(AudienceMember.contact_id).where(AudienceMember.audience_id.in_(besides))
        new = Contact.id.not_in(known)
    give_room(db)
    fitting = select(Contact.id).where(where(rule, now), Contact.erased_at.is_(None), new)
    # numbers only: a million of them are 8 MB
    ids = array("q", db.scalars(fitting.order_by(Contact.id).execution_options(yield_per=CHUNK)))
    with_organisation = (
        lazyload(Contact.tag_rows),
        joinedload(Contact.organisation).lazyload(Contact.tag_rows),
    )
    for start in range(0, len(ids), CHUNK):
        chunk = (
            select(Contact).where(Contact.id.in_(ids[start : start + CHUNK].tolist())).order_by(Contact.id)
        )
        yield list(db.scalars(chunk.options(*with_organisation)))


def _recipients(
    db: Session,
    contacts: Sequence[Contact],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender: Sender,
    now: datetime,
    tally: _Tally,
    besides: Sequence[int] = (),
) -> Iterator[tuple[Contact, str, str]]:
    """Each contact that is left, with address and key; the others are tallied by reason."""
    candidates = [(contact, *_address(contact, channel, sender)) for contact in contacts]
    targets = [Target(contact.id, key) for contact, _, key in candidates if key]
    against = reach.skips(db, targets, channel, purpose, sender.id, now)
    open_targets = [target for target in targets if target not in against]
    full = daily.full(db, open_targets, channel, purpose, sender.id, now)
    against |= dict.fromkeys(full, Skip.DAILY_LIMIT)
    seen = tally.seen[channel]
    seen |= _seen_before(db, channel, open_targets, besides)
    for contact, address, key in candidates:
        if contact.kind is ContactKind.ORGANISATION:
            tally.leave_out(channel, ORGANISATION)
        elif not key:
            tally.leave_out(channel, NO_ADDRESS)
        elif skip := against.get(Target(contact.id, key)):
            tally.leave_out(channel, skip.value)
        elif (mark := _mark(key)) in seen:
            tally.leave_out(channel, DUPLICATE)
        else:
            seen.add(mark)
            yield contact, address, key


def _mark(key: str) -> int:
    """64 bits of a key's hash: two of a million agree by chance once in thirty million audiences."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


def _seen_before(
    db: Session, channel: Channel, targets: Sequence[Target], besides: Sequence[int]
) -> set[int]:
    """Marks of addresses of these people that another person of an earlier audience had."""
    if not besides:
        return set()
    known = select(AudienceMember.address_key).where(
        AudienceMember.audience_id.in_(besides),
        AudienceMember.channel == channel,
        AudienceMember.address_key.in_({target.address_key for target in targets}),
    )
    return set(map(_mark, db.scalars(known)))


def _address(contact: Contact, channel: Channel, sender: Sender) -> tuple[str, str]:
    if channel is Channel.EMAIL:
        return contact.email, contact.email_key
    return "\n".join(letter_lines(contact, sender.country)), letter_key(contact)


def _store(
    db: Session, rows: list[dict[str, Any]], contacts: Sequence[Contact], names: list[str], tally: _Tally
) -> None:
    by_id = {contact.id: contact for contact in contacts}
    # by person, so that the order of the rows does not depend on the chunk's size
    rows.sort(key=lambda row: (row["contact_id"], row["channel"].value))
    people: set[int] = set()
    held_out: set[int] = set()
    for row in rows:
        arm = row.pop("arm")
        tally.digest.update(row_digest(row))
        if row["part"] is MemberPart.HELD_OUT:
            held_out.add(row["contact_id"])
            continue
        tally.rows[row["channel"].value] += 1
        if row["contact_id"] not in people:
            people.add(row["contact_id"])
            tally.parts[f"sample.{arm}" if row["part"] is MemberPart.SAMPLE else row["part"].value] += 1
            for name in names:
                if not _has(row["values"], name):
                    tally.note_missing(name, by_id[row["contact_id"]])
    tally.people += len(people)
    tally.parts[MemberPart.HELD_OUT.value] += len(held_out)
    if rows:
        db.execute(insert(AudienceMember), rows)


def _has(values: Mapping[str, Any], name: str) -> bool:
    found: Any = values
    for part in name.split("."):
        if part not in found:
            return False
        found = found[part]
    return True


def _home_language(sender: Sender, variants: Mapping[str, int]) -> str:
    home = HOME_LANGUAGE.get(sender.country, "en")
    return (
        home
        if home in variants
        else next((language for language in ("vi", "en") if language in variants), "")
    )
