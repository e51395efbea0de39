"""Taking and refusing what is proposed, by one person for one or many, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import profile
from campaign.contacts.batch import Batch
from campaign.contacts.codes import Codes
from campaign.contacts.forms import Because
from campaign.contacts.proposals import Proposed
from campaign.errors import Refused
from campaign.models import Account, Contact, ProposalAnswer, ProposalBatch

# profiles held and written at a time
CHUNK = 500


def take(
    db: Session, proposed: Sequence[Proposed], because: Because, *, account: Account | None, now: datetime
) -> ProposalBatch:
    """Set what is proposed. Each change is a dated fact with its source; Refused when nothing is left."""
    return _answer(db, proposed, because, taken=True, account=account, now=now)


def refuse(
    db: Session, proposed: Sequence[Proposed], because: Because, *, account: Account | None, now: datetime
) -> ProposalBatch:
    """Keep the profiles as they are and do not propose it again."""
    return _answer(db, proposed, because, taken=False, account=account, now=now)


def undo(db: Session, batch: ProposalBatch, *, account: Account | None, now: datetime) -> int:
    """Give the facts back what they were, where they still are as the answer set them; how many people.

    A refusal that is undone is proposed again.
    """
    if batch.undone_at is not None:
        raise Refused("proposals-error-undone")
    batch.undone_at = now
    restored = 0
    if batch.taken:
        answers = db.scalars(select(ProposalAnswer).where(ProposalAnswer.batch_id == batch.id)).all()
        source = f"undo proposal:{batch.id}"
        for start in range(0, len(answers), CHUNK):
            restored += _restore(db, answers[start : start + CHUNK], source, account, now)
    else:
        restored = batch.people
    db.flush()
    audit.record(
        db, account, "proposals.undone", "proposal_batch", batch.id, now, field=batch.field, people=restored
    )
    return restored


def _answer(
    db: Session,
    proposed: Sequence[Proposed],
    because: Because,
    *,
    taken: bool,
    account: Account | None,
    now: datetime,
) -> ProposalBatch:
    if not proposed:
        raise Refused("proposals-error-gone")
    first = proposed[0]
    batch = ProposalBatch(
        field=first.field, value=first.value, because={"kind": because.kind, **because.group},
        taken=taken, people=len(proposed), account_id=account.id if account else None, at=now,
    )  # fmt: skip
    db.add(batch)
    db.flush()
    for start in range(0, len(proposed), CHUNK):
        _answer_some(db, batch, proposed[start : start + CHUNK], account, now)
    action = "proposals.taken" if taken else "proposals.refused"
    audit.record(
        db, account, action, "proposal_batch", batch.id, now,
        field=batch.field, value=batch.value, reason=because.kind, people=batch.people,
    )  # fmt: skip
    return batch


def _answer_some(
    db: Session, batch: ProposalBatch, proposed: Sequence[Proposed], account: Account | None, now: datetime
) -> None:
    people = _contacts(db, [one.contact_id for one in proposed])
    rows = []
    given: dict[int, Mapping[str, str]] = {}
    for one in proposed:
        contact = people[one.contact_id]
        before = {name: profile.as_text(getattr(contact, name)) for name in one.changes}
        given[contact.id] = one.changes
        rows.append(
            {
                "batch_id": batch.id, "contact_id": contact.id, "before": before, "after": dict(one.changes),
                "evidence": one.evidence,
            }
        )  # fmt: skip
    db.execute(insert(ProposalAnswer), rows)
    if batch.taken:
        _change(db, people, given, f"proposal:{batch.id}", account, now)


def _restore(
    db: Session, answers: Sequence[ProposalAnswer], source: str, account: Account | None, now: datetime
) -> int:
    people = _contacts(db, [answer.contact_id for answer in answers])
    given: dict[int, Mapping[str, str]] = {}
    for answer in answers:
        contact = people[answer.contact_id]
        back = {
            name: answer.before[name]
            for name, value in answer.after.items()
            if contact.erased_at is None and profile.as_text(getattr(contact, name)) == value
        }
        if back:
            given[contact.id] = back
    _change(db, people, given, source, account, now)
    return len(given)


def _contacts(db: Session, ids: Sequence[int]) -> dict[int, Contact]:
    return {contact.id: contact for contact in db.scalars(select(Contact).where(Contact.id.in_(ids)))}


def _change(
    db: Session,
    people: Mapping[int, Contact],
    given: Mapping[int, Mapping[str, str]],
    source: str,
    account: Account | None,
    now: datetime,
) -> None:
    """Change the facts. A province under its new name is the same place: what stands against it stays."""
    batch = Batch(Codes(db))
    for id_, facts in given.items():
        profile.change(db, people[id_], facts, source=source, now=now, account=account, batch=batch)
    batch.flush(db, source=source, now=now, account=account)
