"""Addresses: what is written, and what is compared."""

from __future__ import annotations

import random

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.contacts.addresses import letter_key, letter_lines, normalise_email, phone_key
from campaign.errors import InvalidInput
from tests.factories import make_contact, make_organisation

SOME = "ab.+-_'@ễ \"xn--1(),:;<>[]\\\r\n" + "example.com"


@pytest.mark.parametrize(
    ("text", "address", "key"),
    [
        ("  An.Nguyen@Example.COM ", "An.Nguyen@example.com", "an.nguyen@example.com"),
        ("nguyễn@ví-dụ.vn", "nguyễn@ví-dụ.vn", "nguyễn@ví-dụ.vn"),
        ("an@XN--V-D-RMA6749A.vn", "an@ví-dụ.vn", "an@ví-dụ.vn"),
        ("o'neill+tea@example.org", "o'neill+tea@example.org", "o'neill+tea@example.org"),
    ],
)
def test_an_address_is_normalised(text: str, address: str, key: str) -> None:
    found = normalise_email(text)
    assert (found.address, found.key) == (address, key)


@pytest.mark.parametrize(
    "text",
    [
        "", "a@b", "a@localhost", "a@shop.test", "a@@example.com", "a..b@example.com", ".a@example.com",
        "Lan <lan@example.com>", "lan@example.com\r\nBcc: x@example.com", "a@example.com,b@example.com",
        "a@" + "b" * 64 + ".com", "a@" + ".".join(["b" * 60] * 5) + ".com",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        normalise_email(text)


@given(
    st.one_of(st.emails(), st.text(SOME, max_size=40), st.text(max_size=20).map(lambda t: t + "@example.com"))
)
def test_the_short_way_gives_the_validators_verdict(text: str) -> None:
    try:
        expected = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        expected = None
    try:
        found = normalise_email(text).address
    except InvalidInput:
        found = None
    assert found == expected


def test_only_a_local_part_beyond_ascii_needs_smtputf8() -> None:
    assert normalise_email("nguyễn@example.com").needs_smtputf8
    assert not normalise_email("an@ví-dụ.vn").needs_smtputf8


def test_a_vietnamese_address_block(db: Session) -> None:
    hotel = make_organisation(db)
    person = make_contact(
        db, full_name="NGUYỄN THỊ ỄN", form_of_address="Bà", street="12 Lê Lợi", ward="Phường Bến Thành",
        district="Quận 1", province="TP. Hồ Chí Minh", postal_code="71009", organisation_id=hotel.id,
    )  # fmt: skip
    assert letter_lines(person) == [
        "Bà NGUYỄN THỊ ỄN",
        "Khách sạn Hồ Gươm Xanh",
        "12 Lê Lợi",
        "Phường Bến Thành, Quận 1",
        "TP. Hồ Chí Minh 71009",
    ]


def test_abroad_the_country_follows_in_capitals_and_some_put_the_code_first(db: Session) -> None:
    thomas = make_contact(
        db, full_name="Thomas Müller", form_of_address="", street="Lindenallee 8", ward="",
        province="Leipzig", postal_code="04177", country="DE",
    )  # fmt: skip
    assert letter_lines(thomas) == ["Thomas Müller", "Lindenallee 8", "04177 Leipzig", "GERMANY"]
    assert letter_lines(thomas, "DE")[-1] == "04177 Leipzig"


def test_a_contact_person_without_an_address_is_written_to_at_work(db: Session) -> None:
    hotel = make_organisation(db)
    person = make_contact(db, street="", province="", ward="", organisation_id=hotel.id)
    assert letter_lines(person)[1:3] == ["Khách sạn Hồ Gươm Xanh", "5 phố Bà Triệu"]
    assert person.letter_key


def test_without_a_street_there_is_no_letter(db: Session) -> None:
    person = make_contact(db, street="")
    assert letter_lines(person) == []
    assert letter_key(person) == ""


def test_two_of_one_household_have_two_keys_and_one_spelt_twice_has_one(db: Session) -> None:
    home = {"street": "12 Lê Lợi", "ward": "", "province": "Huế", "postal_code": "49106"}
    father = make_contact(db, full_name="Trần Văn Ân", **home)
    son = make_contact(db, full_name="Trần Văn An", **home)
    again = make_contact(db, full_name="TRẦN VĂN  AN", **home | {"street": "12, Le Loi"})
    assert father.letter_key != son.letter_key
    assert son.letter_key == again.letter_key


def test_a_very_long_key_stays_bounded_and_different(db: Session) -> None:
    long = {"full_name": "Ễ" * 200, "street": "a" * 200, "ward": "b" * 120}
    one, two = (
        make_contact(db, **long, province="x" * 119 + "1"),
        make_contact(db, **long, province="x" * 119 + "2"),
    )
    assert len(one.letter_key) <= 400
    assert one.letter_key != two.letter_key


PIECES = (
    *"abzAZ09.+-_'@ \"(),:;<>[]\\\r\n\t", *"\u0301\u200b\u202e\uff0e\uff20\ud800\0\x7f%_ễßİǅ",
    "..", "@@", "xn--", "example", "com", "localhost", "test", "[127.0.0.1]", "a" * 63, "a" * 64, "b." * 30,
    "-a", "a-", "!#$&*/=?^`{|}~", "ví-dụ", "例え", "xn--v-d-rma6749a", ".vn", ".local", "1.2.3.4",
)  # fmt: skip
PLAIN = (*"abzAZ09", ".", "-", "_", "+", "ễ", "ß", "'", "example", "xn--v-d-rma6749a")


@pytest.mark.guard
def test_the_short_way_gives_the_validators_verdict_on_a_hundred_thousand_hostile_addresses() -> None:
    chance = random.Random(91)
    taken = 0
    for _ in range(100_000):
        pieces = chance.choice((PIECES, PLAIN))
        parts = [chance.choice(pieces) for _ in range(chance.randrange(1, 7))]
        parts.insert(chance.randrange(len(parts) + 1), "@")
        if chance.random() < 0.6:
            parts.append(chance.choice((".com", ".example.org", ".vn", "example.com")))
        text = "".join(parts)
        try:
            expected = validate_email(text.strip(), check_deliverability=False).normalized
        except EmailNotValidError:
            expected = None
        try:
            found = normalise_email(text).address
        except InvalidInput:
            found = None
        assert found == expected, ascii(text)
        taken += found is not None
    assert taken > 5_000  # both verdicts are tried


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("0912 345 678", "0912345678"), ("+84 912.345.678", "0912345678"), ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"), ("912345678", "0912345678"), ("(024) 3826-0808", "02438260808"),
        ("+1 202 555 0100", "+12025550100"), ("", ""), ("123456789", "123456789"),
    ],
)  # fmt: skip
def test_one_number_in_whatever_writing_has_one_key(phone: str, key: str) -> None:
    assert phone_key(phone) == key
