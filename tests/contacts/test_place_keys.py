"""One person at one place has one key, a function of the letter key, so that old ones can be read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts.addresses import PostalKeys, postal_keys_at
from campaign.contacts.place_keys import (
    KEY_LIMIT,
    bare_name,
    folded_anew,
    is_readable,
    place_key_of,
    same_person,
)

WORDS = st.text("aăâđeêioôơuưyAĐNg ịễ.,/|#-0123456789王ßİ", max_size=24) | st.sampled_from(
    ("Chị", "Nguyễn Thị Lan", "số 12", "Phường", "P. 5", "TP.HCM", "Bình Dương", "x" * 200)
)
TEXT = st.lists(WORDS, max_size=3).map(" ".join)


def keys(name: str, *place: str) -> PostalKeys:
    street, ward, province, *more = place
    code, country = [*more, "", "VN"][:2] if more else ("", "VN")
    home = SimpleNamespace(street=street, ward=ward, province=province, postal_code=code, country=country)
    return postal_keys_at(name, home)


@given(TEXT, TEXT, TEXT, TEXT)
def test_a_letter_key_tells_its_place(name: str, street: str, ward: str, province: str) -> None:
    found = keys(name, street, ward, province)
    assert place_key_of(found.place) == found.place
    assert len(found.place) <= KEY_LIMIT
    if is_readable(found.letter):
        assert place_key_of(found.letter) == found.place


@pytest.mark.parametrize(
    "other",
    [
        ("Nguyễn Thị Lan", "12/5 Lê Lợi", "Phường 5", "Huế"),
        ("Nguyễn Thị Lan", "14 Lê Lợi", "Phường 5", "Huế"),
        ("Nguyễn Thị Lan", "12A Lê Lợi", "Phường 5", "Huế"),
        ("Nguyễn Thị Lan", "12 Lê Lai", "Phường 5", "Huế"),
        ("Nguyễn Thị Lan", "12 Lê Lợi", "Phường 6", "Huế"),
        ("Nguyễn Thị Lan", "12 Lê Lợi", "Phường 5", "Hà Nội"),
        ("Nguyễn Lan", "12 Lê Lợi", "Phường 5", "Huế"),
        ("Nguyễn Thị Loan", "12 Lê Lợi", "Phường 5", "Huế"),
    ],
)
def test_another_person_or_place_is_another(other: tuple[str, str, str, str]) -> None:
    assert keys(*other).place != keys("Nguyễn Thị Lan", "12 Lê Lợi", "Phường 5", "Huế").place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12 Lê Lợi", "Phường Phương Liệt"), ("12 Lê Lợi", "Phương Liệt")),
        (("12 Lê Lợi", "P. Phương Liệt"), ("12 Lê Lợi", "phuong liet")),
        (("12 Lê Lợi", "Xã Xà Bang"), ("12 Lê Lợi", "Xà Bang")),
        (("Số 12 đường Lê Lợi", "Bến Nghé"), ("12 Le Loi Street", "Ben Nghe Ward")),
        (("12 Lê Lợi", "Bến Nghé"), ("No. 12 Le Loi St.", "Ben Nghe")),
    ],
)
def test_streets_and_wards_in_other_words_are_one(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert keys("Lan", *one, "Hà Nội").place == keys("Lan", *other, "Hanoi").place


@pytest.mark.parametrize(
    ("one", "other"), [("12 High Street", "12 High"), ("12 High Street", "12 High St"), ("P. 302", "P. 303")]
)
def test_abroad_a_street_and_a_road_are_two(one: str, other: str) -> None:
    assert keys("Lan", one, "", "London", "", "GB").place != keys("Lan", other, "", "London", "", "GB").place


WORDS_OF_PLACES = st.lists(
    st.sampled_from(
        ("so", "12", "a", "duong", "pho", "le", "loi", "street", "st", "phuong", "xa", "p", "5", "ward")
    ),
    max_size=5,
).map(" ".join)


@given(WORDS_OF_PLACES, WORDS_OF_PLACES)
def test_a_key_is_folded_anew_once(street: str, ward: str) -> None:
    found = keys("Lan", street, ward, "Hà Nội").place
    assert folded_anew(found) == found


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Chị Lan", "lan"), ("Chi Lan", "chi lan"), ("CHI NGUYEN THI LAN", "nguyen thi lan"),
        ("Anh Thư", "anh thu"), ("Anh Nguyễn An", "nguyen an"), ("PGS. TS. Trần Văn Ân", "tran van an"),
        ("Bác sĩ Lê Hòa", "le hoa"), ("Chu Văn An", "chu van an"), ("王先生", "王"), ("Mr. John", "john"),
        ("Anh", "anh"), ("", ""), ("Cô", "co"),
    ],
)  # fmt: skip
def test_a_name_without_titles(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lê Hoà", "Lê Hòa", True), ("LE HOA", "Lê Hòa", True), ("Chị Lê Hoa", "Lê Hoa", True),
        ("王先生", "王太太", False), ("Mr Smith", "Mrs. Smith", False), ("Ông Hai", "Bà Hai", False),
        ("Chị Lê Hoa", "Anh Lê Hoa", False), ("Bà Hai", "BA HAI", True), ("王先生", "王", True),
        ("BS. Lê An", "Ông Lê An", True), ("Cô Hai", "Bà Hai", True),
        ("Lê Hoa", "Lê Hòa", False), ("Trần Văn An", "Trần Văn Ân", False), ("Đỗ An", "DO AN", True),
    ],
)  # fmt: skip
def test_marks_and_titles_that_contradict_each_other_are_two_people(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same_person(other, one) is same
