"""Old and foreign encodings: found where bytes tell, by name where they do not."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts.csv_import import encodings
from campaign.contacts.csv_import.encodings import detect, named
from campaign.contacts.csv_import.mapping import guess
from campaign.contacts.csv_import.reading import read
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import ImportKind

VIETNAMESE = (
    "Họ tên,Địa chỉ\nNguyễn Thị Ễn,Đường Trường Chinh\nTrần Quốc Việt,Phường Hồng Hà\nLữ Thuỷ,Ngõ Gạch\n"
)
CHINESE = "姓名,邮箱\n王小明,wang@example.com\n李娜,li@example.com\n"
SMALL = "aáàảãạâấầẩẫậăắằẳẵặeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ"


def in_1258(text: str) -> bytes:
    """As Windows writes it: base letters and tones apart, except for those that have a place of their own."""
    whole = set("ăâđêôơưĂÂĐÊÔƠƯ")
    written = []
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        written.append(base + tones if base in whole or tones else char)
    return "".join(written).encode("cp1258")


def reverse(name: str, text: str) -> bytes:
    table = {letter: written for written, letter in encodings._table(name)}
    if name == "tcvn3":
        table = {letter: chr(int(byte, 16)) for letter, byte in table.items()}
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def test_windows_1258_is_found_and_its_tones_join_their_letters() -> None:
    table = read(in_1258(VIETNAMESE))
    assert table.encoding == "windows-1258"
    assert table.headings == ("Họ tên", "Địa chỉ")
    assert clean(table.rows[0].cells[0]) == "Nguyễn Thị Ễn"
    assert unicodedata.is_normalized("NFC", clean(table.rows[2].cells[0]))


@pytest.mark.parametrize("codec", ["gb18030", "gb2312"])
def test_chinese_is_found(codec: str) -> None:
    table = read(CHINESE.encode(codec))
    assert (table.encoding, table.headings) == ("gb18030", ("姓名", "邮箱"))
    assert table.rows[0].cells[0] == "王小明"


def test_a_letter_that_is_not_utf8_far_down_is_seen() -> None:
    content = b"ten,mail\n" + b"Lan,lan@example.com\n" * 200_000 + in_1258("Nguyễn Thị Hiền,x\n")
    assert detect(io.BytesIO(content)) == "windows-1258"


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_tcvn3_and_vni_hold_every_vietnamese_letter(name: str) -> None:
    table = read(b"ten,x\n" + reverse(name, f"{SMALL},1\n"), encoding=name)
    assert table.rows[0].cells == (SMALL, "1")


@given(st.lists(st.text("ghklmnpqrtvx" + SMALL, max_size=6), min_size=1, max_size=5).map(" ".join))
def test_words_come_out_of_tcvn3_and_vni_as_they_went_in(text: str) -> None:
    for name in ("tcvn3", "vni"):
        mend = named(name).mend
        assert mend is not None
        assert mend(reverse(name, text).decode("latin-1")) == text


def test_capitals_of_vni_may_bear_capital_or_small_marks() -> None:
    table = read("ten,x\nNGUYEÃN VAÊN Ö,Ñaø Naüng\n".encode("latin-1"), encoding="vni")
    assert table.rows[0].cells == ("NGUYỄN VĂN Ư", "Đà Nẵng")
    table = read("ten,x\nOÂng Aâu,\n".encode("latin-1"), encoding="vni")
    assert table.rows[0].cells[0] == "Ông Âu"


def test_an_encoding_nobody_offers_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        read(b"a,b\n1,2\n", encoding="rot13")
    assert refused.value.key == "contacts-import-no-encoding"


def test_chinese_headings_are_guessed() -> None:
    assert guess(("客户编号", "姓名", "邮箱", "手机", "生日"), ImportKind.CONTACTS, {}) == {
        "客户编号": "code", "姓名": "full_name", "邮箱": "email", "手机": "phone", "生日": "birthday",
    }  # fmt: skip
