"""Reply codes: typing errors are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaign.dispatch.reply_code import ALPHABET, LENGTH, check_character, is_whole, new_code

CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda c: c + check_character(c))


def test_codes_are_whole_and_easy_to_read() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(is_whole(code) for code in codes)
    assert not set("01ILO") & set(ALPHABET)


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, place: int, wrong: str) -> None:
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_whole(typed) == (typed == code)


@given(CODES, st.integers(0, LENGTH - 2))
def test_two_swapped_neighbours_are_found(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_whole(typed) == (typed == code)


def test_other_lengths_are_not_codes() -> None:
    assert not is_whole("")
    assert not is_whole(new_code() + "2")
