"""One entry an address, and the strongest reason in it: no wish is hidden behind a dead address."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import consent, profile, suppression, suppression_list
from campaign.contacts.csv_import import imports
from campaign.contacts.opt_in import confirming
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.models import Channel, ConsentPurpose, Contact, ContactImport, OptIn, SuppressionReason
from campaign.storage import FileStore
from tests.contacts.test_imports import take, work
from tests.factories import make_contact, make_sender

BOUNCED, RETURNED = SuppressionReason.BOUNCED, SuppressionReason.RETURNED
UNSUBSCRIBED, REQUESTED = SuppressionReason.UNSUBSCRIBED, SuppressionReason.REQUESTED
COMPLAINED, MARKETING = SuppressionReason.COMPLAINED, ConsentPurpose.MARKETING
LAN = {
    "full_name": "Nguyễn Thị Lan", "email": "lan@example.com", "street": "12 Lê Lợi",
    "ward": "Phường Bến Nghé", "province": "TP. Hồ Chí Minh", "postal_code": "", "phone": "", "code": "L1",
}  # fmt: skip
MOVED = {"street": "7 Hàng Bè", "ward": "", "province": "Hà Nội"}


def close(db: Session, contact: Contact, now: datetime, *reasons: SuppressionReason) -> None:
    key = suppression.keys_of(contact)[Channel.LETTER]
    for reason in reasons:
        suppression.suppress(db, Channel.LETTER, key, reason, source=reason.value, now=now)


def by_letter(
    db: Session, now: datetime, purpose: ConsentPurpose | None = ConsentPurpose.MARKETING
) -> set[int]:
    db.flush()
    return set(db.scalars(select(Contact.id).where(reachable(Channel.LETTER, purpose, 1, now))))


@given(reasons=st.lists(st.sampled_from(SuppressionReason), min_size=1, max_size=5))
@example(reasons=[RETURNED, REQUESTED])
@example(reasons=[UNSUBSCRIBED, COMPLAINED, REQUESTED])
@example(reasons=[REQUESTED, BOUNCED])
def test_in_whatever_order_reasons_come_the_strongest_stands(
    database: Database, now: datetime, reasons: list[SuppressionReason]
) -> None:
    with database.session() as db:
        for reason in reasons:
            entry = suppression.suppress(db, Channel.EMAIL, "a@example.com", reason, source="x", now=now)
        assert suppression.is_dead(entry) == bool({BOUNCED, RETURNED} & set(reasons))
        own = [reason for reason in reasons if reason in suppression.OWN_WILL]
        expected = COMPLAINED if COMPLAINED in own else own[0] if own else reasons[0]
        assert entry.reason is expected
        assert audit.verify(db) is None
        db.rollback()


def test_a_no_behind_a_returned_letter_goes_along(db: Session, now: datetime) -> None:
    make_sender(db)
    lan, hoa = make_contact(db, **LAN), make_contact(db, **LAN | {"full_name": "Trần Hoa", "code": "H1"})
    for person in (lan, hoa):
        close(db, person, now, RETURNED)
    close(db, lan, now, REQUESTED)
    for person in (lan, hoa):
        profile.change(db, person, MOVED, source="form", now=now)
    assert by_letter(db, now) == {hoa.id}  # her house was dead, and she said nothing
    entry = suppression.of_contact(db, lan)[Channel.LETTER]
    assert (entry.reason, entry.also_dead, entry.source) == (REQUESTED, False, "form")


def test_no_answer_goes_to_a_dead_house_whose_owner_refused(db: Session, now: datetime) -> None:
    make_sender(db)
    lan, hoa = make_contact(db, **LAN), make_contact(db, **LAN | {"full_name": "Trần Hoa", "code": "H1"})
    close(db, lan, now, RETURNED, REQUESTED)
    close(db, hoa, now, REQUESTED)
    assert by_letter(db, now, None) == {hoa.id}
    close(db, hoa, now, RETURNED)
    assert by_letter(db, now, None) == set()
    assert suppression.of_contact(db, hoa)[Channel.LETTER].reason is REQUESTED


@pytest.mark.parametrize("order", [(RETURNED, REQUESTED), (REQUESTED, RETURNED)])
def test_a_file_that_moves_somebody_and_its_undo_lose_no_no(
    database: Database, now: datetime, tmp_path: Path, order: tuple[SuppressionReason, ...]
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_sender(db)
        close(db, make_contact(db, **LAN), now, *order)
    head = "Mã KH,Họ tên,Địa chỉ,Phường,Tỉnh\n"
    done = take(database, files, now, (head + "L1,Nguyễn Thị Lan,7 Hàng Bè,,Hà Nội\n").encode())
    assert done.counts["changed"] == 1
    with database.write() as db:
        assert by_letter(db, now) == set()
        imports.ask_undo(db, db.get_one(ContactImport, done.id), now)
    assert work(database, files, done.id, now).counts["restored"] == 1
    with database.write() as db:
        assert by_letter(db, now) == set()
        lan = db.scalars(select(Contact)).one()
        assert suppression.of_contact(db, lan)[Channel.LETTER].reason is REQUESTED
        profile.change(db, lan, MOVED | {"street": "9 Hàng Gai"}, source="form", now=now)
        assert by_letter(db, now) == set()


def test_a_file_finds_the_no_behind_the_other_writing(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    """With its ward the house is dead, without it she refused; a shop knows her, and she moves."""
    files = FileStore(tmp_path)
    with database.write() as db:
        make_sender(db)
        lan = make_contact(db, **LAN)
        close(db, lan, now, RETURNED)
        loose = lan.place_key.replace("ben nghe", "")
        suppression.suppress(db, Channel.LETTER, loose, REQUESTED, source="phone", now=now)
    head = "Mã KH,Họ tên,Địa chỉ,Phường,Tỉnh\n"
    for home in ("12 Lê Lợi,Phường Bến Nghé,TP.HCM", "7 Hàng Bè,,Hà Nội"):
        take(database, files, now, (head + f"L2,Nguyễn Thị Lan,{home}\n").encode())
        with database.write() as db:
            twin = db.scalars(select(Contact).where(Contact.code == "L2")).one()
            assert twin.id not in by_letter(db, now)
            assert suppression.of_contact(db, twin)[Channel.LETTER].reason is REQUESTED


def test_whoever_refused_in_the_ledger_closes_the_dead_house_they_leave(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    """Once somebody lifts that the letter came back, an old file must not find the house open."""
    files = FileStore(tmp_path)
    with database.write() as db:
        sender = make_sender(db)
        lan = make_contact(db, **LAN)
        key = lan.place_key
        close(db, lan, now, RETURNED)
        consent.withdraw(db, lan, sender.id, Channel.LETTER, MARKETING, source="phone", now=now)
    head = "Mã KH,Họ tên,Địa chỉ,Phường,Tỉnh\n"
    take(database, files, now, (head + "L1,Nguyễn Thị Lan,7 Hàng Bè,,Hà Nội\n").encode())
    with database.read() as db:
        entry = suppression.find(db, Channel.LETTER, key)
        assert entry is not None
        assert (entry.reason, entry.also_dead) == (UNSUBSCRIBED, True)


@pytest.mark.parametrize("order", [("cleaned", "unsubscribed"), ("unsubscribed", "cleaned")])
@pytest.mark.parametrize("files_of", [1, 2])
def test_a_file_adds_what_another_did_not_know(
    database: Database, now: datetime, tmp_path: Path, order: tuple[str, ...], files_of: int
) -> None:
    files = FileStore(tmp_path)
    rows = [f"Lan,lan@example.com,{status}\n" for status in order]
    for text in ["".join(rows)] if files_of == 1 else rows:
        done = take(database, files, now, ("Họ tên,E-mail,Status\n" + text).encode())
    assert done.counts["suppressed"] == (1 if files_of == 1 else 0)
    with database.read() as db:
        entry = suppression.find(db, Channel.EMAIL, "lan@example.com")
        assert entry is not None
        assert (entry.reason, entry.also_dead) == (UNSUBSCRIBED, True)


def test_a_list_that_a_person_keeps_adds_a_wish_to_a_dead_mailbox(db: Session, now: datetime) -> None:
    suppression.suppress(db, Channel.EMAIL, "a@example.com", BOUNCED, source="smtp", now=now)
    by = {"reason": "gọi điện", "account": None, "source": "list", "now": now}
    assert not suppression_list.add_address(db, "A@example.com", **by)
    entry = suppression.find(db, Channel.EMAIL, "a@example.com")
    assert entry is not None
    assert (entry.reason, entry.also_dead) == (REQUESTED, True)


def test_a_dead_mailbox_is_not_asked_though_its_owner_could_change_their_mind(
    db: Session, now: datetime
) -> None:
    entry = suppression.suppress(db, Channel.EMAIL, "a@example.com", UNSUBSCRIBED, source="x", now=now)
    assert confirming.is_owners(entry)
    asked = OptIn(email_key="a@example.com")
    assert not confirming.blocked(db, asked)
    suppression.suppress(db, Channel.EMAIL, "a@example.com", BOUNCED, source="smtp", now=now)
    assert confirming.blocked(db, asked)
