"""Search by SQL finds, ranks and turns pages as a plain reference does, whatever names hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.contacts.names import clean
from campaign.contacts.search import pages, question
from campaign.contacts.search.logic import All, Any, Asked, But, Word
from campaign.contacts.search.pages import Filters, Place
from campaign.contacts.search.words import words_of
from campaign.db import Database
from campaign.models import Contact, ContactKind
from tests.conftest import NOW

LETTERS = "aáàăâbđĐeêohoôơuưynN"
MARKS = "\u0300\u0301\u0302\u0309\u0323\u031b\u0327"
SIGNS = "%_\\'\"*:&|!()<>-+@/=~.,^`$#?;{}[]"
OTHERS = "王小明李ｶガßİﬁＡ９²٣ł\u200d\u200b\u00ad\u3000\ufdfa🍵ไก่"
NAME = st.text(LETTERS * 3 + MARKS + SIGNS + OTHERS + "019   ", min_size=1, max_size=14) | st.sampled_from(
    ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "Hoàng Hoa", "hoá", "王小明", "Anne-Marie", "x" * 150, "王" * 30,
     "OR AND NOT", "e\u0323\u0302", "đ", "0912 345 678", "null", "a" * 99 + "\u0301" * 40]
)  # fmt: skip
EMAIL = st.sampled_from(["", "an@x.vn", "a.b@shop.x.vn", "hoa_n@example.com", "'%\"@x.vn"])
PHONE = st.sampled_from(["", "0912345678", "+49301234567", "02438260808"])
PERSON = st.tuples(NAME, EMAIL, PHONE)
TYPED = NAME | st.sampled_from(
    ["an@", "@x.vn", "x.vn", "345 678", "+84 912", "84912", "0912.345", "a.b", "shop"]
)

LIMITS = [(10_000, 20_000), (2, 20_000), (2, 0)]
"""As they are; with names read one after the other; with everybody looked up who fits."""


def _has(asked: Asked, words: list[str]) -> bool:
    match asked:
        case Word(text, begins):
            return any(word.startswith(text) if begins else word == text for word in words)
        case All(parts):
            return all(_has(part, words) for part in parts)
        case Any(parts):
            return any(_has(part, words) for part in parts)
        case But(one, without):
            return _has(one, words) and not _has(without, words)


def _expected(db: Session, asked: question.Question) -> list[int]:
    """By rank, then in the database's own order of names."""
    found = []
    for at, contact in enumerate(db.scalars(select(Contact).order_by(Contact.name_key, Contact.id))):
        words = contact.search_words.split(" ")
        tiers = [rank for rank, tier in enumerate(asked.tiers) if _has(tier, words)]
        assert len(tiers) == _has(asked.everything, words), "nobody is in two tiers, all found are in one"
        ranks = [rank for rank, better in enumerate(asked.ranks) if _has(better, words)]
        if tiers:
            assert tiers[0] == min(ranks, default=len(asked.ranks))
            found.append((tiers[0], at, contact.id))
    return [id_ for _, _, id_ in sorted(found)]


def _people(db: Session, given_people: list[tuple[str, str, str]]) -> None:
    house = None
    for number, (name, email, phone) in enumerate(given_people):
        if not clean(name):
            continue
        facts = {"full_name": name, "code": f"C{number} {name[:3]}", "organisation_id": house}
        made = profile.create(db, facts, source="test", now=NOW)
        made.email, made.phone = email, phone  # as it is, unchecked
        profile.refresh_keys(made)
        if number == 0:
            made.kind = ContactKind.ORGANISATION
            house = made.id
    db.flush()


def _beginnings(people: list[tuple[str, str, str]]) -> st.SearchStrategy[str]:
    """What many of them may have: first letters of their words."""
    words = [word for name, _, _ in people for word in name.split()] or ["a"]
    return st.lists(st.sampled_from(words), min_size=1, max_size=2).flatmap(
        lambda chosen: st.integers(1, 2).map(lambda size: " ".join(word[:size] for word in chosen))
    )


def _forwards(db: Session, asked: question.Question) -> list[int]:
    ids: list[int] = []
    place = None
    while True:
        page = pages.find(db, asked, Filters(), 1, place)
        ids += page.ids
        if not page.has_next:
            return ids
        place = Place(page.ids[-1])


def _backwards(db: Session, asked: question.Question, last: int) -> list[int]:
    ids: list[int] = []
    place = Place(last, backwards=True)
    while True:
        page = pages.find(db, asked, Filters(), 1, place)
        ids = page.ids + ids
        if not page.has_previous:
            return ids
        place = Place(page.ids[0], backwards=True)


@pytest.mark.parametrize(("count_limit", "walk_limit"), LIMITS)
def test_search_is_what_a_plain_reference_says(
    database: Database, monkeypatch: pytest.MonkeyPatch, count_limit: int, walk_limit: int
) -> None:
    monkeypatch.setattr(pages, "COUNT_LIMIT", count_limit)
    monkeypatch.setattr(pages, "WALK_LIMIT", walk_limit)

    @given(st.lists(PERSON, min_size=1, max_size=8), st.data())
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    def check(people: list[tuple[str, str, str]], data: st.DataObject) -> None:
        typed = data.draw(TYPED | _beginnings(people))
        asked = question.read(typed)
        with database.session() as db:
            _people(db, people)
            if asked is not None:
                expected = _expected(db, asked)
                assert _forwards(db, asked) == expected
                if expected:
                    assert _backwards(db, asked, expected[-1]) == expected[:-1]
                count = pages.find(db, asked, Filters(), 1).count
                assert count == (len(expected) if len(expected) <= count_limit else None)
            db.rollback()

    check()


@given(NAME.filter(lambda name: bool(clean(name))))
@settings(max_examples=150)
def test_everybody_is_found_by_their_whole_name(name: str) -> None:

    asked = question.read(clean(name)[:200])
    words = words_of(clean(name)[:200])
    assert (asked is None) == (words == "")
    if asked is not None:
        assert _has(asked.everything, words.split(" "))


def _plain(text: str) -> list[str]:
    """Words without marks, by the book: no function of ours."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char)).split()


@given(
    st.lists(st.text("aáạăằâẫbcdđeêệghiklmnoôộơợuưựvy", min_size=1, max_size=6), min_size=1, max_size=4),
    st.lists(st.text("aáạăằâẫbcdđeêệghiklmnoôộơợuưựvy", min_size=1, max_size=3), min_size=1, max_size=3),
)
@settings(max_examples=300)
def test_a_name_is_found_when_each_word_begins_one_of_its_words(name: list[str], typed: list[str]) -> None:

    asked = question.read(" ".join(typed))
    assert asked is not None
    full_name = unicodedata.normalize("NFC", " ".join(name))
    expected = all(
        any(word.startswith(part) for word in _plain(full_name)) for part in _plain(" ".join(typed))
    )
    assert _has(asked.everything, words_of(full_name).split(" ")) == expected
