"""What will go wrong in a run of the fault lab, and when: all of it follows from the seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from campaign.lab.chaos_system import Victim
from campaign.lab.sink_faults import DROP, HANG, LATE, TAKE_AND_DROP, Rates

# the sink takes less than all of the mailing (refused, unsubscribed), so nothing may wait for its very end
FIRST, LAST = 0.02, 0.88
# shares of the recipients who unsubscribe, or whose address is suppressed, while the mailing goes out
LEAVING, SUPPRESSED = 0.02, 0.02
# people leave one by one; so many moments are enough to meet every state
LEAVING_MOMENTS = 12
# of all kills of workers; a parent alone holds no rows
VICTIMS = (Victim.CHILD,) * 10 + (Victim.BOTH,) * 9 + (Victim.PARENT,)
# one of so many kills comes while something else is down
TOGETHER = 12


# what is given out below, counted in the shares of one: about 17 a message, and 3 a connection
SHARES = 18


class What(StrEnum):
    """One thing that happens."""

    KILL = "kill"
    WEB_KILL = "web_kill"
    FLUSH = "flush"
    DB_KILL = "db_kill"
    OUTAGE = "outage"
    REDIS_OUTAGE = "redis_outage"
    LEAVE = "leave"
    SUPPRESS = "suppress"
    PAUSE = "pause"
    STOP = "stop"
    CLOCK_JUMP = "clock_jump"
    FULL_DISK = "full_disk"
    SLOWDOWN = "slowdown"


@dataclass(frozen=True)
class Faults:
    """How many of each. An outage is one of the sink; for every two of them the queue server goes away as
    long, too."""

    kills: int = 50
    web_kills: int = 10
    flushes: int = 5
    db_kills: int = 3
    outages: int = 2
    outage_seconds: float = 60.0
    pauses: int = 2
    stops: int = 1
    stop_seconds: float = 90.0
    clock_jumps: int = 2
    full_disks: int = 1
    slowdowns: int = 1

    @property
    def redis_outages(self) -> int:
        return (self.outages + 1) // 2


@dataclass(frozen=True)
class Event:
    """`at`: when the sink has taken this share of the mailing. `after`: seconds later than that, so that
    strikes do not all fall on the moment when a message was taken. `people`: how many it concerns."""

    at: float
    what: What
    after: float = 0.0
    victim: Victim = Victim.CHILD
    people: int = 0


def plan(
    seed: int, recipients: int, faults: Faults, with_database: bool, can_slow: bool = True
) -> list[Event]:
    """All that happens, in order. `with_database` False: the database is no server that could be killed;
    `can_slow` False: nor is it a file of ours."""
    random = Random(seed)
    counts = {
        What.KILL: faults.kills,
        What.WEB_KILL: faults.web_kills,
        What.FLUSH: faults.flushes,
        What.DB_KILL: faults.db_kills if with_database else 0,
        What.OUTAGE: faults.outages,
        What.REDIS_OUTAGE: faults.redis_outages,
        What.PAUSE: faults.pauses,
    }
    events = [_event(what, random) for what, count in counts.items() for _ in range(count)]
    events += _leaving(random, What.LEAVE, round(recipients * LEAVING))
    events += _leaving(random, What.SUPPRESS, round(recipients * SUPPRESSED))
    events += _standing(seed, faults, can_slow)
    return sorted(_together(events, random), key=lambda event: event.at)


def _standing(seed: int, faults: Faults, can_slow: bool) -> list[Event]:
    """What strikes no process dead. Drawn apart from the rest, which a seed has always drawn so."""
    counts = {
        What.STOP: faults.stops,
        What.CLOCK_JUMP: faults.clock_jumps,
        What.FULL_DISK: faults.full_disks,
        What.SLOWDOWN: faults.slowdowns if can_slow else 0,
    }
    random = Random(f"standing {seed}")
    events = [_event(what, random) for what, count in counts.items() for _ in range(count)]
    # who stands still as a whole, or only its sending child; a parent alone sends nothing
    return [
        Event(event.at, event.what, event.after, random.choice((Victim.CHILD, Victim.BOTH)))
        for event in events
    ]


def _event(what: What, random: Random) -> Event:
    return Event(random.uniform(FIRST, LAST), what, random.uniform(0, 0.3), random.choice(VICTIMS))


def _leaving(random: Random, what: What, people: int) -> list[Event]:
    """`people` persons, spread over some moments."""
    shares = [0] * LEAVING_MOMENTS
    for _ in range(people):
        shares[random.randrange(LEAVING_MOMENTS)] += 1
    return [Event(random.uniform(0, LAST), what, people=count) for count in shares if count]


def _together(events: list[Event], random: Random) -> list[Event]:
    """Some kills come while something is down that the next try would need."""
    downs = [event for event in events if event.what in (What.OUTAGE, What.REDIS_OUTAGE, What.DB_KILL)]
    kills = [event for event in events if event.what is What.KILL]
    moved = {}
    for kill in kills[: len(kills) // TOGETHER] if downs else ():
        down = random.choice(downs)
        moved[kill] = Event(down.at, What.KILL, down.after + random.uniform(0.1, 3.0), kill.victim)
    return [moved.get(event, event) for event in events]


def misbehaviour(share: float) -> Rates:
    """How the sink answers when it does not do as usual; `share` of all messages meet something, about."""
    one = share / SHARES
    silent = {HANG: one / 2, LATE: one / 2}
    return {
        "greeting": {"421 4.3.2 not now": one, DROP: one, **silent},
        "mail": {"451 4.3.0 try later": one, "550 5.7.1 not from you": one / 2, DROP: one / 2, **silent},
        "rcpt": {"450 4.2.1 greylisted": 2 * one, "550 5.7.1 not for you": one, **silent},
        "data": {"451 4.5.0 not yet": one, "554 5.7.0 no mail today": one / 2, **silent},
        "body": {DROP: one, HANG: one / 2},
        "dot": {
            "451 4.3.1 no room": one,
            "554 5.6.0 not this": one / 2,
            DROP: one,
            TAKE_AND_DROP: one,
            HANG: one / 2,
            LATE: 2 * one,
        },
    }
