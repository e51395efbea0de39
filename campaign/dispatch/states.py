"""The life of a delivery, as a table: what may change `Delivery.state`, and what a crash does in each state.

The rule behind the table: an outcome that is known is never sent again, and an outcome that nobody can
know is never sent again by the machine. Nobody can know what became of a message when its sender dies
between the final dot and the server's reply, for SMTP has no idempotency key (RFC 1047); so `in_doubt`
is committed before that dot, and all that was in doubt when a lease ran out becomes `unknown`.

`campaign.dispatch.moves` makes the moves of this table as set-based UPDATEs with the old state and the
fence in their WHERE, so a late or repeated writer changes nothing. A test reads the sources and finds no
other writer.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Update, or_, update

from campaign.dispatch.waits import wait
from campaign.models import Delivery
from campaign.models import DeliveryState as State

# a claim that shows no life for this long is taken to be dead; renewed about every second
LEASE = wait("CAMPAIGN_LEASE_SECONDS", 60)


@dataclass(frozen=True)
class Transition:
    """From which states to which; `why` it happens; `killed`: what a death right after it leads to."""

    sources: tuple[State, ...]
    target: State
    why: str
    killed: str


FINAL = frozenset({State.ACCEPTED, State.REJECTED, State.SUPPRESSED, State.EXPIRED, State.CANCELLED})
"""Nothing leaves these."""
SETTLED = FINAL | {State.UNKNOWN}
"""Nothing is left to do by the machine: a mailing whose rows are all settled is finished."""

_STAYS = "stays; the beat rings again"
_FINAL = "final"
TRANSITIONS: dict[str, Transition] = {
    "claim": Transition(
        (State.QUEUED,),
        State.CLAIMED,
        "a lane or a print run takes it, with a lease and a new fence",
        "the lease runs out: requeue_dead (nothing was sent)",
    ),
    "release": Transition((State.CLAIMED,), State.QUEUED, "paused, or the server is down: not tried", _STAYS),
    "suppress": Transition(
        (State.CLAIMED,),
        State.SUPPRESSED,
        "consent, suppression, hold or day's limit said no",
        _FINAL,
    ),
    "doubt": Transition(
        (State.CLAIMED,),
        State.IN_DOUBT,
        "the body is with the server and only its terminator is missing",
        "the lease runs out: give_up (never resent)",
    ),
    "accept": Transition(
        (State.IN_DOUBT, State.UNKNOWN), State.ACCEPTED, "250 after the dot, even a late one", _FINAL
    ),
    "reject": Transition(
        (State.CLAIMED, State.IN_DOUBT, State.UNKNOWN),
        State.REJECTED,
        "5xx, or it cannot be rendered",
        _FINAL,
    ),
    "defer": Transition(
        (State.CLAIMED, State.IN_DOUBT, State.UNKNOWN),
        State.DEFERRED,
        "4xx, or the connection was lost before the dot: known not sent",
        "stays until next_attempt_at",
    ),
    "forgo": Transition(
        (State.CLAIMED, State.IN_DOUBT, State.UNKNOWN),
        State.EXPIRED,
        "like defer, but the next attempt would come after the deadline",
        _FINAL,
    ),
    "lose": Transition(
        (State.IN_DOUBT,), State.UNKNOWN, "no reply came after the dot", "stays; a person decides"
    ),
    "requeue_dead": Transition((State.CLAIMED,), State.QUEUED, "its lease ran out before the dot", _STAYS),
    "give_up": Transition(
        (State.IN_DOUBT,), State.UNKNOWN, "its lease ran out after the dot", "stays; a person decides"
    ),
    "requeue_due": Transition((State.DEFERRED,), State.QUEUED, "the time of its next attempt came", _STAYS),
    "expire": Transition((State.QUEUED, State.DEFERRED), State.EXPIRED, "the deadline passed", _FINAL),
    "cancel": Transition(
        (State.QUEUED, State.DEFERRED, State.CLAIMED),
        State.CANCELLED,
        "a person cancelled the mailing",
        _FINAL,
    ),
    "count_as_sent": Transition((State.UNKNOWN,), State.ACCEPTED, "a person says that it arrived", _FINAL),
    "send_again": Transition(
        (State.UNKNOWN,), State.QUEUED, "a person says that it did not; same Message-ID, new fence", _STAYS
    ),
    "print": Transition((State.CLAIMED,), State.IN_PRINT, "the letter is in a stored print run", "stays"),
    "unprint": Transition((State.IN_PRINT,), State.QUEUED, "the run was dropped before printing", _STAYS),
    "post": Transition((State.IN_PRINT,), State.ACCEPTED, "the letter was posted", _FINAL),
}


def move(name: str) -> Update:
    """The UPDATE of one transition; callers add which rows, and the facts that go with it."""
    transition = TRANSITIONS[name]
    sources = or_(*(Delivery.state == source for source in transition.sources))
    return update(Delivery).where(sources).values(state=transition.target)
