"""Who of an audience is in which part: held out, in a test's sample with one of its arms, or in the rest.

By a salted hash of the contact's id: the same people whenever it is asked, other people in the next
campaign, and no part depends on the order or the size of the audience. Shares are therefore hit about, not
exactly; what is exact is that everybody is in one part and one only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from campaign.audience.terms import SendingTerms
from campaign.models import MemberPart

# the digits of a hash that are read as a fraction; 2^64 is more than there are people
_BYTES = 8


@dataclass(frozen=True)
class Division:
    """The terms, the salt (one a message), and for each arm its variants: language to variant id."""

    terms: SendingTerms
    salt: str
    variants: Mapping[str, Mapping[str, int]]

    def part_of(self, contact_id: int) -> tuple[MemberPart, str]:
        """The part, and the arm whose copy the person gets (the rest: unless another one wins)."""
        first = self.terms.arms[0]
        if fraction(self.salt, "held out", contact_id) * 100 < self.terms.holdout:
            return MemberPart.HELD_OUT, first
        trial = self.terms.trial
        if trial is None:
            return MemberPart.ALL, first
        place = fraction(self.salt, "sample", contact_id) * 100 / trial.share
        if place >= 1:
            return MemberPart.REST, trial.default or first
        return MemberPart.SAMPLE, trial.arms[int(place * len(trial.arms))]


def fraction(salt: str, question: str, contact_id: int) -> float:
    """From 0 to below 1, evenly spread over ids; independent for each question."""
    digest = hashlib.sha256(f"{salt}:{question}:{contact_id}".encode()).digest()
    # 53 bits fit a float exactly, so it never rounds up to 1
    return (int.from_bytes(digest[:_BYTES], "big") >> 11) / (1 << 53)
