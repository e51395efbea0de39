"""The reviewer's list of parts, and the ways from findings to their places."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from campaign.compose.greetings import SALUTATIONS
from campaign.db import Database
from campaign.models import CustomField
from campaign.web import unit
from campaign.web.compose import field_words
from tests.campaigns.helpers import good_copy
from tests.web.campaigns.conftest import Desk
from tests.web.campaigns.test_desk import asked  # noqa: F401 (a fixture)
from tests.web.campaigns.test_write import typed


def said(source: str) -> str:
    """Names of fields in brackets."""
    return "".join(f"[{one.words}]" if one.field else one.words for one in field_words.opening(source))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SALUTATIONS["vi"], "Kính gửi [Xưng hô] [Họ và tên],"),
        (SALUTATIONS["en"], "Dear [Xưng hô] [Họ và tên],"),
        (SALUTATIONS["zh"], "尊敬的[Họ và tên][Xưng hô]："),
        ("**Nay** {% if contact.code %}a{% if contact.email %}b{% else %}c{% endif %}{% else %}d{% endif %}e",
         "Nay abe"),
        ("Mời {{ contact.custom.hobby|lower }} và {{ contact.custom.gone }}", "Mời [Sở thích] và [gone]"),
        ("Trả lời {{ system.reply_code }}\n\nHết", "Trả lời [Mã trả lời] Hết"),
        ("{{ 'chỉ là chữ' }}", "{{ 'chỉ là chữ' }}"),
        ("Chưa đóng {{ contact.code", "Chưa đóng {{ contact.code"),
        ("x" * 100, "x" * 64 + "…"),
        ("x" * 64, "x" * 64),
        ("", ""),
    ],
)  # fmt: skip
def test_parts_are_named_by_words_people_know(
    app: Flask, database: Database, source: str, words: str
) -> None:
    with database.write() as db:
        db.add(CustomField(key="hobby", label="Sở thích"))
    with app.test_request_context("/", headers={"Accept-Language": "vi"}):
        assert said(source) == words
        unit.give_up()


def test_the_desk_shows_no_braces_in_its_list(desk: Desk) -> None:
    mai = desk("mai")
    mai.post("/messages/1/write?language=vi", data=typed(good_copy(), salutation=SALUTATIONS["vi"]))
    assert mai.post("/messages/1/sign-off").status_code == 303
    page = desk("tam").get("/review/1").text
    starts = re.findall(r'<span class="block-start".*?</summary>', page, re.S)
    assert len(starts) > 4
    assert any('<span class="merge-chip" lang="vi">Xưng hô</span>' in one for one in starts)
    assert not any("{{" in one or "{%" in one for one in starts)


@pytest.mark.usefixtures("asked")
def test_the_ways_go_with_the_tab(desk: Desk) -> None:
    tam = desk("tam")
    page = tam.get("/review/1?view=desktop").text
    # the subject stands above the frame of the mail: its marks are on the page
    ways = set(re.findall(r'<a href="#finding-(\d+)">', page))
    assert ways
    letter = tam.get("/review/1/sheet?view=letter&language=vi").text
    text = tam.get("/review/1/sheet?view=text&language=vi").text
    assert "<html" not in letter
    for number in ways:
        way = re.search(rf'<span id="jump-{number}" hx-swap-oob="true">(.*?)</span>', letter, re.S)
        assert way
        # on the letter there is no subject: the way leads to the mail
        assert "view=desktop" in way[1]
        assert f"finding={number}" in way[1]
        assert way[1].count(f"#finding-{number}") == 3  # address, address to keep, where htmx scrolls to
        assert f'<span id="jump-{number}" hx-swap-oob="true"><a href="#finding-{number}">' in text


@pytest.mark.usefixtures("asked")
def test_the_frame_opens_at_the_place(desk: Desk) -> None:
    page = desk("tam").get("/review/1?view=desktop&finding=7").text
    assert re.search(r'<iframe name="sheet-frame" src="[^"#]+#finding-7"', page)
    assert re.search(r'<iframe name="sheet-frame" src="[^"#]+"', desk("tam").get("/review/1").text)
