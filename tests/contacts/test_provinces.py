"""Provinces by any writing: whole tables; what is one is found as one, what is two stays two."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts import provinces
from campaign.contacts.names import search_key
from campaign.contacts.provinces import BEFORE, GONE, PARTS, TODAY, Part, Region, key_of

NAMES = [(key, former.name) for key, former in BEFORE.items()] + [
    (key, province.name) for key, province in TODAY.items()
]


def test_the_63_became_the_34() -> None:
    assert (len(BEFORE), len(TODAY)) == (63, 34)
    assert {former.became for former in BEFORE.values()} == set(TODAY)
    made_of = [sum(former.became == key for former in BEFORE.values()) for key in TODAY]
    # Resolution 202/2025/QH15: eleven stay as they are, 23 are made of 52
    assert made_of.count(1) == 11
    assert sum(number for number in made_of if number > 1) == 52
    # 29 names are gone by the mergers, one by renaming: Thừa Thiên Huế is Huế
    assert len(GONE) == 30
    assert {key for key in TODAY if key not in BEFORE} == {"hue"}


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("Bình Dương", "Thành phố Hồ Chí Minh"), ("Bà Rịa - Vũng Tàu", "Thành phố Hồ Chí Minh"),
        ("Hà Giang", "Tuyên Quang"), ("Yên Bái", "Lào Cai"), ("Bắc Kạn", "Thái Nguyên"),
        ("Vĩnh Phúc", "Phú Thọ"), ("Hòa Bình", "Phú Thọ"), ("Bắc Giang", "Bắc Ninh"),
        ("Thái Bình", "Hưng Yên"), ("Hải Dương", "Hải Phòng"), ("Hà Nam", "Ninh Bình"),
        ("Nam Định", "Ninh Bình"), ("Quảng Bình", "Quảng Trị"), ("Quảng Nam", "Đà Nẵng"),
        ("Kon Tum", "Quảng Ngãi"), ("Bình Định", "Gia Lai"), ("Ninh Thuận", "Khánh Hòa"),
        ("Đắk Nông", "Lâm Đồng"), ("Bình Thuận", "Lâm Đồng"), ("Phú Yên", "Đắk Lắk"),
        ("Bình Phước", "Đồng Nai"), ("Long An", "Tây Ninh"), ("Sóc Trăng", "Cần Thơ"),
        ("Hậu Giang", "Cần Thơ"), ("Bến Tre", "Vĩnh Long"), ("Trà Vinh", "Vĩnh Long"),
        ("Tiền Giang", "Đồng Tháp"), ("Bạc Liêu", "Cà Mau"), ("Kiên Giang", "An Giang"),
        ("Thừa Thiên Huế", "Huế"),
    ],
)  # fmt: skip
def test_what_each_name_that_is_gone_became(old: str, now: str) -> None:
    """Written down here a second time, from the resolution, not from the table."""
    key = key_of(old)
    assert key in GONE
    became = provinces.today(key)
    assert became is not None
    assert became.name == now


def test_every_region_and_part_is_covered_once() -> None:
    within = [key for region in Region for key in provinces.keys_within(region)]
    assert sorted(within) == sorted({*BEFORE, *TODAY})
    assert sorted(key for part in Part for key in provinces.keys_within(part)) == sorted(within)
    assert {region for regions in PARTS.values() for region in regions} == set(Region)
    sizes = {region: sum(found.region is region for found in TODAY.values()) for region in Region}
    assert list(sizes.values()) == [9, 6, 5, 6, 3, 5]  # Resolution 306/NQ-CP
    assert "binh-thuan" in provinces.keys_within(Region.SOUTH_CENTRAL)  # with Lâm Đồng, of which it is part


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("TP.HCM", "ho-chi-minh"), ("TP. Hồ Chí Minh", "ho-chi-minh"), ("tphcm", "ho-chi-minh"),
        ("Sài Gòn", "ho-chi-minh"), ("Saigon", "ho-chi-minh"), ("HCM", "ho-chi-minh"),
        ("Thành phố Hồ Chí Minh", "ho-chi-minh"), ("Ho Chi Minh City, Vietnam", "ho-chi-minh"),
        ("胡志明市", "ho-chi-minh"), ("Hà Nội", "ha-noi"), ("Hanoi", "ha-noi"), ("河内", "ha-noi"),
        ("Thừa Thiên Huế", "thua-thien-hue"), ("Thừa Thiên - Huế", "thua-thien-hue"),
        ("TT. Huế", "thua-thien-hue"), ("Huế", "hue"), ("TP Huế", "hue"),
        ("BRVT", "ba-ria-vung-tau"), ("BR-VT", "ba-ria-vung-tau"),
        ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"), ("DakLak", "dak-lak"), ("Đắk Lắk", "dak-lak"),
        ("Đăk Lăk", "dak-lak"), ("Đắc Lắc", "dak-lak"), ("Tỉnh Bình Dương", "binh-duong"),
        ("T. Bình Dương", "binh-duong"), ("binh duong province", "binh-duong"), ("Hoà Bình", "hoa-binh"),
        ("Kontum", "kon-tum"), ("TP Đồng Nai", "dong-nai"), ("Bắc Cạn", "bac-kan"),
    ],
)  # fmt: skip
def test_common_writings(written: str, key: str) -> None:
    assert key_of(written) == key


@pytest.mark.parametrize(
    "written",
    ["", "  ", "Quận 1, TP.HCM", "Hà Nội hoặc Huế", "Việt Nam", "TP", "Tỉnh", "Thủ Đức", "Paris", "Hà", "1"],
)
def test_what_names_no_province_or_more_than_one_is_not_guessed(written: str) -> None:
    assert key_of(written) == ""


def test_abroad_nothing_is_a_province_of_vietnam() -> None:
    assert key_of("Hà Nội", "DE") == ""
    assert key_of("Hue", "DE") == ""


def _bare(text: str) -> str:
    return "".join(char for char in search_key(text) if char.isalnum())


def test_no_two_provinces_fold_to_one() -> None:
    folds = {key: _bare(name) for key, name in NAMES}
    assert len(set(folds.values())) == len(folds)


@st.composite
def writings(draw: st.DrawFn) -> tuple[str, str]:
    """A name as people write it: with or without marks, in any case, glued or spaced, with or without a word
    before it."""
    key, name = draw(st.sampled_from(NAMES))
    if draw(st.booleans()):
        name = search_key(name)
    name = draw(st.sampled_from((str.upper, str.lower, str.title, str)))(name)
    name = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), name)
    name = draw(st.sampled_from(("", " ", "-", " - ", ".", "\u00a0"))).join(name.replace("-", " ").split())
    before = draw(
        st.sampled_from(("", "tỉnh ", "Tỉnh ", "TP ", "TP.", "Tp. ", "thành phố ", "THANH PHO ", "T. "))
    )
    after = draw(st.sampled_from(("", " ", ".", ", Việt Nam", " - VIET NAM", " Province", " City")))
    return key, f"{before}{name}{after}"


@given(writings())
def test_every_writing_of_a_name_is_that_province(written: tuple[str, str]) -> None:
    key, text = written
    assert key_of(text) == key


@given(st.text(max_size=40))
def test_any_text_names_a_province_or_none_and_is_left_as_it_is(text: str) -> None:
    key = key_of(text)
    assert key == "" or (provinces.today(key) is not None and len(key) <= provinces.KEY_LIMIT)
    assert key_of(unicodedata.normalize("NFD", text)) == key_of(unicodedata.normalize("NFC", text))


@given(st.sampled_from(NAMES), st.text(alphabet="abcđễ ,1", min_size=1, max_size=5).filter(str.strip))
def test_a_name_with_more_than_a_name_is_only_found_when_it_is_another_one(
    named: tuple[str, str], more: str
) -> None:
    key, name = named
    found = key_of(f"{name} Quận {more}")
    assert found == ""
    assert key_of(name) == key
