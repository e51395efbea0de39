"""The machine of silence: all ways in and out, back and by hand, over what it has promised to hold.

Two senders, two channels and two purposes, and people whose names and homes every file writes in another way.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from campaign.backup import make, restore
from campaign.care import erasure
from campaign.contacts import consent, domains, erased, preferences, profile, suppression
from campaign.contacts.opt_in import asking, confirming, forms
from campaign.contacts.opt_in.asking import Wish
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.links import Addresses
from campaign.models import (
    Account,
    Channel,
    ConsentForm,
    ConsentPurpose,
    Contact,
    Message,
    OptIn,
    OptInState,
    Rhythm,
    Sender,
    SuppressionReason,
)
from campaign.track import unsubscribes
from tests.contacts.test_imports import take_back_one
from tests.factories import make_delivery, make_mailing
from tests.flow.silence_promises import COUNT, EMAIL, LETTER, PURPOSES, Promises
from tests.writings import HOMES, NAMES, NOWHERE, Home, at

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
RIGHTS = tuple(itertools.product(Channel, PURPOSES))


class Silence(Promises):
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
            key = suppression.keys_of(person)[LETTER]
            suppression.suppress(db, LETTER, key, reason, source="phone", now=self.now)
            self._closed(db, LETTER, at(person), [person], reason)

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
            suppression.suppress(db, EMAIL, key, reason, source="phone", now=self.now)
            there = list(db.scalars(select(Contact).where(Contact.email_key == key)))
            self._closed(db, EMAIL, key, there, reason)

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
        take_back_one(self.database, self.files, number, self.now)

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


def _facts(home: Home | None) -> dict[str, str]:
    return dict(zip(("street", "ward", "province", "postal_code"), home, strict=True)) if home else {}


def _unless_erased(change: Callable[[], object]) -> None:
    """What a form says to whoever was erased is no mistake of the machine's."""
    try:
        change()
    except InvalidInput as error:
        if error.key not in erased.REASONS:
            raise


def machine(make_one: Callable[[], Database], folder: Path) -> type[Silence]:
    return type("Machine", (Silence,), {"make": staticmethod(make_one), "folder": folder})


def copies(template: Path, folder: Path) -> Callable[[], Database]:
    def make_one() -> Database:
        path = folder / f"{next(COUNT)}.db"
        path.write_bytes(template.read_bytes())
        return Database(f"sqlite:///{path}")

    return make_one
