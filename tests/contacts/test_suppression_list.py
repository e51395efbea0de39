"""The list of those never to write to, as a person brings it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import suppression_list
from campaign.errors import InvalidInput
from campaign.models import SuppressedDomain, Suppression, SuppressionReason

LIST = """\ufeffE-mail,Lý do
# từ hệ thống cũ
An@Example.com,unsubscribed
 binh@example.com ; x
"chi@example.com"
*.competitor.vn
@spam.example
không phải gì cả
vn
an@example.com
"""


def take(db: Session, text: str, now: datetime) -> suppression_list.Taken:
    return suppression_list.take(db, text, reason="danh sách cũ", account=None, source="Hà", now=now)


def test_a_list_of_all_kinds(db: Session, now: datetime) -> None:
    taken = take(db, LIST, now)
    assert (taken.addresses, taken.domains, taken.known) == (3, 2, 1)
    assert [number for number, _ in taken.wrong] == [1, 8, 9]
    keys = set(db.scalars(select(Suppression.address_key)))
    assert keys == {"an@example.com", "binh@example.com", "chi@example.com"}
    assert set(db.scalars(select(Suppression.reason))) == {SuppressionReason.REQUESTED}
    assert set(db.scalars(select(SuppressedDomain.domain))) == {"competitor.vn", "spam.example"}


def test_the_same_list_twice_changes_nothing(db: Session, now: datetime) -> None:
    take(db, LIST, now)
    again = take(db, LIST, now)
    assert (again.addresses, again.domains, again.known) == (0, 0, 6)
    assert db.scalar(select(func.count(Suppression.id))) == 3


def test_what_is_searched_for_is_plain_text(db: Session, now: datetime) -> None:
    take(db, "a_b@example.com\nacb@example.com\nx%@example.com\na_b.vn\nacb.vn", now)
    found = db.scalars(suppression_list.addresses("A_B")).all()
    assert [entry.address_key for entry in found] == ["a_b@example.com"]
    assert len(db.scalars(suppression_list.addresses("%")).all()) == 1
    assert [entry.domain for entry in db.scalars(suppression_list.closed_domains("acb"))] == ["acb.vn"]


def test_a_list_without_end_is_refused(db: Session, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        take(db, "\n" * (suppression_list.MOST_LINES + 1), now)
