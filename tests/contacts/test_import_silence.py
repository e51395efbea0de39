"""Whatever is imported, merged, taken back or brought again: who said no stays silent.

A machine of files, refusals and undos on both databases, by e-mail and by letter. After each step nobody who
ever withdrew can be written to, nothing that was closed can, in whatever writing a file has it, and nobody
has become writable at an address where a no was said.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import consent, suppression
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    ContactImport,
    ImportState,
    SuppressionReason,
)
from campaign.storage import FileStore
from tests.conftest import NOW, _empty
from tests.contacts.test_imports import take, take_back_one
from tests.factories import make_sender
from tests.writings import HOMES, NAMES, NOWHERE, At, at

CODES = ("", "", "K1", "K2")
ADDRESSES = ("", "a@example.com", "b@example.com", "C@example.com")
PHONES = ("", "0912345678", "+84 912 345 678")
ROW = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(tuple(NAMES)),
    st.sampled_from(ADDRESSES),
    st.sampled_from(PHONES),
    st.sampled_from(("", "subscribed", "subscribed", "unsubscribed", "cleaned")),
    st.sampled_from((NOWHERE, *HOMES)),
)
HEAD = "Mã KH,Họ tên,Email,SĐT,Status,Địa chỉ,Phường,Tỉnh,Mã bưu điện"
Where = str | At | None
"""An e-mail address, or who at which home; None for half a home."""
COUNT = itertools.count()


class Silence(RuleBasedStateMachine):
    """`make` gives an empty database."""

    make: Callable[[], Database]
    files: FileStore

    @initialize()
    def begin(self) -> None:
        self.database = type(self).make()
        with self.database.write() as db:
            self.sender_id = make_sender(db).id
        self.now = NOW
        self.contents: list[bytes] = []
        self.said_no: set[tuple[int, Channel]] = set()
        self.silent: set[Where] = set()
        self.closed: set[Where] = set()
        self.before: dict[tuple[int, Channel], Where] = {}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()

    @rule(
        rows=st.lists(ROW, min_size=1, max_size=4),
        agreed=st.booleans(),
        way=st.sampled_from(("file", "fill", "keep")),
    )
    def bring(self, rows: list[tuple[Any, ...]], agreed: bool, way: str) -> None:
        content = "\n".join([HEAD, *(",".join((*row[:-1], *row[-1])) for row in rows)]).encode()
        self.contents.append(content)
        self._take(content, agreed, way)

    @rule(number=st.integers(0, 50))
    def bring_again(self, number: int) -> None:
        """The same file twice, which also brings back what was taken back."""
        if self.contents:
            content = self.contents[number % len(self.contents)]
            self._take(content, True, "file")
            again = self._take(content, True, "file")
            assert (again.counts["created"], again.counts["changed"], again.counts["consents"]) == (0, 0, 0)

    @rule(number=st.integers(0, 50))
    def take_back(self, number: int) -> None:
        take_back_one(self.database, self.files, number, self.now)

    @rule(number=st.integers(0, 50), channel=st.sampled_from(Channel))
    def withdraw(self, number: int, channel: Channel) -> None:
        with self.database.write() as db:
            if person := self._somebody(db, number):
                consent.withdraw(
                    db, person, self.sender_id, channel, ConsentPurpose.MARKETING,
                    source="page", now=self.now,
                )  # fmt: skip
                self.said_no.add((person.id, channel))
                self.silent |= {_where(person, channel)} - {"", None}
        self.before = self._writable()

    @rule(key=st.sampled_from(("a@example.com", "c@example.com")))
    def suppress(self, key: str) -> None:
        with self.database.write() as db:
            suppression.suppress(
                db, Channel.EMAIL, key, SuppressionReason.REQUESTED, source="phone", now=self.now
            )
            there = db.scalars(select(Contact.id).where(Contact.email_key == key))
            self.said_no |= {(id_, Channel.EMAIL) for id_ in there}
        self.closed.add(key)

    @rule(number=st.integers(0, 50), returned=st.booleans())
    def close_home(self, number: int, returned: bool) -> None:
        """The letter came back; or never at this address, which goes along with the person."""
        with self.database.write() as db:
            person = self._somebody(db, number)
            if person is None or Channel.LETTER not in suppression.keys_of(person):
                return
            reason = SuppressionReason.RETURNED if returned else SuppressionReason.REQUESTED
            key = suppression.keys_of(person)[Channel.LETTER]
            suppression.suppress(db, Channel.LETTER, key, reason, source="phone", now=self.now)
            if not returned:
                self.said_no.add((person.id, Channel.LETTER))
            self.closed |= {at(person)} - {None}

    def _somebody(self, db: Session, number: int) -> Contact | None:
        people = list(db.scalars(select(Contact).where(Contact.erased_at.is_(None)).order_by(Contact.id)))
        return people[number % len(people)] if people else None

    def _take(self, content: bytes, agreed: bool, way: str) -> ContactImport:
        self.now += timedelta(hours=1)
        options: dict[str, object] = {"rule": way}
        if agreed:
            options |= {
                "consent": "yes", "sender_id": str(self.sender_id), "wording": "Tôi đồng ý",
                "collected_by": "Hương", "collected_on": "2026-03-01", "purposes": ["marketing", "greeting"],
            }  # fmt: skip
        done = take(self.database, self.files, self.now, content, None, **options)
        assert done.state is ImportState.FINISHED, done.error
        return done

    def _writable(self) -> dict[tuple[int, Channel], Where]:
        found: dict[tuple[int, Channel], Where] = {}
        with self.database.read() as db:
            for channel in Channel:
                query = reachable(channel, ConsentPurpose.MARKETING, self.sender_id, self.now)
                for person in db.scalars(select(Contact).where(query)):
                    found[(person.id, channel)] = _where(person, channel)
        return found

    @invariant()
    def nobody_is_revived(self) -> None:
        if not hasattr(self, "database"):
            return
        writable = self._writable()
        assert not writable.keys() & self.said_no
        assert not set(writable.values()) & self.closed
        fresh = {where for one, where in writable.items() if self.before.get(one) != where}
        assert not fresh & self.silent
        self.before = writable


def _where(person: Contact, channel: Channel) -> Where:
    return person.email_key if channel is Channel.EMAIL else at(person)


def test_nobody_who_said_no_is_ever_revived(
    database: Database, sqlite_template: Path, tmp_path: Path
) -> None:
    def make() -> Database:
        if not database.is_sqlite:
            _empty(database)
            return Database(database.url.render_as_string(hide_password=False))
        path = tmp_path / f"{next(COUNT)}.db"
        path.write_bytes(sqlite_template.read_bytes())
        return Database(f"sqlite:///{path}")

    machine = type("Machine", (Silence,), {"make": staticmethod(make), "files": FileStore(tmp_path)})
    few = 12 if database.is_sqlite else 4  # a database is emptied in a second, a file copied in no time
    run_state_machine_as_test(machine, settings=settings(max_examples=few, stateful_step_count=10))


@pytest.mark.guard
def test_nobody_who_said_no_is_ever_revived_in_many_ways(sqlite_template: Path, tmp_path: Path) -> None:
    def make() -> Database:
        path = tmp_path / f"{next(COUNT)}.db"
        path.write_bytes(sqlite_template.read_bytes())
        return Database(f"sqlite:///{path}")

    machine = type("Machine", (Silence,), {"make": staticmethod(make), "files": FileStore(tmp_path)})
    run_state_machine_as_test(machine, settings=settings(max_examples=100, stateful_step_count=20))
