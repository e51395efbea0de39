"""The consent that came with a file: recorded for new people, never against a no.

Nobody is revived: who withdrew, whose address is suppressed, or who shares an address with somebody who
withdrew, stays as silent as before. A retraction by an undo is no word of the person's: a consent brought
anew after it counts, from the retraction on, and says when it was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from campaign.contacts.consent import Terms
from campaign.contacts.csv_import import lookups, retracting
from campaign.contacts.csv_import.given import Given
from campaign.contacts.csv_import.retracting import Retracted
from campaign.contacts.csv_import.writing import Value, as_json, insert_rows, stamp
from campaign.contacts.opt_in import importing
from campaign.db import among, as_ids
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose


@dataclass(frozen=True)
class Collected:
    """What the importing person says about the consent of everybody in the file."""

    sender_id: int
    channels: tuple[Channel, ...]
    purposes: tuple[ConsentPurpose, ...]
    terms: Terms
    collected_by: str
    at: datetime
    ask: bool = False
    """Nobody has collected it: the people are asked by mail first, and nothing is granted here."""


class Agreed(NamedTuple):
    """Somebody whose row says yes. `like_id` is who they are very like, if anybody: a no of theirs counts."""

    contact_id: int
    email_key: str
    place_key: str
    is_new: bool
    alone: bool = False
    """Whether nobody else is known at the e-mail address; then nobody else can have said no there."""
    like_id: int | None = None
    row: int = 0
    given: Given | None = None

    def key(self, channel: Channel) -> str:
        return self.email_key if channel is Channel.EMAIL else self.place_key


_COLUMNS = (
    "contact_id", "sender_id", "channel", "purpose", "action", "wording", "content_kind", "frequency",
    "method", "source", "at", "evidence",
)  # fmt: skip
# of `Consent.source`, and what of it names who collected the consent
SOURCE_LIMIT, COLLECTED_BY_LIMIT = 200, 100
_Said = tuple[ConsentAction, datetime]
_Newest = dict[tuple[int, ConsentPurpose], _Said]
# who was never asked is as one whose consent was retracted before anybody can remember
_NOTHING: _Said = (ConsentAction.RETRACTED, datetime.min.replace(tzinfo=UTC))


def record(
    db: Session, agreed: Sequence[Agreed], collected: Collected, source: str, import_id: int | None = None
) -> tuple[int, int]:
    """Append to the ledger, or note who is to be asked; returns (entries written or people to be asked,
    people kept silent). A second time writes nothing."""
    written, silent = 0, set()
    for channel in collected.channels:
        reachable = [person for person in agreed if person.key(channel)]
        column = "email_key" if channel is Channel.EMAIL else "place_key"
        shared = {
            person.key(channel) for person in reachable if channel is Channel.LETTER or not person.alone
        }
        behind = lookups.behind(db, column, shared)
        newest = _newest(db, _spoken_before(reachable, behind), channel, collected.sender_id)
        withdrawn = {id_ for (id_, _), (action, _) in newest.items() if action is ConsentAction.WITHDRAWN}
        closed = {key for id_, key in behind if id_ in withdrawn}
        closed |= lookups.suppressed(db, channel.value, {person.key(channel) for person in reachable})
        closed |= _closed_by_likeness(db, reachable, withdrawn, channel)
        open_ = [person for person in reachable if person.key(channel) not in closed]
        silent |= {person.contact_id for person in reachable if person.key(channel) in closed}
        if collected.ask:
            written += _ask(db, open_, newest, collected, import_id)
        else:
            written += _append(db, open_, newest, channel, collected, source, import_id)
    return written, len(silent)


def take_back(
    db: Session, contact_ids: Sequence[int], collected: Collected, import_id: int, now: datetime
) -> Retracted:
    """What a chunk before recorded or asked of these people, who say no in this one and are held
    (`retracting.hold`)."""
    if not contact_ids:
        return Retracted(0, set())
    if collected.ask:
        spared = importing.spare(db, import_id, contact_ids)
        return Retracted(len(spared), set(spared))
    return retracting.retract(db, import_id, contact_ids, method="import", now=now, channel=Channel.EMAIL)


def _spoken_before(reachable: Sequence[Agreed], behind: Sequence[tuple[int, str]]) -> set[int]:
    """Those whose ledger can say something: whom this very chunk brought in have none."""
    ids = {id_ for id_, _ in behind} | {person.contact_id for person in reachable}
    ids |= {person.like_id for person in reachable if person.like_id}
    return ids - {person.contact_id for person in reachable if person.is_new}


def _newest(db: Session, ids: set[int], channel: Channel, sender_id: int) -> _Newest:
    """What holds now for these contacts, by contact and purpose."""
    if not ids:
        return {}
    dialect = db.get_bind().dialect.name
    ledger = (
        select(Consent.contact_id, Consent.purpose, Consent.action, Consent.at)
        .where(
            among(dialect, Consent.__table__.c.contact_id, "ids"),
            Consent.sender_id == bindparam("sender"),
            Consent.channel == channel,
        )
        .order_by(Consent.at, Consent.id)
    )
    found = db.execute(ledger, {"ids": as_ids(dialect, sorted(ids)), "sender": sender_id})
    return {(id_, purpose): (action, at) for id_, purpose, action, at in found}


def _closed_by_likeness(
    db: Session, reachable: Sequence[Agreed], withdrawn: set[int], channel: Channel
) -> set[str]:
    """Addresses of people who are very like somebody who said no, or whose address is suppressed."""
    like = [(person.like_id, person.key(channel)) for person in reachable if person.like_id]
    if not like:
        return set()
    keys = {
        row["id"]: row["email_key" if channel is Channel.EMAIL else "place_key"]
        for row in lookups.contacts(db, list({id_ for id_, _ in like}))
    }
    suppressed = lookups.suppressed(db, channel.value, set(keys.values()) - {""})
    return {key for id_, key in like if id_ in withdrawn or keys.get(id_) in suppressed}


def _ask(
    db: Session,
    people: Sequence[Agreed],
    newest: _Newest,
    collected: Collected,
    import_id: int | None,
) -> int:
    """A question for each who has not said yes to all of it."""
    unsaid = [
        person
        for person in people
        if any(
            newest.get((person.contact_id, purpose), _NOTHING)[0] is not ConsentAction.GRANTED
            for purpose in collected.purposes
        )
    ]
    return importing.ask(
        db, unsaid, import_id=import_id, sender_id=collected.sender_id, purposes=collected.purposes,
        terms=collected.terms, now=collected.at,
    )  # fmt: skip


def _append(
    db: Session,
    people: Sequence[Agreed],
    newest: _Newest,
    channel: Channel,
    collected: Collected,
    source: str,
    import_id: int | None,
) -> int:
    """A grant for each who has said nothing yet; what was said to a person stands as it was said."""
    terms = collected.terms
    head = (collected.sender_id, channel.value)
    tail = (
        ConsentAction.GRANTED.value, terms.wording, terms.content_kind, terms.frequency, terms.method,
        _source(source, collected.collected_by),
    )  # fmt: skip
    collected_at = stamp(db, collected.at)
    rows: list[tuple[Value, ...]] = []
    once = {person.contact_id: person for person in reversed(people)}  # the first of several rows counts
    for id_, person in reversed(once.items()):
        for purpose in collected.purposes:
            action, since = newest.get((id_, purpose), _NOTHING)
            if action is not ConsentAction.RETRACTED:
                continue
            said = person.given.at if person.given and person.given.at else collected.at
            at = collected_at if said is collected.at and since <= said else stamp(db, max(said, since))
            evidence = _evidence(person, import_id, said if since > said else None)
            rows.append((id_, *head, purpose.value, *tail, at, evidence))
    insert_rows(db, Consent, _COLUMNS, rows)
    return len(rows)


def _source(source: str, collected_by: str) -> str:
    """Both, however long: who collected it is never cut off."""
    return f"{source[: SOURCE_LIMIT - len(collected_by) - 2]}: {collected_by}"


def _evidence(person: Agreed, import_id: int | None, said_at: datetime | None) -> str:
    """What proves a person's consent: the row of the file, and what it says of the time and the network."""
    if person.given is None and said_at is None:
        return f'{{"import": {import_id}, "row": {person.row}}}' if import_id is not None else "{}"
    evidence: dict[str, str | int] = {"row": person.row}
    if import_id is not None:
        evidence["import"] = import_id
    if person.given is not None:
        evidence |= person.given.evidence
    if said_at is not None:
        evidence["said_at"] = said_at.isoformat()
    return as_json(evidence)
