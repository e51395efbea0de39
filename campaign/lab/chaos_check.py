"""The invariants I1 to I9 of a mailing, checked from outside: the sink's record against rows and pages.

Pure: facts in, sentences out. An empty list means that all of them hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from campaign.dispatch.moves import AWAY
from campaign.dispatch.states import SETTLED
from campaign.lab.sink_record import Accepted, Record
from campaign.models import DeliveryState

# a change of consent or a pause reaches the senders within this many seconds
GRACE_SECONDS = 2.0
# a sentence names this many of those it speaks of
NAMED = 3
EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Row:
    """One delivery as the database has it."""

    row_id: int
    message_id: str
    address: str
    state: DeliveryState
    sha256: str
    reason: str = ""


@dataclass(frozen=True)
class Refusal:
    """From `at` on (seconds since the epoch, read after the commit) nothing may go to this address."""

    address: str
    at: float
    why: str


@dataclass
class Facts:
    """All that is known of a run when it is over."""

    frozen: int
    """Recipients in the frozen audience."""
    rows: Sequence[Row]
    record: Record
    unknown_bound: int
    hosts_lost: bool = False
    """Whether a host was lost, so that others had to give up what it held."""
    listed: frozenset[int] = frozenset()
    """Rows that the page lists for a person as unknown."""
    listed_more: int = 0
    """How many more of them the page says there are."""
    refusals: Sequence[Refusal] = ()
    pauses: Sequence[tuple[float, float]] = ()
    """From the commit of a pause to just before its end was committed."""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rows by state as the page, the command and so on say; by who says it."""
    rebuilt: Mapping[str, str] = field(default_factory=dict)
    """Of some recipients, by address: what came of making their message again from what was signed. `exact`
    when it is, byte for byte, the one whose hash the row has."""
    stuck: str = ""
    """Why the run did not drain, when it did not."""
    missed: Sequence[str] = ()
    """Faults that found no time, in words."""

    def of(self, *states: DeliveryState) -> list[Row]:
        return [row for row in self.rows if row.state in states]


@dataclass(frozen=True)
class Verdict:
    lost: int
    duplicates: int
    unknown: int
    violations: list[str]


def check(facts: Facts) -> Verdict:
    """What the run shows."""
    violations = [f"{name}: {sentence}" for name, rule in RULES.items() for sentence in rule(facts)]
    violations += [f"lab: {sentence}" for sentence in facts.missed]
    copies = _copies(facts.record.taken)
    return Verdict(
        lost=len(_unsettled(facts)) + len(_not_in_sink(facts)) + max(0, facts.frozen - len(facts.rows)),
        duplicates=sum(copies.values()) - len(copies),
        unknown=len(facts.of(DeliveryState.UNKNOWN)),
        violations=violations,
    )


def _one_copy(facts: Facts) -> Iterator[str]:
    """I1: at most one copy per delivery, and per address of the mailing."""
    by_id = Counter(found.message_id for found in facts.record.taken)
    by_address = Counter(found.recipient for found in facts.record.taken)
    for what, counts in (("Message-ID", by_id), ("address", by_address)):
        twice = [f"{name} ({count}×)" for name, count in counts.items() if count > 1]
        if twice:
            yield f"{len(twice)} came more than once by {what}: {_some(twice)}"


def _database_and_sink(facts: Facts) -> Iterator[str]:
    """I2: accepted ⊆ sink ⊆ accepted ∪ unknown."""
    missing = _not_in_sink(facts)
    if missing:
        yield f"{len(missing)} are accepted and not in the sink: {_some(row.address for row in missing)}"
    known = {row.message_id for row in facts.of(DeliveryState.ACCEPTED, DeliveryState.UNKNOWN)}
    states = {row.message_id: row.state.value for row in facts.rows}
    extra = [found for found in facts.record.taken if found.message_id not in known]
    if extra:
        named = _some(f"{found.recipient} ({states.get(found.message_id, 'no row')})" for found in extra)
        yield f"{len(extra)} are in the sink and neither accepted nor unknown: {named}"


def _drained(facts: Facts) -> Iterator[str]:
    """I3: every frozen recipient has a row, and every row an end."""
    if len(facts.rows) != facts.frozen:
        yield f"{facts.frozen} were frozen and {len(facts.rows)} have a row"
    left = _unsettled(facts)
    if left:
        states = Counter(row.state.value for row in left)
        yield f"{len(left)} rows have no end: {dict(states)}"
    if facts.stuck:
        yield facts.stuck


