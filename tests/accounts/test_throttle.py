"""Guessing is slowed down; nobody is locked out by strangers."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.accounts import throttle

MAI, HOME, CAFE = "mai@example.com", "203.0.113.7", "198.51.100.1"


def _try(db: Session, now: datetime, times: int, email: str = MAI, address: str = HOME) -> datetime:
    """Wrong guesses, each as soon as it is let through; returns when the last one was."""
    for _ in range(times):
        while (until := throttle.admit(db, email, address, now)) is not None:
            now = until
    return now


def test_a_mistyping_person_is_not_held_up(db: Session, now: datetime) -> None:
    assert _try(db, now, throttle.PAIR.free) == now


def test_waits_double_and_end(db: Session, now: datetime) -> None:
    waits = []
    now = _try(db, now, throttle.PAIR.free)
    for _ in range(4):
        until = throttle.admit(db, MAI, HOME, now)
        assert until is not None
        waits.append((until - now).seconds)
        now = _try(db, until, 1)
    assert waits == [2, 4, 8, 16]
    assert throttle.admit(db, MAI, HOME, now + throttle.WINDOW + timedelta(seconds=1)) is None


def test_the_owner_elsewhere_is_not_held_up_by_one_guesser(db: Session, now: datetime) -> None:
    later = _try(db, now, 12)
    assert throttle.admit(db, MAI, CAFE, later) is None


def test_many_guessers_hold_the_owner_up_for_half_a_minute_at_most(db: Session, now: datetime) -> None:
    for number in range(80):
        throttle.admit(db, MAI, f"192.0.2.{number}", now)
    until = throttle.admit(db, MAI, CAFE, now)
    assert until is not None
    assert until - now <= timedelta(seconds=throttle.ACCOUNT.longest)


def test_one_machine_trying_many_accounts_is_slowed(db: Session, now: datetime) -> None:
    for number in range(throttle.ADDRESS.free):
        assert throttle.admit(db, f"nguoi-{number}@example.com", HOME, now) is None
    assert throttle.admit(db, "nguoi-khac@example.com", HOME, now) is not None


def test_a_right_password_forgets(db: Session, now: datetime) -> None:
    now = _try(db, now, throttle.PAIR.free)
    throttle.forget(db, MAI, HOME)
    assert throttle.admit(db, MAI, HOME, now) is None


def test_a_clock_that_is_set_back_holds_nobody_up(db: Session, now: datetime) -> None:
    assert throttle.admit(db, MAI, HOME, now + timedelta(hours=1)) is None
    assert throttle.admit(db, MAI, HOME, now) is None
    later = _try(db, now + timedelta(hours=1), throttle.PAIR.free)
    until = throttle.admit(db, MAI, HOME, now)
    assert until is not None
    assert until - now <= timedelta(seconds=throttle.PAIR.longest) < later - now


def test_an_ipv6_subscriber_is_one_address() -> None:
    assert throttle.network_of("2001:db8:1:2:3::4") == throttle.network_of("2001:db8:1:2:ffff::1")
    assert throttle.network_of("2001:db8:1:2::1") != throttle.network_of("2001:db8:1:3::1")
    assert throttle.network_of("::ffff:203.0.113.7") == "203.0.113.7"


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_tries_never_wait_less(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert throttle.PAIR.wait(fewer) <= throttle.PAIR.wait(more) <= timedelta(seconds=throttle.PAIR.longest)


@given(st.text(max_size=200))
def test_any_address_text_fits_the_column(text: str) -> None:
    assert len(throttle.network_of(text)) <= 64
