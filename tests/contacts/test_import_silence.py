"""Whatever is imported, merged, taken back or brought again: who said no stays silent.

A machine of files, refusals and undos on both databases. After each step nobody who ever withdrew can be
written to, no suppressed address can, and nobody has become writable at an address where a no was said.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from campaign.contacts import consent, suppression
from campaign.contacts.csv_import import imports
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
from tests.contacts.test_imports import take, work
from tests.factories import make_sender

NAMES, CODES = ("Lan", "Hoa"), ("", "", "K1", "K2")
ADDRESSES = ("", "a@example.com", "b@example.com", "C@example.com")
PHONES = ("", "0912345678", "+84 912 345 678")
ROW = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(NAMES),
    st.sampled_from(ADDRESSES),
    st.sampled_from(PHONES),
    st.sampled_from(("", "subscribed", "subscribed", "unsubscribed", "cleaned")),
)
HEAD = "Mã KH,Họ tên,Email,SĐT,Status"
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
        self.said_no: set[int] = set()
        self.silent_keys: set[str] = set()
        self.before: dict[int, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()

    @rule(
        rows=st.lists(ROW, min_size=1, max_size=4),
        agreed=st.booleans(),
        way=st.sampled_from(("file", "fill", "keep")),
    )
    def bring(self, rows: list[tuple[str, ...]], agreed: bool, way: str) -> None:
        content = "\n".join([HEAD, *map(",".join, rows)]).encode()
        self.contents.append(content)
        self._take(content, agreed, way)

    @rule(at=st.integers(0, 50))
    def bring_again(self, at: int) -> None:
        """The same file twice, which also brings back what was taken back."""
        if self.contents:
            content = self.contents[at % len(self.contents)]
            self._take(content, True, "file")
            again = self._take(content, True, "file")
            assert (again.counts["created"], again.counts["changed"], again.counts["consents"]) == (0, 0, 0)

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
    def withdraw(self, at: int) -> None:
        with self.database.write() as db:
            people = list(db.scalars(select(Contact).where(Contact.erased_at.is_(None)).order_by(Contact.id)))
            if people:
                person = people[at % len(people)]
                consent.withdraw(
                    db, person, self.sender_id, Channel.EMAIL, ConsentPurpose.MARKETING,
                    source="page", now=self.now,
                )  # fmt: skip
                self.said_no.add(person.id)
                self.silent_keys |= {person.email_key} - {""}
        self.before = self._writable()

    @rule(key=st.sampled_from(("a@example.com", "c@example.com")))
    def suppress(self, key: str) -> None:
        with self.database.write() as db:
            suppression.suppress(
                db, Channel.EMAIL, key, SuppressionReason.REQUESTED, source="phone", now=self.now
            )

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

    def _writable(self) -> dict[int, str]:
        query = reachable(Channel.EMAIL, ConsentPurpose.MARKETING, self.sender_id, self.now)
        with self.database.read() as db:
            return {
                row.id: row.email_key
                for row in db.execute(select(Contact.id, Contact.email_key).where(query))
            }

    @invariant()
    def nobody_is_revived(self) -> None:
        if not hasattr(self, "database"):
            return
        writable = self._writable()
        assert not writable.keys() & self.said_no
        fresh = {key for id_, key in writable.items() if self.before.get(id_) != key}
        assert not fresh & self.silent_keys
        self.before = writable


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
