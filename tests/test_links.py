"""Tokens: ours are read, everybody else's are refused."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import TokenError
from campaign.links import Addresses, Mac, Purpose, Signer, address_texts, link_texts

SIGNER = Signer(b"a key for tests")
OLD_LINK = "AQesAvcfvPCw0Ipjw5VAXu_vIyo"
OLD_ADDRESS = "aed6z7dkuc5lnbi6pibg4xfdkztdq"
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


@given(st.binary(max_size=64), st.binary(max_size=200))
def test_a_key_hashed_ahead_gives_the_same_mac(key: bytes, message: bytes) -> None:
    assert Mac(key).digest(message) == hmac.digest(key, message, "sha256")


@given(st.lists(st.integers(0, 2**63 - 1) | st.integers(0, 300), max_size=5), st.integers(0, 2**40))
def test_what_is_made_together_is_what_is_made_one_by_one(deliveries: list[int], link: int) -> None:
    where = Addresses(SIGNER, "https://example.com/", "reply.example.com")
    made = where.reach(deliveries)
    assert made.open_pixel == list(map(where.open_pixel, deliveries))
    assert made.view == list(map(where.view, deliveries))
    assert made.unsubscribe == list(map(where.unsubscribe, deliveries))
    assert made.unsubscribe_mail == list(map(where.unsubscribe_mail, deliveries))
    assert made.reply == list(map(where.reply, deliveries))
    assert made.bounce == list(map(where.bounce, deliveries))
    assert where.clicks(deliveries, link) == [where.click(delivery, link) for delivery in deliveries]


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6))
def test_tokens_are_spelled_as_the_standard_library_does(sealed: list[bytes]) -> None:
    assert address_texts(sealed) == [base64.b32encode(one).decode().rstrip("=").lower() for one in sealed]
    assert link_texts(sealed) == [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in sealed]


def test_links_in_old_mail_stay_good() -> None:
    """Tokens as the first version wrote them."""
    assert SIGNER.link(Purpose.CLICK, 7, 300) == OLD_LINK
    assert SIGNER.address(Purpose.REPLY, 7) == OLD_ADDRESS
