"""Importing people: once, twice, and never against a no."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import consent, suppression
from campaign.contacts.consent import Terms
from campaign.contacts.csv_import import matching, people
from campaign.contacts.csv_import.consents import Collected
from campaign.contacts.csv_import.outcome import Outcome, Refusal, refused_csv
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.person import Person
from campaign.contacts.csv_import.reading import read
from campaign.contacts.csv_import.rules import Rule
from campaign.models import (
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    ContactFact,
    ContactKind,
    ImportRefusal,
    Sender,
    SuppressionReason,
)
from tests.factories import make_consent, make_contact, make_sender

MAPPING = {
    "ma": "code", "ten": "full_name", "mail": "email", "sdt": "phone", "dc": "street", "tinh": "province",
    "sn": "birthday", "the": "tags", "cty": "organisation", "dongy": "agreed",
}  # fmt: skip


def run(db: Session, text: str, now: datetime, consent_: Collected | None = None) -> Outcome:
    table = read(text.encode())
    mapping = {heading: MAPPING[heading] for heading in table.headings}
    return people.run(db, table, Plan(mapping, "import:1", consent_), now=now)


def collected(sender: Sender, now: datetime) -> Collected:
    return Collected(
        sender.id,
        (Channel.EMAIL,),
        (ConsentPurpose.MARKETING,),
        Terms("Tôi đồng ý", method="form"),
        "Lê Thu Hương",
        now,
    )


def may(db: Session, contact: Contact, sender: Sender) -> bool:
    return consent.may_write(db, contact, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)


def as_row(refusal: Refusal) -> ImportRefusal:
    return ImportRefusal(
        row=refusal.row.number, reason=refusal.reason, values=refusal.values, cells=list(refusal.row.cells)
    )


def find(db: Session, **facts: Any) -> Contact:
    return db.scalars(select(Contact).filter_by(**facts)).one()


def test_a_file_twice_changes_nothing(db: Session, now: datetime) -> None:
    text = (
        "ma,ten,mail,sdt,sn,the,cty\n"
        "K1,Nguye\u0302\u0303n Thị Ễn,En@Example.com,0901 234 567,15/08/1970,vip; trà,Khách sạn Sen\n"
        ",Trần Văn An,an@example.com,,29/2,,\n"
        ",Lê Thị Sen,,0901 111 222,,,khách sạn sen\n"
    )
    first = run(db, text, now)
    assert +first.counts == {"rows": 3, "created": 3}
    en = find(db, code="K1")
    assert (en.full_name, en.email, en.tags) == ("Nguyễn Thị Ễn", "En@example.com", ["trà", "vip"])
    assert (en.birth_day, en.birth_month, en.birth_year) == (15, 8, 1970)
    assert en.organisation is not None
    assert en.organisation.kind is ContactKind.ORGANISATION
    assert find(db, full_name="Lê Thị Sen").organisation_id == en.organisation_id
    facts = db.scalar(select(func.count()).select_from(ContactFact))
    second = run(db, text, now + timedelta(days=1))
    assert second.counts["unchanged"] == 3
    assert db.scalar(select(func.count()).select_from(ContactFact)) == facts


def test_known_people_are_matched_by_code_then_email_then_phone(db: Session, now: datetime) -> None:
    by_code = make_contact(db, code="K7", email="old@example.com")
    by_email = make_contact(db, email="hoa@example.com")
    by_phone = make_contact(db, full_name="Lê Mai", phone="0909 999 999", email="")
    outcome = run(
        db,
        "ma,ten,mail,sdt,tinh\nK7,Một,new@example.com,,Huế\n,Hai,HOA@example.com,,Huế\n"
        ",lê  mai,,0909 999 999,Huế\n",
        now,
    )
    assert outcome.counts["changed"] == 3
    assert {by_code.province, by_email.province, by_phone.province} == {"Huế"}
    assert by_code.email == "new@example.com"


def test_an_empty_cell_erases_nothing_and_tags_are_added(db: Session, now: datetime) -> None:
    lan = make_contact(db, code="K1", phone="0901 234 567", tags=["vip"])
    run(db, "ma,ten,sdt,the\nK1,Lan,,mới\n", now)
    assert (lan.phone, lan.tags) == ("0901 234 567", ["mới", "vip"])


def test_two_people_with_codes_may_share_an_address(db: Session, now: datetime) -> None:
    run(db, "ma,ten,mail\nK1,Chồng,nha@example.com\nK2,Vợ,nha@example.com\n", now)
    assert (
        run(db, "ma,ten,mail\nK1,Chồng,nha@example.com\nK2,Vợ,nha@example.com\n", now).counts["unchanged"]
        == 2
    )


@pytest.mark.parametrize(
    "names",
    [("王先生", "王太太"), ("Mr. Smith", "Mrs. Smith"), ("Ông Hai", "Bà Hai"), ("Anh Lan", "Chị Lan")],
)
@pytest.mark.parametrize("row", ["{},0912345678,,", "{},,12 Lê Lợi,Huế", "{},0912345678,12 Lê Lợi,Huế"])
def test_man_and_wife_of_one_telephone_and_home_are_two(
    db: Session, now: datetime, names: tuple[str, str], row: str
) -> None:
    text = "ten,sdt,dc,tinh\n" + "".join(f"{row.format(name)}\n" for name in names)
    assert run(db, text, now).counts["created"] == 2
    assert run(db, text, now).counts["unchanged"] == 2
    assert set(db.scalars(select(Contact.full_name))) == set(names)


def test_of_several_at_a_mailbox_it_is_who_is_called_so(db: Session, now: datetime) -> None:
    nam = make_contact(db, code="K1", full_name="Nam", email="nha@example.com")
    lan = make_contact(db, code="K2", full_name="Chị Lan", email="nha@example.com")
    run(db, "ten,mail,sdt\nLan,nha@example.com,0912345678\n", now)
    assert (nam.full_name, lan.phone) == ("Nam", "0912345678")


class _Looked(dict[str, Any]):
    times = 0

    def __getitem__(self, name: str) -> Any:
        _Looked.times += 1
        return super().__getitem__(name)


@pytest.mark.parametrize("name", ["Lan 1500", "Chị Lan 7", "Somebody"])
def test_a_mailbox_of_thousands_is_not_looked_through_for_each_row(
    db: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Shops write one address for all who have none."""
    index = matching.Index(db, [], with_tags=False)
    here = {
        "email_key": "none@shop.example.com",
        "phone_key": "",
        "place_key": "",
        "kind": ContactKind.PERSON,
    }
    for number in range(2_000):
        called = {"full_name": f"Lan {number}", "name_key": f"lan {number}", "code": f"K{number}"}
        index.add(Person(number, _Looked(here | called)))
    monkeypatch.setattr(_Looked, "times", 0)
    found, _ = index.find(matching.keys_of({"full_name": name, "email": "none@shop.example.com"}))
    assert found is not None
    assert found.id == {"Lan 1500": 1500, "Chị Lan 7": 7}.get(name, 0)
    assert _Looked.times < 20


