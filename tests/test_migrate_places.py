"""The migration of places: who was silent stays silent, on both databases, there and back and there again."""

from __future__ import annotations

from datetime import datetime

from alembic import command
from sqlalchemy import select, text

from campaign import migrations
from campaign.contacts import suppression
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.models import Channel, ConsentPurpose, Contact, Suppression, SuppressionReason
from tests.factories import make_contact, make_organisation, make_sender

BEFORE = "0308"
FIRST_FOLD = "0320"
REQUESTED, RETURNED = SuppressionReason.REQUESTED, SuppressionReason.RETURNED


def go(database: Database, to: str) -> None:
    with database.engine.connect() as connection:
        config = migrations._config()
        config.attributes["connection"] = connection
        (command.upgrade if to == "head" else command.downgrade)(config, to)
        connection.commit()


def open_to_letters(database: Database, now: datetime) -> set[str]:
    query = reachable(Channel.LETTER, ConsentPurpose.MARKETING, 1, now)
    with database.read() as db:
        return set(db.scalars(select(Contact.code).where(query)))


def test_what_stood_against_a_letter_key_stands_against_its_place(database: Database, now: datetime) -> None:
    with database.write() as db:
        make_sender(db)
        hotel = make_organisation(db)
        at_work = {"street": "", "ward": "", "province": "", "organisation_id": hotel.id}
        home = {
            "street": "12 Lê Lợi",
            "ward": "Phường Bến Nghé",
            "province": "TP.HCM",
            "postal_code": "70000",
        }
        very_long = {"street": "a" * 200, "ward": "b" * 120}
        people = [
            make_contact(db, code="LAN", full_name="Nguyễn Thị Lan", **home),
            make_contact(db, code="TWIN", full_name="Chị NGUYỄN THỊ LAN", **home | {"ward": "P. Bến Nghé"}),
            make_contact(db, code="WORK", full_name="Lê An", **at_work),
            make_contact(db, code="LONG", full_name="Ễ" * 200, **very_long),
            make_contact(db, code="OPEN", full_name="Nguyễn Văn Lan", **home),
        ]
        expected = {one.code: one.place_key for one in people}
        letters = {one.code: one.letter_key for one in people}
    go(database, BEFORE)
    with database.engine.begin() as connection:
        for code, reason in (
            ("TWIN", RETURNED),
            ("LAN", REQUESTED),
            ("WORK", REQUESTED),
            ("LONG", REQUESTED),
        ):
            entry = {"key": letters[code], "reason": reason.value, "at": now.isoformat()}
            connection.execute(
                text(
                    "INSERT INTO suppression (channel, address_key, reason, source, at)"
                    " VALUES ('letter', :key, :reason, 'x', :at)"
                ),
                entry,
            )
    go(database, "head")
    with database.read() as db:
        made = db.execute(select(Contact.code, Contact.place_key)).all()
        assert {row[0]: row[1] for row in made}.items() >= expected.items()
        kept = {entry.address_key: entry.reason for entry in db.scalars(select(Suppression))}
        assert kept == {expected[code]: REQUESTED for code in ("LAN", "WORK", "LONG")}
    assert open_to_letters(database, now) == {"OPEN"}
    go(database, BEFORE)
    with database.engine.connect() as connection:
        closed = set(connection.scalars(text("SELECT address_key FROM suppression")))
    assert {letters[code] for code in ("LAN", "TWIN", "WORK", "LONG")} <= closed
    go(database, "head")
    assert open_to_letters(database, now) == {"OPEN"}
    with database.read() as db:
        lan = db.scalars(select(Contact).where(Contact.code == "LAN")).one()
        assert suppression.of_contact(db, lan)[Channel.LETTER].reason is REQUESTED


def test_places_of_the_first_fold_are_folded_anew(database: Database, now: datetime) -> None:
    """Of two noes that become one the person's own stays, and that the place is dead."""
    home = {"full_name": "Nguyễn Thị Lan", "province": "Hà Nội"}
    with database.write() as db:
        make_sender(db)
        for code, street, ward in (
            ("VI", "12 Lê Lợi", "Phường Phương Liệt"), ("EN", "12 Le Loi Street", "Phuong Liet Ward"),
            ("OPEN", "14 Lê Lợi", "Phương Liệt"),
        ):  # fmt: skip
            make_contact(db, code=code, street=street, ward=ward, **home)
        expected = dict(db.execute(select(Contact.code, Contact.place_key)).all())
    assert len(set(expected.values())) == 2
    go(database, FIRST_FOLD)
    with database.engine.begin() as connection:
        written = {"VI": "12 le loi|phuong liet", "EN": "12 le loi street|liet", "OPEN": "14 le loi|liet"}
        for code, place in written.items():
            old = {"key": expected[code].replace("12 le loi|liet", place), "code": code}
            connection.execute(text("UPDATE contact SET place_key = :key WHERE code = :code"), old)
            if code != "OPEN":
                reason = (RETURNED if code == "VI" else REQUESTED).value
                connection.execute(
                    text(
                        "INSERT INTO suppression (channel, address_key, reason, source, at)"
                        " VALUES ('letter', :key, :reason, 'x', :at)"
                    ),
                    {"key": old["key"], "reason": reason, "at": now.isoformat()},
                )
    go(database, "head")
    with database.read() as db:
        assert dict(db.execute(select(Contact.code, Contact.place_key)).all()) == expected
        kept = {one.address_key: (one.reason, one.also_dead) for one in db.scalars(select(Suppression))}
    assert kept == {expected["VI"]: (REQUESTED, True)}
    assert open_to_letters(database, now) == {"OPEN"}
