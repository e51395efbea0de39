"""Traits come in by a file like any other fact: with their source and date, and go again with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.csv_import import mapping, people
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import read
from campaign.contacts.traits import LIMIT, TRAITS
from campaign.db import Database
from campaign.models import Contact, ContactFact, ImportKind
from campaign.storage import FileStore
from tests.contacts.test_import_undo import undo
from tests.contacts.test_imports import take
from tests.factories import make_contact

MAPPED = {"ten": "full_name", "mail": "email", "nha": "trait.household_size", "thich": "trait.interests"}
HEAD = "Họ tên,E-mail,Số người trong nhà,Sở thích\n"
ROWS = HEAD + "Lan,lan@example.com,4,trà đạo\nHoa,hoa@example.com,,cây cảnh\n"


def test_every_trait_has_headings_of_its_own() -> None:
    fields = mapping.fields_of(ImportKind.CONTACTS, ())
    assert {f"trait.{name}" for name in TRAITS} <= set(fields)
    headings = [
        "Họ tên", "Tình trạng hôn nhân", "Học vấn", "Thu nhập", "Quê quán", "Sở thích", "Quy mô", "爱好",
    ]  # fmt: skip
    found = mapping.guess(headings, ImportKind.CONTACTS, {})
    assert list(found.values()) == [
        "full_name", "trait.marital_status", "trait.education", "trait.income", "trait.place_of_origin",
        "trait.interests", "trait.size",
    ]  # fmt: skip
    assert mapping.guess(["trait.income"], ImportKind.CONTACTS, {}) == {"trait.income": "trait.income"}


def test_a_trait_of_a_file_is_a_fact_with_its_source(db: Session, now: datetime) -> None:
    make_contact(db, full_name="Hoa", email="hoa@example.com", traits={"interests": "hoa", "income": "20"})
    rows = (
        "ten,mail,nha,thich\nLan,lan@example.com,4,trà đạo\nHoa,hoa@example.com,,cây cảnh\n"
        f"Mai,mai@example.com,,{'x' * (LIMIT + 1)}\n"
    )
    table = read(rows.encode())
    outcome = people.run(db, table, Plan(MAPPED, "import:1 hội chợ"), now=now)
    assert [refusal.reason for refusal in outcome.refusals] == ["contacts-error-too-long"]
    lan, hoa = (db.scalars(select(Contact).filter_by(full_name=name)).one() for name in ("Lan", "Hoa"))
    assert lan.traits == {"household_size": "4", "interests": "trà đạo"}
    assert hoa.traits == {"interests": "cây cảnh", "income": "20"}
    fact = db.scalars(
        select(ContactFact).filter_by(contact_id=hoa.id, field="trait.interests", source="import:1 hội chợ")
    ).one()
    assert (fact.old, fact.new, fact.at) == ("hoa", "cây cảnh", now)
    assert +people.run(db, table, Plan(MAPPED, "import:2"), now=now).counts == {
        "rows": 3, "unchanged": 2, "refused": 1,
    }  # fmt: skip


def test_an_undo_takes_them_back(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_contact(db, full_name="Hoa", email="hoa@example.com", traits={"interests": "hoa"})
    done = take(database, files, now, ROWS.encode())
    with database.read() as db:
        assert {one.full_name: one.traits.get("interests") for one in db.scalars(select(Contact))} == {
            "Hoa": "cây cảnh", "Lan": "trà đạo",
        }  # fmt: skip
    undo(database, files, done.id, now + timedelta(days=1))
    with database.read() as db:
        assert db.scalars(select(Contact)).one().traits == {"interests": "hoa"}
