"""The life of a delivery, as a table: what may change `Delivery.state`, and what a crash does in each state.

The rule behind the table: an outcome that is known is never sent again, and an outcome that nobody can
know is never sent again by the machine. Nobody can know what became of a message when its sender dies
between the final dot and the server's reply, for SMTP has no idempotency key (RFC 1047).

A row is `claimed` while a lane works on it. How far it got stands in the journal that the lane keeps on its
host (`journal`): an *intent* before the dot, an *outcome* after the reply; outcomes come here in batches.
So a claim whose lane died is decided by that host alone, from its journal (`recovery`):

    what the journal says          same boot                another boot (power cut), or broken
    an outcome                     that outcome             that outcome
    an intent and no outcome       give_up -> unknown       give_up -> unknown
    nothing                        requeue_dead -> queued   give_up -> unknown (the intent may be lost)

When a host stays away, nobody can read its journal: past `settings.host_away` any beat gives its claims up,
and its journal, if it comes back with the same fence, resolves them still (accept, reject, defer, forgo,
give_back). Letters keep no journal: a print run stores its sheets and its rows in one transaction, so a
claim of a dead one goes back when its lease has run out.

`campaign.dispatch.moves` makes the moves of this table as set-based UPDATEs with the old state and the
fence or the owner in their WHERE, so a late or repeated writer changes nothing. A test reads the sources and
finds no other writer. The picture is in docs/dispatch.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, Update, and_, or_, select, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute

from campaign.dispatch.waits import wait
from campaign.models import Channel, Delivery
from campaign.models import DeliveryState as State

# how long a lane may work without a sign of life; it renews its leases when a third of it has passed
LEASE = wait("CAMPAIGN_LEASE_SECONDS", 60)


@dataclass(frozen=True)
class Transition:
    """From which states to which; `why` it happens; `killed`: what a death right after it leads to."""

    sources: tuple[State, ...]
    target: State
    why: str
    killed: str


FINAL = frozenset({State.ACCEPTED, State.CANCELLED})
"""Nothing leaves these."""
FAILED = frozenset({State.REJECTED, State.SUPPRESSED, State.EXPIRED})
"""Known not sent. The machine leaves them alone; a person may have some of them tried again (`retry`)."""
SETTLED = FINAL | FAILED | {State.UNKNOWN}
"""Nothing is left to do by the machine: a mailing whose rows are all settled is finished."""
_UNSETTLED = sorted(frozenset(State) - SETTLED)
_CHANNELS = list(Channel)

_STAYS = "stays; the beat rings again"
_FINAL = "final"
_PERSON = "stays; a person decides"
_HELD = (State.CLAIMED, State.UNKNOWN)  # in a lane's hands, or given up while they still were
TRANSITIONS: dict[str, Transition] = {
    "claim": Transition(
        (State.QUEUED,),
        State.CLAIMED,
        "a lane or a print run takes it, with a lease and a new fence",
        "its host's journal decides: see above",
    ),
    "release": Transition((State.CLAIMED,), State.QUEUED, "not begun: paused, or the server is down", _STAYS),
    "call_off": Transition((State.CLAIMED,), State.CANCELLED, "not begun when a person cancelled", _FINAL),
    "postpone": Transition(
        (State.CLAIMED,), State.DEFERRED, "not begun: its domain must wait", "stays until next_attempt_at"
    ),
    "rest": Transition(
        (State.CLAIMED, State.QUEUED),
        State.DEFERRED,
        "its recipient is in quiet hours; no attempt was made",
        "stays until next_attempt_at",
    ),
    "suppress": Transition(
        (State.CLAIMED,), State.SUPPRESSED, "consent, suppression, hold or day's limit said no", _FINAL
    ),
    "erase": Transition(
        (State.QUEUED, State.DEFERRED),
        State.SUPPRESSED,
        "its person was erased: nothing of it is left to send",
        _FINAL,
    ),
    # what became of an attempt
    "accept": Transition(_HELD, State.ACCEPTED, "250 after the dot, even a late one", _FINAL),
    "reject": Transition(_HELD, State.REJECTED, "5xx, or it cannot be rendered", _FINAL),
    "defer": Transition(
        _HELD,
        State.DEFERRED,
        "4xx, or the connection was lost before the dot: known not sent",
        "stays until next_attempt_at",
    ),
    "forgo": Transition(
        _HELD, State.EXPIRED, "like defer, but the next attempt would come after the deadline", _FINAL
    ),
    "lose": Transition((State.CLAIMED,), State.UNKNOWN, "no reply came after the dot", _PERSON),
    # claims of the dead
    "requeue_dead": Transition((State.CLAIMED,), State.QUEUED, "its lane died before the dot", _STAYS),
    "give_up": Transition(
        (State.CLAIMED,), State.UNKNOWN, "its lane died and may have ended it, or its host is away", _PERSON
    ),
    "give_back": Transition(
        (State.UNKNOWN,), State.QUEUED, "its host came back, and the journal says: not ended", _STAYS
    ),
    "restored": Transition(
        (State.CLAIMED,),
        State.UNKNOWN,
        "the database is a restored copy: what its senders did after the backup nobody knows",
        _PERSON,
    ),
    # time
    "requeue_due": Transition((State.DEFERRED,), State.QUEUED, "the time of its next attempt came", _STAYS),
    "wake": Transition(
        (State.DEFERRED,), State.QUEUED, "it rested for limits or quiet hours, and these were changed", _STAYS
    ),
    "expire": Transition((State.QUEUED, State.DEFERRED), State.EXPIRED, "the deadline passed", _FINAL),
    # people
    "cancel": Transition(
        (State.QUEUED, State.DEFERRED), State.CANCELLED, "a person cancelled the mailing", _FINAL
    ),
    "count_as_sent": Transition((State.UNKNOWN,), State.ACCEPTED, "a person says that it arrived", _FINAL),
    "send_again": Transition(
        (State.UNKNOWN,), State.QUEUED, "a person says that it did not; same Message-ID, new fence", _STAYS
    ),
    "retry": Transition(
        (State.REJECTED, State.EXPIRED, State.SUPPRESSED),
        State.QUEUED,
        "a person has what failed for a passing reason tried again: see `retry`",
        _STAYS,
    ),
    # letters
    "print": Transition((State.CLAIMED,), State.IN_PRINT, "the letter is in a stored print run", "stays"),
    "unprint": Transition((State.IN_PRINT,), State.QUEUED, "the run was dropped before printing", _STAYS),
    "post": Transition((State.IN_PRINT,), State.ACCEPTED, "the letter was posted", _FINAL),
}


def move(name: str, *, by_id: bool = False) -> Update:
    """The UPDATE of one transition; callers add which rows, and the facts that go with it.

    `by_id`: they name the rows by their ids. Then the state is compared as an expression that no index knows:
    a planner that takes few rows for claimed would read all entries of that state instead, and late in a
    large mailing these are those of every row that ever was claimed.
    """
    transition = TRANSITIONS[name]
    state = type_coerce(Delivery.state, String).concat("") if by_id else Delivery.state.expression
    sources = or_(*(state == (source.value if by_id else source) for source in transition.sources))
    return update(Delivery).where(sources).values(state=transition.target)


def of_mailings(ids: Sequence[int]) -> ColumnElement[bool]:
    """Rows of these mailings, said as the index of claims begins: with a state it finds them, where it would
    else read the entries of all that is settled, which late in a large mailing are those of nearly
    everybody."""
    return and_(Delivery.mailing_id.in_(ids), Delivery.channel.in_(_CHANNELS))


def unsettled(mailing_id: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """Whether something of that mailing is left to do; by that index too. No EXISTS, for a planner may make a
    join of it and read what is left of all mailings first."""
    left = (Delivery.channel.in_(_CHANNELS), Delivery.state.in_(_UNSETTLED))
    found = select(Delivery.id).where(Delivery.mailing_id == mailing_id, *left).limit(1)
    return found.scalar_subquery().is_not(None)
