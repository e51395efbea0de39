"""What a clerk types, and whom it finds; on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import delete, event, insert, text
from sqlalchemy.orm import Session

from campaign.contacts import erasure, finding, profile
from campaign.contacts.search import pages
from campaign.contacts.search.pages import Filters, Place
from campaign.contacts.search.words import words_of
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind

ALL = Filters()


def add(db: Session, now: datetime, name: str, **facts: object) -> Contact:
    return profile.create(db, {"full_name": name, **facts}, source="test", now=now)


def _row(contact: Contact) -> dict[str, object]:
    """A row like theirs."""
    columns = (column.name for column in Contact.__table__.c)
    row = {name: getattr(contact, name) for name in columns if name not in ("id", "erased_at")}
    return row | {"code": "T1"}


def names(db: Session, asked: str, filters: Filters = ALL, size: int = 20) -> list[str]:
    db.flush()
    found = finding.find(db, asked, filters, size)
    assert found.count == len(found.ids) or found.has_next
    return [contact.full_name for contact in finding.load(db, found.ids)]


@pytest.mark.parametrize(
    "asked",
    [
        "nguyen van a", "Nguyễn Văn Á", "NGUYỄN", "á văn", "ngu van", "nguye\u0302\u0303n", "  van   a ",
        "KH77", "kh77", "+84 912 345 678", "0912.345.678", "84912345678", "(+84) 912-345-678", "912345678",
        "0912 345", "84912345", "5678", "345 678", "678", "an.nguyen@shop.example.com", "AN.NGUYEN@shop",
        "an.nguyen", "nguyen@shop.example.com", "@shop.example.com", "shop.example.com", "@example.com",
        "example", "van 5678", "Nguyễn 0912 345 678", "０９１２３４５６７８", "tra moc an", "nguyen moc",
    ],
)  # fmt: skip
def test_one_person_is_found_in_many_ways(db: Session, now: datetime, asked: str) -> None:
    house = add(db, now, "Công ty Trà Mộc An", kind="organisation")
    db.flush()
    add(
        db, now, "Nguyễn Văn Á", code="KH77", phone="0912 345 678", email="An.Nguyen@shop.example.com",
        organisation_id=house.id,
    )  # fmt: skip
    add(db, now, "Phạm Thị Bưởi", code="X1", phone="0987 111 222", email="buoi@khac.vn")
    found = names(db, asked)
    assert "Nguyễn Văn Á" in found
    assert "Phạm Thị Bưởi" not in found


@pytest.mark.parametrize("asked", ["uyen", "an", "12 345", "KH", "7", "nguyen thi", "an@shop", "%", "_", "'"])
def test_what_is_in_the_middle_of_a_word_or_on_everybody_finds_nobody(
    db: Session, now: datetime, asked: str
) -> None:
    add(db, now, "Nguyễn Văn Á", code="KH77", phone="0912 345 678", email="mot.nguyen@shop.example.com")
    assert names(db, asked) == []


def test_marks_that_were_typed_put_the_same_marks_first_wherever_the_tone_stands(
    db: Session, now: datetime
) -> None:
    for name in ("Hoàng Văn", "An Hoa", "An Hóa", "Bình Hòa", "Châu Hoà", "Hoạn Thư"):
        add(db, now, name)
    for asked in ("Hoà", "hòa", "HOA\u0300"):
        assert names(db, asked) == ["Bình Hòa", "Châu Hoà", "An Hoa", "An Hóa", "Hoàng Văn", "Hoạn Thư"]
    assert names(db, "hoa") == ["An Hoa", "An Hóa", "Bình Hòa", "Châu Hoà", "Hoạn Thư", "Hoàng Văn"]


def test_an_organisation_comes_before_its_people_and_follows_its_name(db: Session, now: datetime) -> None:
    house = add(db, now, "Trà Mộc An", kind="organisation")
    db.flush()
    add(db, now, "An Lan", organisation_id=house.id)
    assert names(db, "mộc an") == ["Trà Mộc An", "An Lan"]
    assert names(db, "moc", Filters(ContactKind.PERSON)) == ["An Lan"]
    assert names(db, "lan moc") == ["An Lan"]
    profile.change(db, house, {"full_name": "Trà Sen"}, source="test", now=now)
    assert names(db, "moc") == []
    assert names(db, "tra sen") == ["Trà Sen", "An Lan"]
    erasure.empty(db, house, now)
    assert names(db, "tra sen") == []
    assert names(db, "lan") == ["An Lan"]


@pytest.mark.parametrize("typed", ['yen "', '" yen', "yen ( * &", '"yen"', "yen - @"])
def test_signs_beside_words_are_nothing(db: Session, now: datetime, typed: str) -> None:
    add(db, now, "Yến")
    add(db, now, "***")
    assert names(db, typed) == names(db, "yen") == ["Yến"]
    assert names(db, "***") == ["***"]  # who asks for nothing else means the signs


def test_names_in_chinese_are_found_from_any_character_on(db: Session, now: datetime) -> None:
    add(db, now, "王小明", language="zh")
    add(db, now, "中国国际信息技术有限公司ABC", kind="organisation")
    assert names(db, "小明") == names(db, "王") == names(db, "明") == ["王小明"]
    for asked in ("国际", "国国际信息技术有限公司", "公司 abc", "ABC公司"):
        assert names(db, asked) == ["中国国际信息技术有限公司ABC"], asked
    assert names(db, "王明") == names(db, "国国信息") == []


def test_who_changes_is_found_as_they_are_now_and_who_is_erased_not_at_all(
    db: Session, now: datetime
) -> None:
    contact = add(db, now, "Đỗ Thị Ễn", email="en@example.com")
    db.flush()
    profile.change(db, contact, {"full_name": "Vũ Lan", "phone": "0901 234 567"}, source="test", now=now)
    assert names(db, "do thi") == []
    assert names(db, "vu 4567") == ["Vũ Lan"]
    code = contact.code
    erasure.empty(db, contact, now)
    for asked in ("vu", "4567", code, "en@example.com"):
        assert names(db, asked) == [], asked
    db.flush()
    db.execute(insert(Contact), [{**_row(contact), "full_name": "Tạm Thời", "search_words": "tam thoi"}])
    assert names(db, "tam") == ["Tạm Thời"]
    db.execute(delete(Contact).where(Contact.full_name == "Tạm Thời"))
    assert names(db, "tam") == []


def test_filters_narrow_what_is_found(db: Session, now: datetime) -> None:
    add(db, now, "An Một", province="Huế", tags=["vip"])
    add(db, now, "An Hai", province="Huế")
    add(db, now, "An Ba", province="Hà Nội", tags=["vip"], kind="organisation")
    assert names(db, "an", Filters(province="Huế", tag="vip")) == ["An Một"]
    assert names(db, "", Filters(tag="vip")) == ["An Ba", "An Một"]
    assert names(db, "an", Filters(ContactKind.ORGANISATION)) == ["An Ba"]
    assert set(finding.provinces(db)) == {"Huế", "Hà Nội"}
    assert finding.tags(db) == ["vip"]


def test_a_list_is_turned_both_ways_and_begins_anew_behind_somebody_who_is_gone(
    db: Session, now: datetime
) -> None:
    people = [add(db, now, f"Người {letter}") for letter in "abcde"]
    db.flush()
    ids = [person.id for person in people]
    first = finding.find(db, "", ALL, 2)
    assert (first.ids, first.has_previous, first.has_next, first.count) == (ids[:2], False, True, 5)
    second = finding.find(db, "nguoi", ALL, 2, Place(ids[1]))
    assert (second.ids, second.has_previous, second.has_next) == (ids[2:4], True, True)
    last = finding.find(db, "", ALL, 2, Place(ids[3]))
    assert (last.ids, last.has_next) == (ids[4:], False)
    back = finding.find(db, "nguoi", ALL, 2, Place(ids[2], backwards=True))
    assert (back.ids, back.has_previous, back.has_next) == (ids[:2], False, True)
    assert finding.find(db, "", ALL, 2, Place(999_999)).ids == ids[:2]


def test_more_than_are_counted_is_said_to_be_more(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "COUNT_LIMIT", 2)
    for letter in "abc":
        add(db, now, f"Người {letter}")
    db.flush()
    assert finding.find(db, "nguoi", ALL, 1).count is None
    assert finding.find(db, "", ALL, 1).count is None
    assert finding.find(db, "a", ALL, 1).count == 1


def test_what_is_longer_than_any_name_is_refused_in_words(db: Session) -> None:
    with pytest.raises(InvalidInput) as refused:
        finding.find(db, "x" * 1_000_000, ALL, 20)
    assert refused.value.key == "search-too-long"
    with pytest.raises(InvalidInput) as refused:
        finding.find(db, "a " * 60, ALL, 20)
    assert refused.value.key == "search-too-many-words"
    assert finding.find(db, "\u200d", ALL, 20).ids == []


@pytest.mark.parametrize("asked", ["nguyen van", "Hoà", "5678", "an@x.vn", "KH000123", "小明"])
def test_no_search_reads_all_contacts(database: Database, asked: str) -> None:
    """By the plans of the statements themselves."""
    plans: list[str] = []

    def explain(_c: object, cursor: object, statement: str, given: object, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
            extra = cursor.connection.cursor()  # type: ignore[attr-defined]
            extra.execute(how + statement, given)
            plans.append("\n".join(str(row[-1]) for row in extra.fetchall()))

    event.listen(database.engine, "before_cursor_execute", explain)
    with database.read() as db:
        finding.find(db, asked, ALL, 50)
    event.remove(database.engine, "before_cursor_execute", explain)
    assert plans
    for plan in plans:
        assert "Seq Scan on contact" not in plan, plan
        assert "SCAN contact" not in plan.replace("SCAN contact_search", ""), plan


def test_sqlite_takes_rows_in_bulk_and_has_its_trigger_again(database: Database, now: datetime) -> None:
    if not database.is_sqlite:
        pytest.skip("only SQLite has the trigger")
    from campaign.lab import bench_search_data

    bench_search_data.fill(database, 300, now)
    with database.write() as db:
        words = db.scalar(text("SELECT search_words FROM contact WHERE id = 300"))
        assert 300 in finding.find(db, words.split(" ")[0], ALL, 500).ids
        add(db, now, "Zoltán Sau Cùng")
        assert names(db, "zoltan") == ["Zoltán Sau Cùng"]
        db.execute(text("INSERT INTO contact_search (contact_search, rank) VALUES ('integrity-check', 1)"))


def test_words_of_a_contact() -> None:
    found = words_of("Hoà", "KH-01", "a.b@shop.x.vn", "+49301", "Mộc An").split(" ")
    assert found == [
        "hoa", "\u0300hoa", ":kh", ":01", "<a.b@shop.x.vn", "<b@shop.x.vn", "@shop.x.vn", "@x.vn", "#49301",
        "~10394", "/moc", "/an",
    ]  # fmt: skip
