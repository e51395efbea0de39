"""The checker of the fault lab is given forged evidence for each invariant, and must see through it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from campaign.dispatch.moves import AWAY
from campaign.lab.chaos_check import RULES, Facts, Refusal, Row, check
from campaign.lab.sink_record import Accepted, Begun, Record
from campaign.models import DeliveryState as State

HASH = "a" * 64


def came(number: int, at: float = 100.0, sha256: str = HASH) -> Accepted:
    return Accepted(f"{number}@x", f"p{number}@example.com", "bounce@x", sha256, 900, at, at + 0.1)


def row(number: int, state: State = State.ACCEPTED, sha256: str = HASH) -> Row:
    return Row(number, f"{number}@x", f"p{number}@example.com", state, sha256)


def honest() -> Facts:
    """Five recipients: three accepted, one unknown that came, one suppressed."""
    rows = [row(1), row(2), row(3), row(4, State.UNKNOWN, ""), row(5, State.SUPPRESSED, "")]
    taken = [came(1), came(2), came(3, 103.0), came(4)]
    return Facts(
        frozen=5,
        rows=rows,
        record=Record(taken, [Begun(found.recipient, found.begun_at) for found in taken]),
        unknown_bound=1,
        listed=frozenset({4}),
        refusals=[Refusal("p5@example.com", 50.0, "unsubscribed")],
        pauses=[(90.0, 95.0)],
        counts={"page": {"accepted": 3, "unknown": 1, "suppressed": 1}},
        rebuilt={"p1@example.com": "exact"},
    )


def taken(facts: Facts, *more: Accepted) -> Facts:
    record = Record(
        [*facts.record.taken, *more],
        [*facts.record.begun, *(Begun(found.recipient, found.begun_at) for found in more)],
    )
    return replace(facts, record=record)


def with_rows(facts: Facts, *rows: Row) -> Facts:
    """Some rows are otherwise; the page agrees with them."""
    changed = {one.row_id: one for one in (*facts.rows, *rows)}
    counts: dict[str, int] = {}
    for one in changed.values():
        counts[one.state.value] = counts.get(one.state.value, 0) + 1
    return replace(facts, rows=list(changed.values()), counts={"page": counts})


FORGERIES: dict[str, tuple[str, Callable[[Facts], Facts]]] = {
    "the same message twice": ("I1", lambda facts: taken(facts, came(1, 200.0))),
    "an address twice, under two names": (
        "I1",
        lambda facts: taken(facts, replace(came(2), message_id="9@x")),
    ),
    "accepted, never came": (
        "I2",
        lambda facts: replace(facts, record=Record(facts.record.taken[1:], facts.record.begun)),
    ),
    "came, and the row says rejected": ("I2", lambda facts: with_rows(facts, row(2, State.REJECTED))),
    "came, and the row waits to be sent again": (
        "I2",
        lambda facts: with_rows(facts, row(2, State.DEFERRED)),
    ),
    "came, and nobody knows of it": ("I2", lambda facts: taken(facts, came(77))),
    "a recipient without a row": ("I3 I7", lambda facts: replace(facts, frozen=6)),
    "a row without an end": ("I3 I7", lambda facts: with_rows(facts, row(5, State.CLAIMED))),
    "it never drained": ("I3 I7", lambda facts: replace(facts, stuck="nothing moves")),
    "more unknown than could be": ("I4", lambda facts: replace(facts, unknown_bound=0)),
    "unknown because of a host that was never away": (
        "I4",
        lambda facts: with_rows(facts, replace(row(4, State.UNKNOWN, ""), reason=AWAY)),
    ),
    "unknown and not listed": ("I4", lambda facts: replace(facts, listed=frozenset())),
    "listed and not unknown": ("I4", lambda facts: replace(facts, listed=frozenset({3, 4}))),
    "written to after unsubscribing": (
        "I5",
        lambda facts: replace(facts, refusals=[Refusal("p3@example.com", 100.9, "unsubscribed")]),
    ),
    "the first no counts, not the last": (
        "I5",
        lambda facts: replace(
            facts,
            refusals=[
                Refusal("p3@example.com", 100.0, "unsubscribed"),
                Refusal("p3@example.com", 102.0, "suppressed"),
            ],
        ),
    ),
    "ended within a pause": ("I6", lambda facts: replace(facts, pauses=[(97.0, 110.0)])),
    "begun before two seconds of a pause were over, and ended after them": (
        "I6",
        lambda facts: replace(facts, pauses=[(101.05, 110.0)]),  # begun at 103.0, ended at 103.1
    ),
    "other bytes than were written down": ("I8", lambda facts: with_rows(facts, row(3, sha256="b" * 64))),
    "accepted without a hash": ("I8", lambda facts: with_rows(facts, row(3, sha256=""))),
    "one person's message to another": (
        "I8",
        lambda facts: with_rows(facts, replace(row(3), address="p9@example.com")),
    ),
    "what was signed says something else": (
        "I8",
        lambda facts: replace(facts, rebuilt={"p1@example.com": "exact", "p2@example.com": "differs"}),
    ),
    "the page counts otherwise": (
        "I9",
        lambda facts: replace(facts, counts={"page": {"accepted": 4, "suppressed": 1}}),
    ),
}


def test_honest_evidence_passes() -> None:
    verdict = check(honest())
    assert verdict.violations == []
    assert (verdict.lost, verdict.duplicates, verdict.unknown) == (0, 0, 1)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_seen(name: str) -> None:
    invariant, forge = FORGERIES[name]
    violations = check(forge(honest())).violations
    assert any(sentence.startswith(f"{invariant}: ") for sentence in violations), violations


def test_every_invariant_has_a_forgery() -> None:
    assert {invariant for invariant, _ in FORGERIES.values()} == set(RULES)


@pytest.mark.parametrize(
    ("name", "lost", "duplicates"),
    [
        ("the same message twice", 0, 1),
        ("accepted, never came", 1, 0),
        ("a recipient without a row", 1, 0),
        ("a row without an end", 1, 0),
    ],
)
def test_lost_and_twice_are_counted(name: str, lost: int, duplicates: int) -> None:
    verdict = check(FORGERIES[name][1](honest()))
    assert (verdict.lost, verdict.duplicates) == (lost, duplicates)


def test_two_seconds_are_granted() -> None:
    facts = replace(
        honest(),
        refusals=[Refusal("p3@example.com", 101.1, "unsubscribed")],  # came at 103.0
        pauses=[(101.5, 110.0)],
    )
    assert check(facts).violations == []


def test_a_body_without_its_dot_is_no_message() -> None:
    begun = [*honest().record.begun, Begun("p5@example.com", 94.0)]
    assert check(replace(honest(), record=Record(honest().record.taken, begun))).violations == []


def test_a_host_that_was_lost_explains_what_was_given_up() -> None:
    facts = with_rows(honest(), replace(row(4, State.UNKNOWN, ""), reason=AWAY))
    assert check(replace(facts, hosts_lost=True)).violations == []


def test_a_fault_that_found_no_time_is_no_success() -> None:
    assert check(replace(honest(), missed=["4 of 5 kill found time"])).violations


def test_a_long_list_says_how_many_more_there_are() -> None:
    facts = with_rows(honest(), row(5, State.UNKNOWN, ""))
    short = replace(facts, unknown_bound=2, listed=frozenset({4}))
    assert check(short).violations
    assert check(replace(short, listed_more=1)).violations == []
