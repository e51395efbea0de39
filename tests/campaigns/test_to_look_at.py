"""Whom one can preview a message with: found as in the list of contacts, people only."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campaign.campaigns.samples import Meant, fit, to_look_at
from campaign.contacts import consent, deceased, suppression
from campaign.contacts.erasure import empty
from campaign.models import Channel, ConsentPurpose, Contact, SuppressionReason
from tests.factories import make_consent, make_contact, make_organisation, make_sender


def test_people_are_found_as_in_the_list(db: Session, now: datetime) -> None:
    house = make_organisation(db, full_name="Trà Mộc An")
    make_contact(db, full_name="Vũ Lan", phone="0912 345 678", organisation_id=house.id)
    make_contact(db, full_name="Đỗ Thị Ễn", email="en@example.com")
    db.flush()
    what = Meant(Channel.EMAIL, ConsentPurpose.MARKETING, make_sender(db).id)
    for asked, expected in (
        ("lan vu", ["Vũ Lan"]), ("5678", ["Vũ Lan"]), ("moc an", ["Vũ Lan"]),
        ("EN@example.com", ["Đỗ Thị Ễn"]),
        ("x" * 1_000_000, []), ("\u200d", []),
    ):  # fmt: skip
        assert [found.full_name for found in to_look_at(db, None, asked, now, what)] == expected, asked[:20]


def test_nobody_is_shown_who_is_gone_or_said_no(db: Session, now: datetime) -> None:
    sender, other = make_sender(db), make_sender(db, name="Nhà khác")
    email, letter = (Meant(one, ConsentPurpose.MARKETING, sender.id) for one in Channel)

    def somebody(name: str) -> Contact:
        return make_contact(db, full_name=name, email=f"{name}@example.com", street=f"{name} phố Huế")

    make_organisation(db)
    for name in ("an", "binh"):  # asked or not, they said no nowhere
        somebody(name)
    make_consent(db, somebody("chi"), sender)
    deceased.record(db, somebody("dead"), died_on=None, source="gọi", now=now)
    empty(db, somebody("erased"), now)
    of = {"source": "page", "now": now}
    mail, marketing, greeting = Channel.EMAIL, ConsentPurpose.MARKETING, ConsentPurpose.GREETING
    consent.withdraw(db, somebody("nomail"), sender.id, mail, marketing, **of)
    consent.withdraw(db, somebody("nopost"), sender.id, Channel.LETTER, marketing, **of)
    consent.withdraw(db, somebody("elsewhere"), other.id, mail, marketing, **of)
    blocked = somebody("blocked")
    suppression.suppress(db, mail, blocked.email_key, SuppressionReason.BOUNCED, **of)
    again = somebody("again")
    consent.withdraw(db, again, sender.id, mail, marketing, **of)
    make_consent(db, again, sender, now=now + timedelta(days=1))
    db.flush()

    def shown(what: Meant, search: str = "") -> set[str]:
        return {found.full_name for found in to_look_at(db, None, search, now, what, limit=50)}

    both = {"an", "binh", "chi", "elsewhere", "again"}
    assert shown(email) == both | {"nopost"}
    assert shown(letter) == both | {"nomail", "blocked"}
    assert shown(email, "nomail") == shown(email, "dead") == set()
    assert shown(letter, "nomail") == {"nomail"}
    # a no to marketing is one to greetings until they are said yes to
    greetings = Meant(mail, greeting, sender.id)
    assert "nomail" not in shown(greetings)
    nomail = next(one for one in to_look_at(db, None, "nomail", now, letter))
    make_consent(db, nomail, sender, greeting, now=now + timedelta(days=1))
    assert fit(db, [nomail], greetings) == [nomail]
    assert fit(db, [], greetings) == []


def test_where_most_have_said_no_the_others_are_found(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    what = Meant(Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)
    people = [make_contact(db, full_name=f"Lan {number}") for number in range(12)]
    for contact in people[:11]:
        consent.withdraw(
            db, contact, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, source="page", now=now
        )
    assert to_look_at(db, None, "", now, what, limit=1) == people[11:]
