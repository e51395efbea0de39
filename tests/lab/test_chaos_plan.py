"""A seed says all that goes wrong."""

from collections import Counter
from dataclasses import replace

from campaign.lab.chaos_plan import LAST, Faults, What, misbehaviour, plan
from campaign.lab.chaos_system import Victim
from campaign.lab.sink_faults import HANG, LATE, by_chance

ALL = Faults()


def test_the_same_seed_does_the_same() -> None:
    assert plan(7, 10_000, ALL, True) == plan(7, 10_000, ALL, True)
    assert plan(7, 10_000, ALL, True) != plan(8, 10_000, ALL, True)


def test_as_many_as_asked_for_and_before_the_end() -> None:
    events = plan(7, 10_000, ALL, True)
    counts = Counter(event.what for event in events)
    wanted = {
        What.KILL: 50, What.WEB_KILL: 10, What.FLUSH: 5, What.DB_KILL: 3, What.OUTAGE: 2, What.PAUSE: 2,
        What.STOP: 1, What.CLOCK_JUMP: 2, What.FULL_DISK: 1, What.SLOWDOWN: 1,
    }  # fmt: skip
    assert {what: counts[what] for what in wanted} == wanted
    assert all(0 <= event.at <= LAST for event in events)
    assert [event.at for event in events] == sorted(event.at for event in events)
    people = sum(event.people for event in events if event.what is What.LEAVE)
    assert people == 200


def test_a_database_that_is_a_file_is_not_killed() -> None:
    assert not any(event.what is What.DB_KILL for event in plan(7, 100, ALL, False))


def test_a_database_that_is_not_ours_is_not_slowed_down() -> None:
    assert not any(event.what is What.SLOWDOWN for event in plan(7, 100, ALL, False, can_slow=False))


def test_who_stands_still_sends() -> None:
    events = plan(7, 10_000, replace(ALL, stops=200), True)
    victims = {event.victim for event in events if event.what is What.STOP}
    assert victims == {Victim.CHILD, Victim.BOTH}, "a parent alone holds no rows"


def test_what_a_seed_has_always_drawn_does_not_depend_on_newer_faults() -> None:
    newer = {What.STOP, What.CLOCK_JUMP, What.FULL_DISK, What.SLOWDOWN}
    without = plan(7, 1000, replace(ALL, stops=0, clock_jumps=0, full_disks=0, slowdowns=0), True)
    assert [event for event in plan(7, 1000, ALL, True) if event.what not in newer] == without


def test_the_sink_misbehaves_in_about_that_share() -> None:
    faults = by_chance(misbehaviour(0.14), seed=1)
    phases = ("mail", "rcpt", "data", "body", "dot")
    struck = sum(any(faults(phase, "x@y") for phase in phases) for _ in range(5000))
    assert 0.08 < struck / 5000 < 0.18
    assert faults("no such phase", "") is None


def test_the_sink_says_no_for_good_falls_silent_and_is_late_in_every_phase_of_the_envelope() -> None:
    rates = misbehaviour(0.14)
    for phase in ("mail", "rcpt", "data", "dot"):
        kinds = {act[0] if act[0].isdigit() else act for act in rates[phase]}
        assert {"4", "5", HANG, LATE} <= kinds, phase
    assert {HANG, LATE} <= set(rates["greeting"])
    assert HANG in rates["body"]