def test_a_first_real_code_replaces_our_own(db: Session, now: datetime) -> None:
    lan = make_contact(db, email="lan@example.com")
    run(db, "ma,ten,mail\nERP-9,Lan,lan@example.com\n", now)
    assert lan.code == "ERP-9"


def test_bad_rows_are_refused_with_reason_and_the_others_taken(db: Session, now: datetime) -> None:
    text = (
        "ten,mail,sn\n"
        "Lan,lan@example.com,1/1/1990\n"
        "Hoa,không có,\n"
        ",ai@example.com,\n"
        "Mai,mai@example.com,31/4\n"
        "Một mình,,\n"
        '"=HYPERLINK(""http://x"")",bad,\n'
        "Rộng,rong@example.com,,thừa\n"
    )
    outcome = run(db, text, now)
    assert outcome.counts["created"] == 1
    assert [(refusal.row.number, refusal.reason) for refusal in outcome.refusals] == [
        (3, "contacts-error-email"),
        (4, "contacts-error-no-name"),
        (7, "contacts-error-email"),
        (8, "contacts-import-row-too-wide"),
        (5, "contacts-error-birthday"),
        (6, "contacts-import-nobody"),
    ]
    assert db.scalar(select(func.count()).select_from(Contact)) == 1
    refused = [as_row(refusal) for refusal in outcome.refusals]
    table = read("".join(refused_csv(["ten", "mail", "sn"], refused, "vi")).encode())
    assert table.headings == ("Dòng", "Lý do", "ten", "mail", "sn")
    assert table.rows[0].cells[0::2][:2] == ("3", "Hoa")
    assert table.rows[0].cells[1].startswith("“không có” không phải là địa chỉ e-mail.")


