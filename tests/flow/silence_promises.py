"""What the machine of silence knows, and what must hold after each of its steps.

Three promises: nobody who said no may be written to for that until they said yes themselves; nobody becomes
writable for the first time at an address where that no was said; nobody who was erased is stored again at a
home they ever had. What is one person and one home is said by the test (`tests.writings`). A frozen audience
is asked as well as the count.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.audience.freeze import freeze
from campaign.audience.reach import Target, skips
from campaign.contacts import preferences
from campaign.contacts.reachable import reachable
from campaign.contacts.suppression import OWN_WILL
from campaign.db import Database
from campaign.links import Signer
from campaign.models import (
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    ContactImport,
    ImportState,
    Message,
    Role,
    SuppressionReason,
)
from campaign.segments import EVERYBODY
from campaign.storage import FileStore
from tests.conftest import NOW
from tests.contacts.test_imports import take
from tests.contacts.test_opt_in import make_form
from tests.factories import make_account, make_message, make_sender
from tests.writings import At, at

EMAIL, LETTER = Channel.EMAIL, Channel.LETTER
PURPOSES = tuple(ConsentPurpose)
COUNT = itertools.count()
Right = tuple[int, int, Channel, ConsentPurpose]
"""A person's id, a sender's, and by what and what for."""
Where = str | At | None
"""An e-mail address, or who at which home; None for half a home."""
Place = tuple[Where, int, Channel, ConsentPurpose]


class Promises(RuleBasedStateMachine):
    """`make` gives an empty database, `folder` an empty folder."""

    make: Callable[[], Database]
    folder: Path

    @initialize()
    def begin(self) -> None:
        self.database = type(self).make()
        folder = type(self).folder / str(next(COUNT))
        url = self.database.url.render_as_string(hide_password=False)
        self.settings = config.load({"CAMPAIGN_STATE_DIR": str(folder), "DATABASE_URL": url})
        self.files = FileStore(self.settings.files_dir)
        self.now, self.restored = NOW, False
        self.signer = Signer(self.settings.secret_key)
        with self.database.write() as db:
            senders = [make_sender(db), make_sender(db)]
            self.senders = [sender.id for sender in senders]
            self.forms = [make_form(db, NOW, sender).id for sender in senders]
            self.messages = [make_message(db, sender=sender).id for sender in senders]
            self.admin = make_account(db, Role.ADMIN).id
        self.contents: list[bytes] = []
        self.step = 0
        self.no: set[Right] = set()
        self.no_at: dict[Place, int] = {}
        self.yes: dict[Right, int] = {}
        self.ever: set[tuple[Right, Where]] = set()
        self.had: dict[int, set[At]] = {}
        self.gone: set[At] = set()

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()

    @invariant()
    def nobody_is_revived(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.session() as db:
            writable = self._writable(db)
            rights = {right for right, _ in writable}
            assert not rights & self.no
            for right, where in writable - self.ever:
                said = self.no_at.get((where, *right[1:]), -1)
                assert said <= self.yes.get(right, -1), (right, where)
            for of in (0, 1):
                open_now = {(id_, channel) for id_, sender, channel, p in rights if sender == self.senders[of]
                            and p is ConsentPurpose.MARKETING}  # fmt: skip
                assert self._frozen(db, of) <= open_now
            self._nobody_is_back(db)
            db.rollback()
        self.ever |= writable
        self.step += 1

    def _nobody_is_back(self, db: Session) -> None:
        for person in db.scalars(select(Contact).where(Contact.erased_at.is_(None))):
            lives, had = at(person), self.had.setdefault(person.id, set())
            if lives is not None and lives not in had:
                assert lives not in self.gone, lives
                had.add(lives)

    def _writable(self, db: Session) -> set[tuple[Right, Where]]:
        """By the count; the reasons that a claim reads must say the same."""
        found: set[tuple[Right, Where]] = set()
        everybody = {person.id: person for person in db.scalars(select(Contact))}
        for channel, sender_id, purpose in itertools.product(Channel, self.senders, PURPOSES):
            query = reachable(channel, purpose, sender_id, self.now)
            rows = set(db.scalars(select(Contact.id).where(query)))
            keys = {
                id_: person.email_key if channel is EMAIL else person.letter_key
                for id_, person in everybody.items()
            }
            targets = [Target(id_, key) for id_, key in keys.items()]
            against = skips(db, targets, channel, purpose, sender_id, self.now)
            assert rows == {one.contact_id for one in targets if one not in against and one.address_key}
            for id_ in rows:
                where = everybody[id_].email_key if channel is EMAIL else at(everybody[id_])
                found.add(((id_, sender_id, channel, purpose), where))
        return found

    def _frozen(self, db: Session, of: int) -> set[tuple[int, Channel]]:
        message = db.get_one(Message, self.messages[of])
        audience = freeze(
            db, message_id=message.id, rule=EVERYBODY, segment_name="x", field_names=[],
            variants={one.language: one.id for one in message.variants}, channels=list(Channel),
            purpose=ConsentPurpose.MARKETING, sender_id=self.senders[of], now=self.now,
        )  # fmt: skip
        members = select(AudienceMember.contact_id, AudienceMember.channel)
        found = db.execute(members.where(AudienceMember.audience_id == audience.id))
        return {(row[0], row[1]) for row in found}

    def _said_no(self, person: Contact, sender_id: int, rights: Iterable[preferences.Right]) -> None:
        """Told to us: until now writable or not, from now on it is not."""
        for channel, purpose in rights:
            self.no.add((person.id, sender_id, channel, purpose))
            if where := person.email_key if channel is EMAIL else at(person):
                self.no_at[(where, sender_id, channel, purpose)] = self.step

    def _closed(
        self,
        db: Session,
        channel: Channel,
        where: Where,
        theirs: Iterable[Contact],
        reason: SuppressionReason,
    ) -> None:
        """Whoever is there, for all senders; of somebody's own will it is theirs wherever they go."""
        for sender_id, purpose in itertools.product(self.senders, PURPOSES):
            if where is not None:
                self.no_at[(where, sender_id, channel, purpose)] = self.step
            if reason in OWN_WILL:
                self.no |= {(person.id, sender_id, channel, purpose) for person in theirs}

    def _said_yes(self, db: Session, contact_id: int, sender_id: int, purposes: list[ConsentPurpose]) -> None:
        """For this person, and for greetings too where they never refused those."""
        self.no -= {(contact_id, sender_id, EMAIL, purpose) for purpose in purposes}
        key = db.get_one(Contact, contact_id).email_key
        self.ever |= {((contact_id, sender_id, EMAIL, purpose), key) for purpose in PURPOSES}

    def _somebody(self, db: Session, number: int, *, with_email: bool = False) -> Contact | None:
        people = select(Contact).where(Contact.erased_at.is_(None))
        if with_email:
            people = people.where(Contact.email_key != "")
        found = list(db.scalars(people.order_by(Contact.id)))
        return found[number % len(found)] if found else None

    def _take(self, content: bytes, agreed: str, way: str, of: int) -> ContactImport:
        self.now += timedelta(hours=1)
        options: dict[str, object] = {
            "rule": way, "consent": agreed, "sender_id": str(self.senders[of]), "wording": "Tôi đồng ý",
            "collected_by": "Hương", "collected_on": "2026-03-01", "purposes": ["marketing", "greeting"],
        }  # fmt: skip
        done = take(self.database, self.files, self.now, content, None, **options)
        assert done.state is ImportState.FINISHED, done.error
        return done
