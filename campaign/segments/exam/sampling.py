"""A uniform sample of people that both databases draw alike: those with the smallest mixed ids.

The mix is `(a·id + b)^5` modulo the prime 2^31 − 1. Raising to the fifth power permutes the residues, for 5
shares no factor with 2^31 − 2, so no two ids below the prime meet; it has no bit operations, which SQLite and
PostgreSQL write differently, and no product passes 63 bits.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, literal, select
from sqlalchemy.orm import Session

from campaign.models import Contact

PRIME = 2**31 - 1
# any two numbers below the prime will do; without them 1, 2, 3 would stay in front
_FACTOR = 1_450_637_291
_SHIFT = 921_776_063
# of 2,048 a share of one half is known to ±2.2 points; an id is some 7 bytes of JSON
SAMPLE = 2048


def mixed(identity: ColumnElement[Any] | Any) -> ColumnElement[int]:
    """The mixed id, from 0 to the prime, in SQL."""
    prime = literal(PRIME, BigInteger)
    moved = (identity % prime * literal(_FACTOR, BigInteger) + literal(_SHIFT, BigInteger)) % prime
    square = (moved * moved) % prime
    made: ColumnElement[int] = (((square * square) % prime) * moved) % prime
    return made


def mixed_number(identity: int) -> int:
    """The same for one number."""
    return pow(identity * _FACTOR + _SHIFT, 5, PRIME)


def draw(db: Session, condition: ColumnElement[bool], size: int = SAMPLE) -> list[int]:
    """Ids of up to `size` contacts that meet the condition, in order: all of them when there are no more."""
    chosen = select(Contact.id).where(condition).order_by(mixed(Contact.id), Contact.id).limit(size)
    return sorted(db.scalars(chosen))
