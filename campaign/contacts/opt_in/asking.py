"""What strangers write into a form becomes a question to that address: rarely, and whoever it is.

Nothing here looks at who is known: a form answers a customer, a stranger and somebody who left alike, in the
same time. Whether a mail may go there is asked when it is made.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from campaign.accounts.throttle import network_of
from campaign.contacts.addresses import normalise_email
from campaign.contacts.names import clean
from campaign.contacts.opt_in import forms
from campaign.contacts.opt_in.content import FormContent
from campaign.errors import InvalidInput
from campaign.models import (
    Channel,
    ConsentForm,
    ConsentFormVersion,
    ConsentPurpose,
    Contact,
    OptIn,
    OptInOrigin,
    OptInState,
)

# the link in the mail is good for so long; then a stranger's address is deleted
LIFE = timedelta(days=7)
# one network (a household, an office behind one address) in an hour
FROM_ONE_NETWORK, NETWORK_TIME = 10, timedelta(hours=1)
# mails that may reach one mailbox, whatever forms somebody writes it into
TO_ONE_ADDRESS, ADDRESS_TIME = 1, timedelta(days=1)
TO_ONE_ADDRESS_LONG, ADDRESS_TIME_LONG = 3, timedelta(days=30)
# a form on a busy day; more is a flood from many networks
FROM_ONE_FORM, FORM_TIME = 500, timedelta(hours=1)
NAME_LENGTH = 200
# a number of our own among the locks of the database
_LOCK = 913_592
NONCE_BITS = 62


class Answer(StrEnum):
    ASKED = "asked"  # what everybody is told, also where no mail goes
    TOO_MANY = "too_many"  # from this network


@dataclass(frozen=True)
class Wish:
    """What somebody wrote into a form."""

    email: str
    full_name: str
    language: str
    topics: tuple[str, ...] = ()


def submit(
    db: Session,
    form: ConsentForm,
    version: ConsentFormVersion,
    wish: Wish,
    *,
    network: str,
    now: datetime,
) -> tuple[Answer, OptIn | None]:
    """Ask this address once, unless it was asked lately. InvalidInput when it is no address."""
    address = normalise_email(wish.email)
    if not address.address.isascii() and not address.address.rpartition("@")[0].isascii():
        # a relay that does not speak SMTPUTF8 cannot reach it, and who subscribes would never know
        raise InvalidInput("contacts-error-email", field="email", value=wish.email[:80])
    _take_turns(db)
    if _asked(db, now - NETWORK_TIME, OptIn.network == network) >= FROM_ONE_NETWORK:
        return Answer.TOO_MANY, None
    if _asked_enough(db, address.key, form.id, now):
        return Answer.ASKED, None
    content = forms.read(version)
    language = content.language(wish.language)
    made = _row(
        OptInOrigin.FORM, form.sender_id, address.address, address.key, language,
        asks_of(content, language, wish.topics), now,
    )  # fmt: skip
    made.form_version_id, made.network = version.id, network
    made.full_name = clean(wish.full_name)[:NAME_LENGTH] if content.ask_name else ""
    db.add(made)
    db.flush()
    return Answer.ASKED, made


def ask_contact(
    db: Session,
    contact: Contact,
    sender_id: int,
    purposes: Sequence[ConsentPurpose],
    terms: Mapping[str, str],
    *,
    language: str,
    network: str,
    now: datetime,
) -> OptIn | None:
    """Ask somebody we know, who wants to hear from us again on the preference page; None when they were
    asked lately. The holder of a link is not yet the owner of the mailbox."""
    _take_turns(db)
    if _asked_enough(db, contact.email_key, None, now):
        return None
    asks = {
        "channels": [Channel.EMAIL.value],
        "purposes": [purpose.value for purpose in purposes],
        "topics": [],
        **terms,
    }
    made = _row(OptInOrigin.PREFERENCES, sender_id, contact.email, contact.email_key, language, asks, now)
    made.contact_id, made.network = contact.id, network
    db.add(made)
    db.flush()
    return made


def asks_of(content: FormContent, language: str, topics: Sequence[str]) -> dict[str, Any]:
    """What is asked for in this language, as the row keeps it; unknown topics are none."""
    words = content.words[language]
    return {
        "channels": [channel.value for channel in content.channels],
        "purposes": [purpose.value for purpose in content.purposes],
        "topics": [topic for topic in content.topics if topic in topics],
        "wording": words.wording,
        "content_kind": words.content_kind,
        "frequency": words.frequency,
    }


def network_hash(secret: bytes, address: str) -> str:
    """Where a request came from, so that we can count and prove without keeping the address."""
    return hmac.digest(secret, b"network " + network_of(address).encode(), "sha256").hex()[:32]


def _row(
    origin: OptInOrigin,
    sender_id: int,
    email: str,
    key: str,
    language: str,
    asks: dict[str, Any],
    now: datetime,
) -> OptIn:
    return OptIn(
        nonce=secrets.randbits(NONCE_BITS), origin=origin, state=OptInState.WAITING, sender_id=sender_id,
        language=language, email=email, email_key=key, full_name="", asks=asks, network="", asked_at=now,
        tries=0, expires_at=now + LIFE,
    )  # fmt: skip


def _asked_enough(db: Session, key: str, form_id: int | None, now: datetime) -> bool:
    """Whether that mailbox, or that form, had its share of mails."""
    same = OptIn.email_key == key
    if _asked(db, now - ADDRESS_TIME, same) >= TO_ONE_ADDRESS:
        return True
    if _asked(db, now - ADDRESS_TIME_LONG, same) >= TO_ONE_ADDRESS_LONG:
        return True
    if form_id is None:
        return False
    versions = select(ConsentFormVersion.id).where(ConsentFormVersion.form_id == form_id)
    return _asked(db, now - FORM_TIME, OptIn.form_version_id.in_(versions)) >= FROM_ONE_FORM


def _asked(db: Session, since: datetime, which: Any) -> int:
    return db.scalar(select(func.count(OptIn.id)).where(which, OptIn.asked_at > since)) or 0


def _take_turns(db: Session) -> None:
    """Two requests at one moment must not both see room. SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
