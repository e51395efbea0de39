"""The list of contacts as a page: search, counts, pages, and what it says when nobody is found."""

from __future__ import annotations

import re

import pytest

from campaign.contacts.search import pages
from campaign.db import Database
from campaign.models import Role
from tests.factories import make_contact
from tests.web.conftest import SignedIn


def _names(page: str) -> list[str]:
    return re.findall(r"data-found>([^<]+)<", page)


def test_pages_are_turned_by_place_and_numbered(
    database: Database, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign.web.contacts.index.PAGE_SIZE", 2)
    with database.write() as db:
        for letter in "abcde":
            make_contact(db, full_name=f"Người {letter}", code=f"Z{letter}")
    browser = signed_in(Role.CARE, language="en")
    page = browser.get("/contacts?q=nguoi").text
    assert "5 contacts found" in page
    seen = []
    for at in ("1–2 of 5", "3–4 of 5", "5–5 of 5"):
        assert at in page
        seen += _names(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        before = re.search(r'rel="prev" href="([^"]+)"', page)
        if following:
            page = browser.get(following[1].replace("&amp;", "&")).text
    assert seen == [f"Người {letter}" for letter in "abcde"]
    assert before
    page = browser.get(before[1].replace("&amp;", "&")).text
    assert _names(page) == ["Người c", "Người d"]
    assert "3–4 of 5" in page


def test_more_than_are_counted_is_said_in_words(
    database: Database, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "COUNT_LIMIT", 2)
    monkeypatch.setattr("campaign.web.contacts.index.PAGE_SIZE", 1)
    with database.write() as db:
        for letter in "abc":
            make_contact(db, full_name=f"Người {letter}", code=f"Z{letter}")
    page = signed_in(Role.CARE, language="en").get("/contacts?q=nguoi").text
    assert "More than 10,000 contacts found" in page
    assert "1–1 of more than 10,000" in page


def test_nobody_found_says_what_was_looked_for_and_what_to_do(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as db:
        make_contact(db, full_name="Đỗ Thị Ễn", province="Huế")
    browser = signed_in(Role.CARE, language="en")
    page = browser.get("/contacts", query_string={"q": "do <b>", "province": "Hà Nội"}).text
    assert "has “do &lt;b&gt;”" in page.replace("\u2068", "").replace("\u2069", "")
    assert ": Hà Nội<" in page
    assert 'href="/contacts?q=do+%3Cb%3E"' in page or 'href="/contacts?q=do%20%3Cb%3E"' in page


def test_the_address_bar_gets_the_address_without_empty_fields(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as db:
        make_contact(db)
    answer = signed_in(Role.CARE).get("/contacts?q=zz&kind=&tag=&province=")
    assert answer.headers["HX-Replace-Url"] == "/contacts?q=zz"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_megabyte_is_refused_in_words(database: Database, signed_in: SignedIn, language: str) -> None:
    with database.write() as db:
        make_contact(db)
    answer = signed_in(Role.CARE, language=language).get("/contacts", query_string={"q": "x" * 1_000_000})
    assert answer.status_code == 422
    assert len(answer.text) < 100_000
    assert ("longer than any name" if language == "en" else "dài hơn mọi tên") in answer.text


@pytest.mark.parametrize("place", ["after=0", "before=7&at=x", "after=99999999999999999999", "at=-1"])
def test_nonsense_in_the_address_is_the_start(database: Database, signed_in: SignedIn, place: str) -> None:
    with database.write() as db:
        make_contact(db, full_name="Đỗ Thị Ễn")
    assert _names(signed_in(Role.CARE).get(f"/contacts?{place}").text) == ["Đỗ Thị Ễn"]
