"""What may be proposed of many profiles: forms of address, and the province of today for one that is gone.

Proposals are read from the profiles whenever somebody looks, in groups of one reason. Only `answer` writes:
what is taken becomes a dated fact with its source (`proposal:7`), what is refused is not proposed again until
the profile changes, and each answer can be undone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from campaign.contacts import forms, provinces
from campaign.contacts.forms import Because
from campaign.models import Contact, ContactKind, ProposalAnswer, ProposalBatch

FORM, PROVINCE = "form_of_address", "province"
FIELDS = (FORM, PROVINCE)
# profiles read for one page, and people in one answer: half a second and some seconds; the next come after
AT_ONCE = 20_000
SAMPLES = 5

# how a name begins or ends that may hold a title, folded as `name_key` is
_TITLED = (
    "bac ", "bac si ", "bs ", "bs.", "dr", "doctor ", "giao su ", "gs", "pgs", "prof", "pho giao su ",
    "tien si ", "tien sy ", "ts ", "ts.", "luat su ", "ls ", "ls.", "duoc si ", "ds ", "ds.", "anh ", "chi ",
    "chu ", "co ", "ong ", "ba ", "thay ", "mr", "mister ", "ms", "miss ",
)  # fmt: skip
_TITLED_BEHIND = ("先生", "女士", "小姐", "太太", "医生", "醫生", "大夫", "老师", "教授", "律师")


@dataclass(frozen=True)
class Proposed:
    """What is proposed of one contact: the facts that taking it sets, and why."""

    contact_id: int
    field: str
    value: str
    changes: dict[str, str]
    because: Because

    @property
    def evidence(self) -> dict[str, str]:
        """What it rests on, as it is kept: `kind` and the values of its words."""
        return {"kind": self.because.kind, **self.because.facts}


@dataclass
class Group:
    """Proposals of one reason and one value. `until` is the highest id that was looked at."""

    field: str
    value: str
    because: Because
    people: int = 0
    samples: list[tuple[Proposed, str, str]] = made_by(default_factory=list)
    """Proposal, name and code of the first few."""

    @property
    def key(self) -> str:
        """The same for the same reason and value, whenever it is made."""
        facts = ";".join(f"{name}={value}" for name, value in sorted(self.because.group.items()))
        return f"{self.field}:{self.because.kind}:{self.value}:{facts}"


@dataclass(frozen=True)
class Found:
    """All groups of a field, the largest first; `more` when not everybody fitted into one look."""

    groups: list[Group]
    until: int
    more: bool


def of_contact(db: Session, contact: Contact, today: date) -> list[Proposed]:
    """What the contact's own page proposes; what was refused before is not said again."""
    made = [_form_of(contact, today), _province_of(contact)]
    gone = contact.erased_at is not None or contact.deceased_at is not None
    return [one for one in made if one and not gone and not _was_refused(db, one)]


def groups(db: Session, field_: str, today: date) -> Found:
    """What may be proposed of everybody, by reason."""
    rows = db.execute(_wanted(field_).limit(AT_ONCE + 1)).all()
    found: dict[str, Group] = {}
    refused = _refused_values(db, field_, [row.id for row in rows])
    for row in rows[:AT_ONCE]:
        one = _form_of(row, today) if field_ == FORM else _province_of(row)
        if one is None or (one.contact_id, one.value) in refused:
            continue
        group = Group(field_, one.value, one.because)
        group = found.setdefault(group.key, group)
        group.people += 1
        if len(group.samples) < SAMPLES:
            group.samples.append((one, row.full_name, row.code))
    ordered = sorted(found.values(), key=lambda group: (-group.people, group.key))
    until = max((row.id for row in rows[:AT_ONCE]), default=0)
    return Found(ordered, until, len(rows) > AT_ONCE)


def in_group(db: Session, key: str, until: int, today: date) -> list[Proposed]:
    """Those of the group whom somebody could see, up to the highest id of that look."""
    field_ = key.partition(":")[0]
    if field_ not in FIELDS:
        return []
    rows = db.execute(_wanted(field_).where(Contact.id <= until).limit(AT_ONCE)).all()
    refused = _refused_values(db, field_, [row.id for row in rows])
    made = (_form_of(row, today) if field_ == FORM else _province_of(row) for row in rows)
    return [
        one
        for one in made
        if one
        and (one.contact_id, one.value) not in refused
        and Group(field_, one.value, one.because).key == key
    ]


