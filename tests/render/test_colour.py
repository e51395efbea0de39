"""Whatever colour a sender chooses, what is written in it and on it can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaign.render.colour import NIGHT, PAPER, contrast, is_colour, shades

_colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(_colours)
def test_every_shade_can_be_read(colour: str) -> None:
    made = shades(colour)
    assert contrast(made.text, PAPER) >= 4.5
    assert contrast(made.night, NIGHT) >= 4.5
    # black or white upon a middle grey: nothing better exists than about 4.4
    assert contrast(made.on, made.main) >= 4.0
    assert all(is_colour(shade) for shade in (made.on, made.text, made.tint, made.night))


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert shades("#8c2f23").text == "#8c2f23"
    assert contrast("#000000", "#ffffff") == 21


def test_only_six_digits_are_a_colour() -> None:
    assert not any(is_colour(text) for text in ("red", "#fff", "#12345g", "#123456;}", "None", "#123456\n"))
