"""Forms and their versions: a change makes a new version, for what somebody was shown is looked up in it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.names import clean
from campaign.contacts.opt_in import content as contents
from campaign.contacts.opt_in.content import FormContent
from campaign.errors import InvalidInput, NotFound
from campaign.models import Account, ConsentForm, ConsentFormVersion, OptIn, OptInState, Sender

KEY_BYTES = 12
NAME_LENGTH = 120


def create(
    db: Session, *, name: str, sender_id: int, content: FormContent, account: Account | None, now: datetime
) -> ConsentForm:
    """A form with its first version; InvalidInput with its `field` when something is no good."""
    name = _name(name)
    sender = db.get(Sender, sender_id)
    if sender is None or not sender.active:
        raise InvalidInput("contacts-error-no-sender", field="sender_id")
    checked = contents.checked(content)
    form = ConsentForm(
        key=secrets.token_urlsafe(KEY_BYTES),
        sender_id=sender_id,
        name=name,
        active=True,
        account_id=account.id if account else None,
        created_at=now,
    )
    db.add(form)
    db.flush()
    audit.record(db, account, "form.made", "consent_form", form.id, now, name=name, sender_id=sender_id)
    _add_version(db, form, checked, account, now)
    return form


def change(
    db: Session, form: ConsentForm, *, name: str, content: FormContent, account: Account, now: datetime
) -> ConsentFormVersion:
    """A new version, or the current one when nothing is new. The sender stays: consent was given to one."""
    name, checked = _name(name), contents.checked(content)
    form.name = name
    current = newest(db, form)
    if current.content == contents.to_json(checked):
        return current
    return _add_version(db, form, checked, account, now)


def set_active(db: Session, form: ConsentForm, active: bool, account: Account, now: datetime) -> None:
    """A form that is closed takes nobody in any more; links of mails that are out stay good."""
    form.active = active
    action = "form.opened" if active else "form.closed"
    audit.record(db, account, action, "consent_form", form.id, now, name=form.name)


def by_key(db: Session, key: str) -> ConsentForm:
    """The form of a public address; NotFound when there is none, or it is closed."""
    form = db.scalar(select(ConsentForm).where(ConsentForm.key == key[:64], ConsentForm.active))
    if form is None:
        raise NotFound
    return form


def newest(db: Session, form: ConsentForm) -> ConsentFormVersion:
    """What the form says now."""
    versions = select(ConsentFormVersion).where(ConsentFormVersion.form_id == form.id)
    return db.scalars(versions.order_by(ConsentFormVersion.number.desc()).limit(1)).one()


def read(version: ConsentFormVersion) -> FormContent:
    """A version's content."""
    return contents.from_json(version.content)


def counts(db: Session) -> dict[int, dict[OptInState, int]]:
    """By form, how many asked are in which state."""
    rows = db.execute(
        select(ConsentFormVersion.form_id, OptIn.state, func.count())
        .join(ConsentFormVersion, ConsentFormVersion.id == OptIn.form_version_id)
        .group_by(ConsentFormVersion.form_id, OptIn.state)
    )
    found: dict[int, dict[OptInState, int]] = {}
    for form_id, state, count in rows:
        found.setdefault(form_id, {})[state] = count
    return found


def _add_version(
    db: Session, form: ConsentForm, content: FormContent, account: Account | None, now: datetime
) -> ConsentFormVersion:
    last = db.scalar(select(func.max(ConsentFormVersion.number)).where(ConsentFormVersion.form_id == form.id))
    version = ConsentFormVersion(
        form_id=form.id,
        number=(last or 0) + 1,
        content=contents.to_json(content),
        account_id=account.id if account else None,
        at=now,
    )
    db.add(version)
    db.flush()
    audit.record(db, account, "form.version", "consent_form", form.id, now, number=version.number)
    return version


def _name(name: str) -> str:
    name = clean(name)[:NAME_LENGTH]
    if not name:
        raise InvalidInput("forms-error-name", field="name")
    return name
