"""The life of a delivery, driven at random: whatever dies whenever, no known outcome is sent again."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import campaign
from campaign.db import Database
from campaign.dispatch import control, journal_reading, moves, recovery, settle, sweep
from campaign.dispatch import journal as journals
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import Journal
from campaign.dispatch.moves import Outcome
from campaign.dispatch.states import FINAL, LEASE, SETTLED, TRANSITIONS
from campaign.errors import Refused
from campaign.models import Account, Channel, DeliveryState, MailingState
from tests.conftest import NOW
from tests.dispatch.making import make_mailing, rows_of

PEOPLE = 4
FATES = [
    "accept", "reject", "defer", "lose", "slow", "unrecorded", "die before", "die between", "die after",
]  # fmt: skip
State = DeliveryState


def test_every_state_is_in_the_table_and_final_ones_have_no_way_out() -> None:
    reached = {transition.target for transition in TRANSITIONS.values()} | {State.QUEUED}
    assert reached == set(State)
    assert not any(set(transition.sources) & FINAL for transition in TRANSITIONS.values())


def drawn(diagram: str) -> set[tuple[str, str]]:
    """The arrows between states; the one from nowhere is left out, and none is unread."""
    found = re.findall(r"^\s*(\S+) --> (\w+):", diagram, re.MULTILINE)
    assert len(found) == diagram.count("-->")
    return {(source, target) for source, target in found if source != "[*]"}


def test_the_diagram_has_the_arrows_of_the_table_and_no_other() -> None:
    page = (Path(campaign.__file__).parent.parent / "docs/dispatch.md").read_text(encoding="utf-8")
    diagram = page.partition("stateDiagram-v2")[2].partition("```")[0]
    made = {
        (source.value, transition.target.value)
        for transition in TRANSITIONS.values()
        for source in transition.sources
    }
    assert drawn(diagram) == made


class Lane:
    """What a lane holds in its memory. `rows` are those that it has not tried."""

    def __init__(self, journal: Journal, owner: str, rows: list[tuple[int, int]], leased: float) -> None:
        self.journal = journal
        self.owner = owner
        self.rows = rows
        self.leased = leased
        self.recorded = True
        """Whether the database has heard of every outcome."""
        self.ended: list[tuple[int, int]] = []
        """Taken by the server, and the reply not read yet."""


class Deliveries(RuleBasedStateMachine):
    """Lanes on one host that claim, send, stand still and die; its sweeper; the beat; people; power cuts.
    `copies` is what a server outside has taken. One clock is the wall's and the machine's."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="states-")
        path = Path(self.folder.name) / "campaign.db"
        shutil.copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.db = self.database.session()
        self.host = this_host(Path(self.folder.name))
        self.now = NOW
        self.mailing = make_mailing(self.db, NOW, PEOPLE)
        self.mailing_by = self.db.get_one(Account, self.mailing.created_by)
        control.start(self.db, self.mailing, NOW)
        self.db.commit()
        self.lanes: list[Lane] = []
        self.born = 0
        self.copies: Counter[int] = Counter()
        self.again: Counter[int] = Counter()
        self.by_hand: set[int] = set()
        self.final: dict[int, DeliveryState] = {}
        self.patched = pytest.MonkeyPatch()
        for module in (recovery, journals):
            self.patched.setattr(module, "boot_seconds", self.boot_seconds)
        for seconds in ("FRESH_SECONDS", "BUSY_SECONDS"):
            self.patched.setattr(recovery, seconds, 0)

    def teardown(self) -> None:
        self.patched.undo()
        for lane in self.lanes:
            lane.journal.leave()
        self.db.close()
        self.database.close()
        self.folder.cleanup()

    def boot_seconds(self) -> float:
        return (self.now - NOW).total_seconds() + 1000

    @rule(size=st.integers(1, PEOPLE))
    def a_lane_claims(self, size: int) -> None:
        if self.mailing.state is not MailingState.RUNNING:
            return
        self.born += 1
        owner = f"{self.host.id}:1:{self.born}"
        journal = Journal(self.host, owner)
        ids = moves.claim(self.db, self.mailing.id, Channel.EMAIL, owner, size, self.now)
        self.db.commit()
        fences = {row.id: row.fence for row in rows_of(self.db, self.mailing)}
        rows = [(row_id, fences[row_id]) for row_id in ids]
        self.lanes.append(Lane(journal, owner, rows, self.boot_seconds()))

    @precondition(lambda self: any(lane.rows for lane in self.lanes))
    @rule(which=st.integers(0, 9), fate=st.sampled_from(FATES))
    def a_lane_tries_a_row(self, which: int, fate: str) -> None:
        """Intent, clock, dot, reply, record; dying somewhere, or losing the reply, or never recording."""
        busy = [lane for lane in self.lanes if lane.rows]
        lane = busy[which % len(busy)]
        row, fence = lane.rows.pop(0)
        if fate == "die before":
            return self.dies(lane)
        lane.journal.intend(row, fence, "digest")
        lane.journal.flush()
        if self.boot_seconds() >= lane.leased + LEASE.total_seconds():
            fate = "defer"  # too late to end anything
        if fate == "die between":
            return self.dies(lane)
        if fate in ("accept", "lose", "die after", "slow", "unrecorded"):
            self.copies[row] += 1
        if fate == "die after":
            return self.dies(lane)
        if fate == "slow":
            lane.ended.append((row, fence))
            return None
        self.record(lane, row, fence, "accept" if fate == "unrecorded" else fate, known=fate != "unrecorded")
        return None

    def record(self, lane: Lane, row: int, fence: int, transition: str, *, known: bool = True) -> None:
        due = self.now + timedelta(minutes=5) if transition == "defer" else None
        outcome = Outcome(row, fence, transition, self.now, next_attempt_at=due)
        lane.journal.settle(outcome)
        lane.journal.flush()
        if known:
            settle.record(self.db, [outcome], self.now)
            self.db.commit()
        else:
            lane.recorded = False

    def dies(self, lane: Lane) -> None:
        lane.journal.leave()
        self.lanes.remove(lane)

    @precondition(lambda self: any(lane.ended for lane in self.lanes))
    @rule(taken=st.booleans())
    def a_late_reply(self, taken: bool) -> None:
        """However long it stood still: the 250, or the 451, that it reads now is a fact."""
        lane = next(lane for lane in self.lanes if lane.ended)
        row, fence = lane.ended.pop()
        if not taken:
            self.copies[row] -= 1
        self.record(lane, row, fence, "accept" if taken else "defer")

    @precondition(lambda self: self.lanes)
    @rule()
    def a_lane_ends(self) -> None:
        """It gives back what it has not tried, if nothing else can be among it."""
        lane = self.lanes[0]
        if not lane.ended:
            if lane.recorded:
                moves.release(self.db, lane.owner, self.now)
                self.db.commit()
                if not moves.held_by(self.db, lane.owner):
                    lane.journal.discard()
                    self.lanes.remove(lane)
                    return
            self.dies(lane)

    @rule(cut=st.sampled_from([0.0, 0.3, 0.6, 1.0]))
    def the_power_fails(self, cut: float) -> None:
        """All lanes die, and of each journal the disk may hold the beginning only."""
        for lane in list(self.lanes):
            self.dies(lane)
        for path in journals.journals_of(self.host):
            lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join(lines[: 2 + round(cut * (len(lines) - 2))]))
        self.host = replace(self.host, boot=self.host.boot + "+")

    @rule(minutes=st.sampled_from([0.1, 0.5, 2, 20, 60]), at_home=st.booleans())
    def time_passes(self, minutes: float, at_home: bool) -> None:
        self.now += timedelta(minutes=minutes)
        if at_home:
            recovery.recover(self.database, self.host, self.now)
        sweep.sweep(self.db, self.now)
        self.db.commit()

    @rule(wanted=st.sampled_from([False, False, True]))
    def pause_or_resume(self, wanted: bool) -> None:
        if self.mailing.state is MailingState.RUNNING and not wanted:
            return
        acts = {MailingState.RUNNING: control.pause, MailingState.PAUSED: control.resume}
        if act := acts.get(self.mailing.state):
            act(self.db, self.mailing, self.now)
            self.db.commit()

    @precondition(lambda self: self.mailing.state in (MailingState.RUNNING, MailingState.PAUSED))
    @rule(sure=st.sampled_from([False] * 9 + [True]))
    def cancel(self, sure: bool) -> None:
        if sure:
            control.cancel(self.db, self.mailing, self.now)
            self.db.commit()

    @rule(again=st.booleans())
    def a_person_decides(self, again: bool) -> None:
        unknown = [row for row in rows_of(self.db, self.mailing) if row.state is State.UNKNOWN]
        for row in unknown[:1]:
            act = control.send_again if again else control.count_as_sent
            try:
                act(self.db, row.id, self.mailing_by, self.now)
            except Refused:  # too early, or cancelled
                self.db.rollback()
                continue
            self.db.commit()
            if again:
                self.again[row.id] += 1
            else:
                self.by_hand.add(row.id)

    @invariant()
    def no_copy_but_the_first_and_those_a_person_asked_for(self) -> None:
        for row, copies in self.copies.items():
            assert copies <= 1 + self.again[row]

    @invariant()
    def what_is_known_stays_known(self) -> None:
        rows = rows_of(self.db, self.mailing)
        assert len(rows) == PEOPLE
        for row in rows:
            if row.state is State.ACCEPTED:
                assert self.copies[row.id] or row.id in self.by_hand
            if row.id in self.final:
                assert row.state is self.final[row.id]
            elif row.state in FINAL:
                self.final[row.id] = row.state

    @invariant()
    def what_is_done_is_done(self) -> None:
        """Nobody waits in a mailing that nobody looks at any more."""
        self.db.expire(self.mailing)
        if self.mailing.state is MailingState.FINISHED:
            assert all(row.state in SETTLED for row in rows_of(self.db, self.mailing))

    @invariant()
    def nobody_who_got_it_is_asked_to_wait(self) -> None:
        """What was taken once is not on its way to be sent again, unless a person said so."""
        for row in rows_of(self.db, self.mailing):
            if self.copies[row.id] > self.again[row.id]:
                assert row.state not in (State.QUEUED, State.DEFERRED), row.id


def test_no_order_of_events_sends_a_known_outcome_twice(sqlite_template: Path) -> None:
    Deliveries.template = sqlite_template
    run_state_machine_as_test(
        Deliveries,
        settings=hypothesis_settings(max_examples=40, stateful_step_count=25),
    )


def test_the_machine_would_notice_a_second_copy(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With intents taken for silence the invariants break: the test can fail."""
    Deliveries.template = sqlite_template
    real = journal_reading.read

    def deaf(lines, wanted):  # type: ignore[no-untyped-def]
        found = real(lines, wanted)
        found.intents.clear()
        return found

    monkeypatch.setattr(journal_reading, "read", deaf)
    machine = Deliveries()
    machine.a_lane_claims(PEOPLE)
    machine.a_lane_tries_a_row(0, "die after")
    machine.time_passes(0.1, True)
    with pytest.raises(AssertionError):
        machine.nobody_who_got_it_is_asked_to_wait()
    machine.a_lane_claims(PEOPLE)
    for _ in range(PEOPLE):
        machine.a_lane_tries_a_row(0, "accept")
    with pytest.raises(AssertionError):
        machine.no_copy_but_the_first_and_those_a_person_asked_for()
    machine.teardown()
