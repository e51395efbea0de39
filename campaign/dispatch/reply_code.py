"""Short codes on letters: what a customer quotes and a clerk types.

Seven random characters and a check character over an alphabet of 31 without 0, 1, I, L and O. 31 is a
prime, so the weighted sum finds every single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    """A fresh code; 27 thousand million of them, so a taken one is rare but must be looked for."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return random + check_character(random)


def check_character(first: str) -> str:
    """The last character of a code that begins so."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(first, 1))
    # weights 1 to 7 for the first, 8 for the check character: their sum must be a multiple of 31
    inverse = pow(LENGTH, -1, len(ALPHABET))
    return ALPHABET[-total * inverse % len(ALPHABET)]


def is_whole(code: str) -> bool:
    """Whether a folded code (no dashes, upper case) can be one of ours: a typing error is found here."""
    return (
        len(code) == LENGTH
        and all(character in ALPHABET for character in code)
        and check_character(code[:-1]) == code[-1]
    )