def _bounded(facts: Facts) -> Iterator[str]:
    """I4: unknown is bounded, and all of it is listed for a person."""
    unknown = {row.row_id for row in facts.of(DeliveryState.UNKNOWN)}
    if len(unknown) > facts.unknown_bound:
        yield f"{len(unknown)} are unknown, and at most {facts.unknown_bound} could be"
    away = [row for row in facts.of(DeliveryState.UNKNOWN) if row.reason == AWAY]
    if away and not facts.hosts_lost:
        yield f"{len(away)} were given up for a host that was never away: {_some(row.row_id for row in away)}"
    strange = facts.listed - unknown
    if strange:
        yield f"rows are listed that are not unknown: {_some(strange)}"
    told = len(facts.listed) + facts.listed_more
    if told != len(unknown):
        yield f"{len(unknown)} are unknown and {told} are listed, not {_some(unknown - facts.listed)}"


def _asked_not_to(facts: Facts) -> Iterator[str]:
    """I5: nobody who had unsubscribed or was suppressed is written to."""
    since = {refusal.address: refusal for refusal in reversed(facts.refusals)}
    for found in facts.record.taken:
        refusal = since.get(found.recipient)
        if refusal and found.begun_at > refusal.at + GRACE_SECONDS:
            late = found.begun_at - refusal.at
            yield f"{found.recipient} was written to {late:.1f} s after “{refusal.why}”"


def _paused(facts: Facts) -> Iterator[str]:
    """I6: nothing is ended while the mailing is paused. A body without its dot is no message: a sender whose
    database is slow may have begun one and must not end it."""
    for began, ended in facts.pauses:
        late = [found for found in facts.record.taken if began + GRACE_SECONDS < found.at < ended]
        if late:
            yield (
                f"{len(late)} messages ended in a pause, the last {late[-1].at - began:.1f} s after it: "
                f"{_some(found.recipient for found in late)}"
            )


def _same_bytes(facts: Facts) -> Iterator[str]:
    """I8: what came is what was written down as sent, and what was signed renders to it."""
    hashes = {row.message_id: row for row in facts.rows}
    for found in facts.record.taken:
        row = hashes.get(found.message_id)
        if row is None:
            continue  # I2 speaks of it
        if row.address != found.recipient:
            yield f"the message of {row.address} went to {found.recipient}"
        # of an unknown one the hash may have gone with its sender
        if row.sha256 != found.sha256 and (row.sha256 or row.state is DeliveryState.ACCEPTED):
            theirs, ours = found.sha256[:12], row.sha256[:12] or "nothing"
            yield f"{found.recipient}: the sink has {theirs}, the row {ours}"
    unlike = [f"{address} ({verdict})" for address, verdict in facts.rebuilt.items() if verdict != EXACT]
    if unlike:
        yield f"{len(unlike)} cannot be made again from what was signed: {_some(unlike)}"


def _same_counts(facts: Facts) -> Iterator[str]:
    """I9: whoever counts, counts the same."""
    truth = {state.value: count for state, count in Counter(row.state for row in facts.rows).items()}
    for who, counts in facts.counts.items():
        if dict(counts) != truth:
            yield f"{who} says {dict(counts)}, the rows are {truth}"


RULES: dict[str, Callable[[Facts], Iterator[str]]] = {
    "I1": _one_copy,
    "I2": _database_and_sink,
    "I3 I7": _drained,
    "I4": _bounded,
    "I5": _asked_not_to,
    "I6": _paused,
    "I8": _same_bytes,
    "I9": _same_counts,
}
"""I7 (after FLUSHALL it drains untouched) is I3 of a run in which FLUSHALL was called."""


def _copies(taken: Sequence[Accepted]) -> Counter[tuple[str, str]]:
    return Counter((found.message_id, found.recipient) for found in taken)


def _not_in_sink(facts: Facts) -> list[Row]:
    came = {found.message_id for found in facts.record.taken}
    return [row for row in facts.of(DeliveryState.ACCEPTED) if row.message_id not in came]


def _unsettled(facts: Facts) -> list[Row]:
    return [row for row in facts.rows if row.state not in SETTLED]


def _some(names: Iterable[object]) -> str:
    found = [str(name) for name in names]
    return ", ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")
