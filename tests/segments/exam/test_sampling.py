"""The sample: exact for small segments, uniform for large ones, the same on both databases."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign.models import Contact
from campaign.segments.exam.people import persons
from campaign.segments.exam.sampling import PRIME, draw, mixed, mixed_number
from tests.conftest import NOW
from tests.factories import make_contact

# the 99.9 % points of χ²; the ids are fixed, so the result is too
CHI_SQUARE_999 = {9: 27.88, 19: 43.82}


def chi_square(counts: list[int], expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in counts)


def smallest(ids: range, size: int) -> list[int]:
    return sorted(ids, key=mixed_number)[:size]


def test_sql_mixes_as_python_does(db: Session) -> None:
    ids = [1, 2, 3, 1000, 2**31 - 2, 2**31 - 1, 2**31, 2**40 + 17]
    facts = {"kind": "person", "full_name": "Lan", "created_at": NOW, "updated_at": NOW}
    db.execute(insert(Contact), [{"id": one, "code": f"K{one}", **facts} for one in ids])
    rows = db.execute(select(Contact.id, mixed(Contact.id)))
    found = {row[0]: row[1] for row in rows}
    assert found == {one: mixed_number(one) for one in ids}
    assert all(0 <= number < PRIME for number in found.values())


def test_a_small_segment_is_taken_whole_and_a_larger_one_up_to_the_size(db: Session) -> None:
    ids = [make_contact(db).id for _ in range(30)]
    assert draw(db, persons(), 30) == ids
    assert draw(db, persons(), 100) == ids
    taken = draw(db, persons(), 7)
    assert taken == sorted(sorted(ids, key=mixed_number)[:7])


def test_neighbours_old_and_new_are_taken_alike() -> None:
    """Ids are given in the order of arrival: a sample that prefers a decade of them prefers old customers."""
    size, people = 2000, 100_000
    taken = smallest(range(1, people + 1), size)
    by_age = [0] * 10
    for one in taken:
        by_age[(one - 1) * 10 // people] += 1
    assert chi_square(by_age, size / 10) < CHI_SQUARE_999[9]


def test_ids_of_a_step_are_taken_alike() -> None:
    """Imports that share a pattern of ids (each third, each tenth ...) are not preferred either."""
    taken = smallest(range(1, 100_001), 2000)
    residues = [0] * 20
    for one in taken:
        residues[one % 20] += 1
    assert chi_square(residues, 100) < CHI_SQUARE_999[19]


def test_people_next_to_each_other_are_taken_independently() -> None:
    """Of pairs of neighbours as many are taken together as chance makes: a hundredth of the sample."""
    taken = set(smallest(range(1, 100_001), 1000))
    together = sum(one + 1 in taken for one in taken)
    assert together < 30  # expected 10, a deviation of 3


def test_shares_of_a_sample_are_those_of_the_people() -> None:
    """Those of the people, within four deviations, for attributes that follow the id and that do not."""
    ids = range(1, 50_001)
    taken = smallest(ids, 2048)
    for fits in (lambda one: one % 7 == 0, lambda one: one > 30_000, lambda one: one * one % 13 < 4):
        truth = sum(map(fits, ids)) / len(ids)
        found = sum(map(fits, taken)) / len(taken)
        assert abs(found - truth) < 4 * (truth * (1 - truth) / 2048) ** 0.5
