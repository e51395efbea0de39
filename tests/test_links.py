"""Tokens: ours are read, everybody else's are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import TokenError
from campaign.links import Purpose, Signer

SIGNER = Signer(b"a key for tests")
ids = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=3)


@given(ids)
def test_what_was_signed_is_read(numbers: list[int]) -> None:
    assert SIGNER.read_link(Purpose.CLICK, SIGNER.link(Purpose.CLICK, *numbers)) == tuple(numbers)
    token = SIGNER.address(Purpose.REPLY, *numbers)
    assert SIGNER.read_address(Purpose.REPLY, token.upper()) == tuple(numbers)


@given(ids, st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_character_is_refused(numbers: list[int], place: int, other: str) -> None:
    token = SIGNER.link(Purpose.OPEN, *numbers)
    place %= len(token)
    changed = token[:place] + other + token[place + 1 :]
    if changed != token:
        with pytest.raises(TokenError):
            SIGNER.read_link(Purpose.OPEN, changed)


@given(st.text(max_size=80))
def test_a_strangers_token_is_refused(token: str) -> None:
    with pytest.raises(TokenError):
        SIGNER.read_link(Purpose.UNSUBSCRIBE, token)
    with pytest.raises(TokenError):
        SIGNER.read_address(Purpose.BOUNCE, token)


@pytest.mark.parametrize("other", [purpose for purpose in Purpose if purpose is not Purpose.CLICK])
def test_a_token_is_worth_nothing_for_another_purpose(other: Purpose) -> None:
    with pytest.raises(TokenError):
        SIGNER.read_link(other, SIGNER.link(Purpose.CLICK, 7, 8))


def test_another_installations_token_is_refused() -> None:
    with pytest.raises(TokenError):
        Signer(b"another key").read_link(Purpose.CLICK, SIGNER.link(Purpose.CLICK, 7, 8))
