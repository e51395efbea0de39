"""A consent after the undo of the import that recorded it: the ledger tells the truth about both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from campaign.contacts import consent, suppression
from campaign.contacts.csv_import import people, undo_forecast
from campaign.contacts.csv_import.imports import source_of
from campaign.contacts.csv_import.planning import plan_of
from campaign.contacts.csv_import.undo import undo as undo_now
from campaign.db import Database
from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    ContactImport,
    OptIn,
    Suppression,
)
from campaign.storage import FileStore
from tests.contacts.test_import_undo import undo
from tests.contacts.test_imports import take, upload
from tests.factories import make_contact, make_sender

EMAIL, MARKETING = Channel.EMAIL, ConsentPurpose.MARKETING
TEXT = "Họ tên,E-mail\nLan,lan@example.com\n".encode()
OCTOBER = "2025-10-01"
OPTIONS: dict[str, Any] = {
    "consent": "yes", "wording": "Tôi đồng ý", "collected_by": "Hương", "collected_on": OCTOBER,
    "purposes": ["marketing"],
}  # fmt: skip


class House:
    """Lan is on file; files say yes for her."""

    def __init__(self, database: Database, folder: Path, now: datetime) -> None:
        self.database, self.files, self.now = database, FileStore(folder), now
        with database.write() as db:
            self.sender = make_sender(db).id
            self.lan = make_contact(db, full_name="Lan", email="lan@example.com").id

    def bring(self, on: str, at: datetime | None = None, content: bytes = TEXT, **more: Any) -> ContactImport:
        options = OPTIONS | {"sender_id": str(self.sender), "collected_on": on} | more
        return take(self.database, self.files, at or self.now, content, **options)

    def undo(self, begun: ContactImport, at: datetime) -> dict[str, int]:
        return undo(self.database, self.files, begun.id, at).counts

    def ledger(self) -> list[Consent]:
        with self.database.read() as db:
            return list(db.scalars(select(Consent).order_by(Consent.at, Consent.id)))

    def may_write(self, purpose: ConsentPurpose = MARKETING) -> bool:
        with self.database.read() as db:
            lan = db.get_one(Contact, self.lan)
            may = consent.may_write(db, lan, EMAIL, purpose, self.sender)
            counted = db.scalar(
                select(Contact.id).where(consent.allowed(EMAIL, purpose, self.sender), Contact.id == lan.id)
            )
            assert may is (counted is not None)
            return may

    def withdraw(self, at: datetime, purpose: ConsentPurpose = MARKETING) -> Consent:
        with self.database.write() as db:
            lan = db.get_one(Contact, self.lan)
            return consent.withdraw(db, lan, self.sender, EMAIL, purpose, source="page", now=at)


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    return House(database, tmp_path, now)


def test_a_retraction_bears_the_moment_of_the_undo(house: House) -> None:
    done = house.bring(OCTOBER)
    later = house.now + timedelta(days=3)
    assert house.undo(done, later)["retracted"] == 1
    granted, retracted = house.ledger()
    assert (granted.action, granted.at) == (ConsentAction.GRANTED, datetime(2025, 10, 1, tzinfo=UTC))
    assert (retracted.action, retracted.at) == (ConsentAction.RETRACTED, later)
    assert not house.may_write()


@pytest.mark.parametrize("on", ["2025-09-01", OCTOBER, "2025-11-01"])
def test_a_consent_brought_anew_after_an_undo_counts(house: House, on: str) -> None:
    house.undo(house.bring(OCTOBER), house.now + timedelta(days=1))
    done = house.bring(on, house.now + timedelta(days=2))
    assert done.counts["consents"] == 1
    assert house.may_write()
    newest = house.ledger()[-1]
    assert newest.action is ConsentAction.GRANTED
    assert consent.said_at(newest) == datetime.fromisoformat(f"{on}T00:00+00:00")
    # what was written to her in between had the entry that was there then
    assert [entry.action for entry in house.ledger() if entry.at < house.now] == [ConsentAction.GRANTED]


def test_what_was_brought_anew_is_taken_back_as_the_first_was(house: House) -> None:
    house.undo(house.bring(OCTOBER), house.now + timedelta(days=1))
    second = house.bring("2025-09-01", house.now + timedelta(days=2))
    with house.database.read() as db:
        forecast = undo_forecast.of_import(db, db.get_one(ContactImport, second.id))
        assert (forecast["retracted"], forecast["standing"]) == (1, 0)
    assert house.undo(second, house.now + timedelta(days=3))["retracted"] == 1
    assert not house.may_write()
    assert house.bring(OCTOBER, house.now + timedelta(days=4)).counts["consents"] == 1
    assert house.may_write()
    assert house.bring("2025-08-01", house.now + timedelta(days=5)).counts["consents"] == 0


def test_a_no_after_the_undo_is_not_brought_back(house: House) -> None:
    house.undo(house.bring(OCTOBER), house.now + timedelta(days=1))
    house.withdraw(house.now + timedelta(days=2))
    done = house.bring("2025-09-01", house.now + timedelta(days=3))
    assert (done.counts["consents"], done.counts["kept_silent"]) == (0, 1)
    assert not house.may_write()


def test_a_no_after_the_second_yes_ends_it(house: House) -> None:
    house.undo(house.bring(OCTOBER), house.now + timedelta(days=1))
    house.bring("2025-09-01", house.now + timedelta(days=2))
    house.withdraw(house.now + timedelta(days=2, seconds=1))
    assert not house.may_write()
    assert house.bring("2025-11-01", house.now + timedelta(days=3)).counts["consents"] == 0


def test_a_no_whose_clock_is_behind_stands_over_what_was_there_when_it_came(house: House) -> None:
    """Its request began before the undo wrote its entry, and came to an end after it."""
    undone = house.now + timedelta(days=1)
    house.undo(house.bring(OCTOBER), undone)
    entry = house.withdraw(undone - timedelta(seconds=5))
    assert entry.at > undone
    assert house.bring("2025-09-01", undone + timedelta(days=1)).counts["consents"] == 0
    assert not house.may_write()


def test_a_no_on_its_way_is_waited_for(house: House) -> None:
    """Its entry is written and not committed when the undo reads the ledger."""
    if house.database.is_sqlite:
        pytest.skip("has one writer: whoever may write began with BEGIN IMMEDIATE")
    done = house.bring(OCTOBER)
    later = house.now + timedelta(days=1)
    with house.database.session() as leaving, house.database.session() as undoing:
        lan = leaving.get_one(Contact, house.lan)
        consent.withdraw(leaving, lan, house.sender, EMAIL, MARKETING, source="page", now=later)
        undoing.execute(text("SET LOCAL lock_timeout = '200ms'"))
        begun = undoing.get_one(ContactImport, done.id)
        with pytest.raises(OperationalError):
            undo_now(undoing, begun, lambda: later, None, lambda *_: None)
        undoing.rollback()
        leaving.commit()
    assert house.undo(done, later)["retracted"] == 0
    assert [entry.action for entry in house.ledger()] == [ConsentAction.GRANTED, ConsentAction.WITHDRAWN]


STATUS = "Mã KH,Họ tên,E-mail,Status\n"
LINES = st.lists(
    st.tuples(
        st.sampled_from(("K1", "K2", "K3")),
        st.sampled_from(("lan@example.com", "lan@example.com", "hoa@example.com", "")),
        st.sampled_from(("subscribed", "subscribed", "unsubscribed", "cleaned")),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("no", ["unsubscribed", "cleaned", "blocklisted"])
def test_a_no_further_down_the_file_ends_the_yes_above(
    house: House, monkeypatch: pytest.MonkeyPatch, no: str
) -> None:
    """In another chunk, by another person of the same mailbox."""
    monkeypatch.setattr(people, "CHUNK", 1)
    rows = f"L,Lan,lan@example.com,subscribed\nH,Hoa,hoa@example.com,subscribed\nM,Mai,lan@example.com,{no}\n"
    done = house.bring(OCTOBER, content=(STATUS + rows).encode())
    assert (done.counts["consents"], done.counts["kept_silent"], done.counts["suppressed"]) == (1, 1, 1)
    assert not house.may_write()
    said = [(entry.action, entry.source) for entry in house.ledger() if entry.contact_id == house.lan]
    assert [action for action, _ in said] == [ConsentAction.GRANTED, ConsentAction.RETRACTED]
    with house.database.read() as db:
        forecast = undo_forecast.of_import(db, db.get_one(ContactImport, done.id))
    assert (forecast["retracted"], forecast["standing"]) == (1, 0)
    # and nobody is revived by a lifted entry
    assert house.bring(OCTOBER, content=(STATUS + rows).encode()).counts["consents"] == 0


def test_a_question_is_spared_by_a_no_further_down(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "CHUNK", 1)
    rows = "L,Lan,lan@example.com,subscribed\nH,Hoa,hoa@example.com,subscribed\nM,M,lan@example.com,cleaned\n"
    done = house.bring(OCTOBER, content=(STATUS + rows).encode(), consent="ask")
    assert (done.counts["asked"], done.counts["kept_silent"]) == (1, 1)
    with house.database.read() as db:
        assert db.scalars(select(OptIn.email_key)).all() == ["hoa@example.com"]


@settings(max_examples=20)
@given(lines=LINES, agreed=st.sampled_from(("yes", "ask")))
@example(lines=[("K1", "lan@example.com", "subscribed"), ("K2", "lan@example.com", "cleaned")], agreed="yes")
def test_where_a_chunk_ends_makes_no_difference(
    database: Database, tmp_path: Path, now: datetime, lines: list[tuple[str, str, str]], agreed: str
) -> None:
    text = STATUS + "".join(f"{code},{code},{email},{status}\n" for code, email, status in lines)
    ends = []
    for size in (1, 2, 100):
        with pytest.MonkeyPatch.context() as patch, database.session() as db:
            patch.setattr(people, "CHUNK", size)
            options = OPTIONS | {"consent": agreed, "sender_id": str(make_sender(db).id)}
            begun = upload(db, FileStore(tmp_path), now, text.encode())
            plan = plan_of(db, begun, begun.mapping, options, now)
            outcome = people.run(db, source_of(FileStore(tmp_path), begun), plan, now=now)
            last = {
                (entry.contact_id, entry.purpose): entry.action
                for entry in db.scalars(select(Consent).order_by(Consent.at, Consent.id))
            }
            stands = sum(action is ConsentAction.GRANTED for action in last.values())
            asked = len(db.scalars(select(OptIn)).all())
            assert (outcome.counts["consents"], outcome.counts["asked"]) == (stands, asked)
            closed = {
                (one.address_key, suppression.is_dead(one), one.reason in suppression.OWN_WILL)
                for one in db.scalars(select(Suppression))
            }
            ends.append((stands, asked, outcome.counts["suppressed"], closed))
            db.rollback()
    assert ends[0] == ends[1] == ends[2]


def test_one_person_in_two_rows_agrees_once(house: House) -> None:
    done = house.bring(OCTOBER, content="Họ tên,E-mail\nLan,lan@example.com\nLan,LAN@example.com\n".encode())
    assert (done.counts["merged"], done.counts["consents"]) == (1, 1)
    assert len(house.ledger()) == 1
