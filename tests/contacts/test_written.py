"""A blocked postal address is shown as people write it, and found as it is shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.contacts import profile, suppression, suppression_list
from campaign.contacts.written import as_written
from campaign.models import Channel, Contact, Delivery, Suppression, SuppressionReason
from tests.factories import make_contact, make_delivery, make_organisation

LAN = {
    "full_name": "Ngô Thị Ễn", "street": "7 Hàng Bè", "ward": "Hoàn Kiếm", "province": "Hà Nội",
    "postal_code": "11017", "form_of_address": "Bà",
}  # fmt: skip


def block(db: Session, contact: Contact, now: datetime, source: str = "phone") -> Suppression:
    key = contact.letter_key
    return suppression.suppress(db, Channel.LETTER, key, SuppressionReason.REQUESTED, source=source, now=now)


def said(db: Session, entry: Suppression) -> tuple[tuple[str, ...], bool]:
    written = as_written(db, [entry])[entry.id]
    return written.lines, written.folded


def test_it_is_read_from_who_lives_there(db: Session, now: datetime) -> None:
    entry = block(db, make_contact(db, **LAN), now)
    assert "hang be" in entry.address_key
    assert said(db, entry) == (("Ngô Thị Ễn", "7 Hàng Bè", "Hoàn Kiếm", "Hà Nội 11017"), False)


def test_a_contact_person_at_the_organisations(db: Session, now: datetime) -> None:
    house = make_organisation(db, full_name="Trà Mộc An")
    person = make_contact(db, full_name="Vũ Lan", street="", province="", organisation_id=house.id)
    lines, _ = said(db, block(db, person, now))
    assert lines[:3] == ("Vũ Lan", "Trà Mộc An", "5 phố Bà Triệu")


def test_who_moved_is_read_from_the_letter_that_came_back(db: Session, now: datetime) -> None:
    contact = make_contact(db, **LAN)
    letter: Delivery = make_delivery(db, contact=contact, channel=Channel.LETTER)
    letter.address, letter.address_key = "Bà Ngô Thị Ễn\n7 Hàng Bè\nHà Nội 11017", contact.letter_key
    entry = block(db, contact, now, source=f"delivery {letter.id}")
    profile.change(db, contact, {"street": "9 Hàng Gai"}, source="form", now=now)
    assert said(db, entry) == (("Bà Ngô Thị Ễn", "7 Hàng Bè", "Hà Nội 11017"), False)
    letter.address_key = "another"
    assert said(db, entry)[1]


def test_of_an_address_nobody_has_the_folded_form_is_made_readable(db: Session, now: datetime) -> None:
    contact = make_contact(db, **LAN)
    entry = block(db, contact, now)
    profile.change(db, contact, {"street": "9 Hàng Gai"}, source="form", now=now)
    assert said(db, entry) == (("Ngo Thi En", "7 Hang Be", "Hoan Kiem", "Hà Nội"), True)
    long = make_contact(
        db, **LAN | {"full_name": "Ngô " * 40, "street": "Ngõ " * 40, "ward": "Bến Nghé " * 12}
    )
    cut = block(db, long, now)
    long.place_key = ""
    assert "#" in cut.address_key
    assert not any("#" in line for line in said(db, cut)[0])


def test_an_email_stays_as_it_is_and_nothing_is_nothing(db: Session, now: datetime) -> None:
    entry = suppression.suppress(
        db, Channel.EMAIL, "an@example.com", SuppressionReason.BOUNCED, source="delivery 1", now=now
    )
    assert said(db, entry) == (("an@example.com",), False)
    assert as_written(db, []) == {}


def test_it_is_found_as_it_is_shown(db: Session, now: datetime) -> None:
    entry = block(db, make_contact(db, **LAN), now)
    other = block(db, make_contact(db, full_name="Đỗ Nam", street="1 Lê Lợi", province="Huế"), now)

    def found(words: str) -> list[Suppression]:
        return list(db.scalars(suppression_list.addresses(words)))

    shown = "Bà Ngô Thị Ễn, Số 7 Hàng Bè, Phường Hoàn Kiếm, Hà Nội 11017"
    for words in ("Hàng Bè", "hang be", shown, "Ngo Thi En, 7 Hang Be, Hà Nội", "ngô"):
        assert found(words) == [entry], words
    assert found("lê lợi") == [other]
    assert found("%") == found("Hàng Bè, Huế") == []
    assert set(found(" , ")) == {entry, other}
