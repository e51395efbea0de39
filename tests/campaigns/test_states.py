"""The table of moves is whole and leads where it should."""

from __future__ import annotations

from campaign.campaigns import states
from campaign.i18n import LANGUAGES, has
from campaign.models import CampaignState

S = CampaignState


def test_what_is_over_stays_over() -> None:
    """A finished campaign runs again only for what a person decided (a delivery sent again, failures tried
    again, people added since), and for a late answer of a server."""
    assert not any(S.CANCELLED in move.sources for move in states.MOVES.values())
    assert [name for name, move in states.MOVES.items() if S.FINISHED in move.sources] == [
        "send_again",
        "retry",
        "go_on",
        "extend",
    ]


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {S.DRAFT}
    while True:
        further = {move.target for move in states.MOVES.values() if move.sources & reached} - reached
        if not further:
            break
        reached |= further
    assert reached == set(S)


def test_nothing_starts_that_was_not_signed() -> None:
    assert states.MOVES["start"].sources == {S.APPROVED, S.SCHEDULED}
    ways_to_approved = {name for name, move in states.MOVES.items() if move.target is S.APPROVED}
    assert ways_to_approved == {"approve", "unschedule"}


def test_every_refusal_and_state_has_words() -> None:
    keys = [f"campaigns-cannot-{act}" for act in states.MOVES] + [f"campaigns-state-{s}" for s in S]
    assert [key for key in keys for language in LANGUAGES if not has(language, key)] == []
