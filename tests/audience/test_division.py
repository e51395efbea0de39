"""Parts of an audience: everybody in exactly one, the same whenever asked, and about as many as was said."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.audience import terms as sending_terms
from campaign.audience.division import Division
from campaign.audience.terms import ARMS, Measure, SendingTerms, TrialTerms
from campaign.errors import InvalidInput
from campaign.models import MemberPart

trials = st.builds(
    TrialTerms,
    arms=st.integers(2, len(ARMS)).map(lambda count: ARMS[:count]),
    share=st.sampled_from(sending_terms.SAMPLE),
    measure=st.sampled_from(Measure),
    hours=st.sampled_from(sending_terms.HOURS),
)
everything = st.builds(SendingTerms, trial=st.none() | trials, holdout=st.integers(0, 50))


def division(terms: SendingTerms, salt: str = "1") -> Division:
    return Division(terms, salt, {arm: {"vi": number} for number, arm in enumerate(terms.arms, 1)})


@given(terms=everything, salt=st.text(max_size=5), ids=st.sets(st.integers(1, 2**62), max_size=50))
def test_each_person_is_in_one_part_whoever_else_is_there(
    terms: SendingTerms, salt: str, ids: set[int]
) -> None:
    first, second = division(terms, salt), division(terms, salt)
    parts = {one: first.part_of(one) for one in ids}
    assert {one: second.part_of(one) for one in sorted(ids, reverse=True)} == parts
    for part, arm in parts.values():
        assert arm in terms.arms
        assert part is not MemberPart.HELD_OUT or terms.holdout
        assert (part in (MemberPart.SAMPLE, MemberPart.REST)) <= (terms.trial is not None)
        assert (part is MemberPart.ALL) <= (terms.trial is None)


@given(terms=everything)
def test_what_is_stored_is_what_was_chosen(terms: SendingTerms) -> None:
    assert sending_terms.from_json(terms.to_json()) == terms


def test_the_parts_are_about_as_large_as_was_said() -> None:
    terms = SendingTerms(trial=TrialTerms(arms=ARMS[:2], share=20), holdout=10)
    counts = Counter(division(terms).part_of(one) for one in range(1, 20_001))
    expected = {
        (MemberPart.HELD_OUT, "a"): 2_000,
        (MemberPart.SAMPLE, "a"): 1_800,
        (MemberPart.SAMPLE, "b"): 1_800,
        (MemberPart.REST, "a"): 14_400,
    }
    assert set(counts) == set(expected)
    for part, number in expected.items():
        # five standard deviations of a binomial count
        assert abs(counts[part] - number) < 5 * number**0.5


def test_another_message_divides_otherwise() -> None:
    terms = SendingTerms(holdout=50)
    one, other = division(terms, "1"), division(terms, "2")
    same = sum(one.part_of(number) == other.part_of(number) for number in range(2_000))
    assert 850 < same < 1_150


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        (SendingTerms(trial=TrialTerms(arms=("a",))), "campaigns-terms-arms"),
        (SendingTerms(trial=TrialTerms(arms=("a", "c"))), "campaigns-terms-arms"),
        (SendingTerms(trial=TrialTerms(share=90)), "campaigns-terms-share"),
        (SendingTerms(trial=TrialTerms(hours=0)), "campaigns-terms-hours"),
        (SendingTerms(trial=TrialTerms(default="c")), "campaigns-terms-default"),
        (SendingTerms(holdout=60), "campaigns-terms-holdout"),
    ],
)
def test_terms_that_make_no_sense(terms: SendingTerms, key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        sending_terms.check(terms, by_email=True)


def test_a_letter_is_not_opened_for_us_to_see() -> None:
    with pytest.raises(InvalidInput, match="campaigns-terms-measure"):
        sending_terms.check(SendingTerms(trial=TrialTerms(measure=Measure.OPEN)), by_email=False)
    letters = SendingTerms(trial=TrialTerms(measure=Measure.REPLY))
    assert sending_terms.check(letters, by_email=False) == letters