def test_a_refused_change_leaves_the_person_as_they_were(db: Session, now: datetime) -> None:
    lan = make_contact(db, code="K1", birth_day=30, birth_month=4)
    outcome = run(db, "ma,ten,tinh,sn\nK1,Đổi tên,Huế,31/4\n", now)
    assert outcome.counts["refused"] == 1
    db.commit()
    assert (lan.full_name, lan.province, lan.birth_day) == ("Nguyễn Thị Ễn", "Hà Nội", 30)


def test_without_the_step_nobody_becomes_writable_and_with_it_they_do_once(
    db: Session, now: datetime
) -> None:
    sender = make_sender(db)
    text = "ten,mail,dongy\nLan,lan@example.com,có\nHoa,hoa@example.com,không\n"
    run(db, text, now)
    lan, hoa = find(db, full_name="Lan"), find(db, full_name="Hoa")
    assert not may(db, lan, sender)
    for _ in range(2):
        run(db, text, now, collected(sender, now))
    assert may(db, lan, sender)
    assert not may(db, hoa, sender)
    (entry,) = db.scalars(select(Consent))
    assert (entry.wording, entry.source, entry.method) == ("Tôi đồng ý", "import:1: Lê Thu Hương", "form")


@pytest.mark.parametrize("later", [timedelta(days=-30), timedelta(days=30)])
def test_who_unsubscribed_is_not_revived(db: Session, now: datetime, later: timedelta) -> None:
    sender = make_sender(db)
    lan = make_contact(db, code="K1", email="lan@example.com")
    make_consent(db, lan, sender, now=now - timedelta(days=60))
    consent.withdraw(db, lan, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, source="page", now=now)
    outcome = run(
        db,
        "ma,ten,mail\nK1,Lan,lan@example.com\nK2,Lan Hai,LAN@example.com\n",
        now,
        collected(sender, now + later),
    )
    assert not may(db, lan, sender)
    assert not may(db, find(db, code="K2"), sender)  # nor by another profile at the same address
    assert outcome.counts["kept_silent"] == 2
    assert outcome.counts["consents"] == 0