def count(db: Session, field_: str) -> int:
    """How many profiles could be looked at: those that lack the form, or have a province that is gone."""
    return db.scalar(select(func.count()).select_from(Contact).where(_lacking(field_))) or 0


def _form_of(contact: Any, today: date) -> Proposed | None:
    made = forms.propose(contact, today)
    return Proposed(contact.id, FORM, made.form, made.changes, made.because) if made else None


def _province_of(contact: Any) -> Proposed | None:
    now = provinces.today(contact.province_key)
    if now is None or contact.province_key not in provinces.GONE:
        return None
    was = {"was": contact.province, "now": now.name}
    because = Because("province", was, {"was": provinces.name_of(contact.province_key), "now": now.name})
    return Proposed(contact.id, PROVINCE, now.name, {PROVINCE: now.name}, because)


def _lacking(field_: str) -> ColumnElement[bool]:
    kept = and_(Contact.erased_at.is_(None), Contact.deceased_at.is_(None))
    if field_ == PROVINCE:
        return and_(kept, Contact.province_key.in_(sorted(provinces.GONE)))
    return and_(kept, Contact.kind == ContactKind.PERSON, Contact.form_of_address == "")


def _wanted(field_: str) -> Select[Any]:
    """The columns that the proposals read, of the profiles that can have any and were not refused since they
    last changed."""
    columns: list[Any] = [
        Contact.id, Contact.code, Contact.kind, Contact.full_name, Contact.form_of_address, Contact.sex,
        Contact.birth_year, Contact.occupation, Contact.position, Contact.language, Contact.province,
        Contact.province_key,
    ]  # fmt: skip
    rows = select(*columns).where(_lacking(field_), ~_refused_since(field_)).order_by(Contact.id)
    return rows.where(_may_tell()) if field_ == FORM else rows


def _may_tell() -> ColumnElement[bool]:
    """Whether the profile says anything that a form of address can be read from."""
    return or_(
        Contact.sex != "",
        Contact.occupation != "",
        Contact.position != "",
        *(Contact.name_key.startswith(word, autoescape=True) for word in _TITLED),
        *(Contact.name_key.endswith(word, autoescape=True) for word in _TITLED_BEHIND),
    )


def _standing_no(field_: str) -> ColumnElement[bool]:
    return and_(
        ProposalBatch.field == field_, ProposalBatch.taken.is_(False), ProposalBatch.undone_at.is_(None)
    )


def _refused_since(field_: str) -> ColumnElement[bool]:
    return exists().where(
        ProposalAnswer.contact_id == Contact.id,
        ProposalAnswer.batch_id == ProposalBatch.id,
        _standing_no(field_),
        ProposalBatch.at >= Contact.updated_at,
    )


def _refused_values(db: Session, field_: str, ids: Iterable[int]) -> set[tuple[int, str]]:
    """What these people refused though their profile changed since: the same value is not said again."""
    answers = select(ProposalAnswer.contact_id, ProposalBatch.value).join(
        ProposalBatch, ProposalBatch.id == ProposalAnswer.batch_id
    )
    known = set(ids)
    if not known:
        return set()
    near = ProposalAnswer.contact_id.between(min(known), max(known))
    return {
        (contact_id, value)
        for contact_id, value in db.execute(answers.where(_standing_no(field_), near))
        if contact_id in known
    }


def _was_refused(db: Session, one: Proposed) -> bool:
    refused = _refused_values(db, one.field, [one.contact_id])
    return (one.contact_id, one.value) in refused


def lately(db: Session, limit: int = 10) -> Sequence[ProposalBatch]:
    """The last answers, the newest first."""
    return db.scalars(select(ProposalBatch).order_by(ProposalBatch.id.desc()).limit(limit)).all()


def standing(db: Session, batch_id: int, contact_id: int) -> ProposalAnswer | None:
    """What a fact with the source `proposal:…` rests on."""
    return db.get(ProposalAnswer, (batch_id, contact_id))