def test_a_suppressed_address_stays_so_and_a_no_follows_to_a_new_one(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan = make_contact(db, code="K1", email="lan@example.com")
    suppression.suppress(
        db, Channel.EMAIL, "lan@example.com", SuppressionReason.REQUESTED, source="phone", now=now
    )
    run(db, "ma,ten,mail\nK1,Lan,lan@example.com\n", now, collected(sender, now))
    assert not may(db, lan, sender)
    run(db, "ma,ten,mail\nK1,Lan,lan.moi@example.com\n", now, collected(sender, now))
    assert suppression.find(db, Channel.EMAIL, "lan.moi@example.com") is not None
    assert not may(db, lan, sender)


def test_an_erased_person_is_not_brought_back(db: Session, now: datetime) -> None:
    lan = make_contact(db, code="K1", email="lan@example.com")
    lan.erased_at = now
    db.flush()
    outcome = run(db, "ma,ten\nK1,Lan\nK2,Hoa\n", now)
    assert [refusal.reason for refusal in outcome.refusals] == ["contacts-error-erased"]
    assert outcome.counts["created"] == 1


def test_one_person_twice_in_a_file_keeps_the_good_row_when_the_second_is_refused(
    db: Session, now: datetime
) -> None:
    outcome = run(db, "ma,ten,tinh,sn\nK1,Lan,Huế,\nK1,Lan Hai,Đà Nẵng,31/4\nK1,Lan Ba,,\n", now)
    assert (outcome.counts["created"], outcome.counts["merged"], outcome.counts["refused"]) == (1, 1, 1)
    lan = find(db, code="K1")
    assert (lan.full_name, lan.province, lan.birth_day) == ("Lan", "Huế", None)


def test_the_first_row_about_a_person_counts_and_later_ones_add_what_is_missing(
    db: Session, now: datetime
) -> None:
    text = (
        "ma,ten,mail,sdt,tinh,the\n"
        ",Lan,lan@example.com,,Huế,vip\n"
        ",Lan Hai,LAN@example.com,0912 345 678,Đà Nẵng,trà\n"
        "K9,Lan,,+84 912.345.678,,\n"
        ",Hoa,hoa@example.com,,,\n"
    )
    first = run(db, text, now)
    assert +first.counts == {"rows": 4, "created": 2, "merged": 2}
    lan = find(db, email_key="lan@example.com")
    assert (lan.full_name, lan.phone, lan.province, lan.code) == ("Lan", "0912 345 678", "Huế", "K9")
    assert lan.tags == ["trà", "vip"]
    facts = db.scalar(select(func.count()).select_from(ContactFact))
    again = run(db, text, now)
    assert +again.counts == {"rows": 4, "unchanged": 2, "merged": 2}
    assert db.scalar(select(func.count()).select_from(ContactFact)) == facts


@pytest.mark.parametrize(
    ("rule", "phone", "province", "changed"),
    [
        (Rule.FILE, "0999 999 999", "Đà Nẵng", 1),
        (Rule.FILL, "0999 999 999", "Hà Nội", 1),
        (Rule.KEEP, "", "Hà Nội", 0),
    ],
)
def test_the_rule_says_what_becomes_of_people_we_know(
    db: Session, now: datetime, rule: Rule, phone: str, province: str, changed: int
) -> None:
    lan = make_contact(db, email="lan@example.com")
    table = read("ten,mail,sdt,tinh\nNguyễn Thị Ễn,lan@example.com,0999 999 999,Đà Nẵng\n".encode())
    mapped = {heading: MAPPING[heading] for heading in table.headings}
    outcome = people.run(db, table, Plan(mapped, "x", rule=rule), now=now)
    assert (lan.phone, lan.province, outcome.counts["changed"]) == (phone, province, changed)
    assert lan.phone_key == phone.replace(" ", "")


def test_another_address_is_another_person_but_a_no_of_their_twin_holds(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan = make_contact(db, full_name="Lan", email="lan@example.com", phone="0912 345 678")
    consent.withdraw(db, lan, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, source="page", now=now)
    text = "ten,mail,sdt\nLan,lan.moi@example.com,+84912345678\n"
    outcome = run(db, text, now, collected(sender, now))
    assert (outcome.counts["created"], outcome.counts["kept_silent"]) == (1, 1)
    assert not may(db, find(db, email="lan.moi@example.com"), sender)


def test_a_person_without_an_address_gets_the_one_of_their_row(db: Session, now: datetime) -> None:
    lan = make_contact(db, full_name="Lan", email="", phone="0912345678")
    run(db, "ten,mail,sdt\nLan,lan@example.com,912345678\n", now)
    assert lan.email == "lan@example.com"


def test_whatever_stands_in_a_cell_is_kept_as_it_is(db: Session, now: datetime) -> None:
    text = 'ten,mail,dc,tinh\n"Lan \\N \\t",lan@example.com,"12\\ Lê Lợi",Huế\n\\N,n@example.com,,\n'
    run(db, text, now)
    lan = find(db, email="lan@example.com")
    assert (lan.full_name, lan.street) == ("Lan \\N \\t", "12\\ Lê Lợi")
    assert find(db, email="n@example.com").full_name == "\\N"


def test_codes_of_our_own_step_aside_for_those_of_the_file(db: Session, now: datetime) -> None:
    text = "ma,ten,mail\n,Lan,lan@example.com\nKH000001,Hoa,hoa@example.com\n,Mai,mai@example.com\n"
    run(db, text, now)
    assert find(db, code="KH000001").full_name == "Hoa"
    assert len({contact.code for contact in db.scalars(select(Contact))}) == 3
    assert run(db, text, now).counts["unchanged"] == 3
