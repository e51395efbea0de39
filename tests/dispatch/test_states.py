"""The life of a delivery, driven at random: whatever dies whenever, no known outcome is sent again."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
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
from campaign.dispatch import control, moves, sweep
from campaign.dispatch.moves import Outcome
from campaign.dispatch.states import FINAL, TRANSITIONS
from campaign.models import Channel, DeliveryState, MailingState
from tests.conftest import NOW
from tests.dispatch.making import make_mailing, rows_of

PEOPLE = 4
FATES = ["accept", "reject", "defer", "lose", "die", "die after", "freeze"]
State = DeliveryState


def test_every_state_is_in_the_table_and_final_ones_have_no_way_out() -> None:
    reached = {transition.target for transition in TRANSITIONS.values()} | {State.QUEUED}
    assert reached == set(State)
    assert not any(set(transition.sources) & FINAL for transition in TRANSITIONS.values())


def test_nobody_else_changes_the_state_of_a_delivery() -> None:
    root = Path(campaign.__file__).parent
    writes = re.compile(r"update\(Delivery\)|(delivery|row)\.state\s*=[^=]")
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    # `moves` itself renews leases beside the table; print runs note places beside it
    assert found <= {"dispatch/states.py", "dispatch/moves.py", "dispatch/print_run.py"}


class Deliveries(RuleBasedStateMachine):
    """Lanes that claim, send and die; a sweeper; people. `copies` is what a server outside has taken."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="states-")
        path = Path(self.folder.name) / "campaign.db"
        shutil.copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.db = self.database.session()
        self.now = NOW
        self.mailing = make_mailing(self.db, NOW, PEOPLE)
        control.start(self.db, self.mailing, NOW)
        self.db.commit()
        self.account = self.mailing.created_by
        self.frozen: list[tuple[int, int]] = []  # (row, fence) in the hands of lanes that stand still
        self.ended: list[tuple[int, int]] = []  # taken by the server, reply not yet recorded
        self.copies: Counter[int] = Counter()
        self.again: Counter[int] = Counter()
        self.by_hand: set[int] = set()
        self.final: dict[int, DeliveryState] = {}

    def teardown(self) -> None:
        self.db.close()
        self.database.close()
        self.folder.cleanup()

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=PEOPLE))
    def a_lane(self, fates: list[str]) -> None:
        """Claims a row for each fate and tries it."""
        if self.mailing.state is not MailingState.RUNNING:
            return
        ids = moves.claim(self.db, self.mailing.id, Channel.EMAIL, "lane", len(fates), self.now)
        self.db.commit()
        fences = {row.id: row.fence for row in rows_of(self.db, self.mailing)}
        for row_id, fate in zip(ids, fates, strict=False):
            if fate == "freeze":
                self.frozen.append((row_id, fences[row_id]))
            else:
                self.attempt(row_id, fences[row_id], fate)

    @precondition(lambda self: self.frozen)
    @rule(fate=st.sampled_from([fate for fate in FATES if fate != "freeze"]))
    def a_frozen_lane_goes_on(self, fate: str) -> None:
        self.attempt(*self.frozen.pop(), fate)

    def attempt(self, row: int, fence: int, fate: str) -> None:
        """One message through doubt and dot; `die` is before the doubt, `die after` is after the dot."""
        if fate == "die" or not moves.doubt(self.db, row, fence, "digest", self.now):
            self.db.rollback()
            return
        self.db.commit()
        if fate in ("accept", "lose", "die after"):
            self.copies[row] += 1
        if fate == "die after":
            self.ended.append((row, fence))
            return
        due = self.now + timedelta(minutes=5) if fate == "defer" else None
        assert moves.settle(self.db, Outcome(row, fence, fate, self.now, next_attempt_at=due))
        self.db.commit()

    @precondition(lambda self: self.ended)
    @rule()
    def a_late_reply(self) -> None:
        """A lane that was only frozen writes down the 250 it got long ago."""
        row, fence = self.ended.pop()
        moves.settle(self.db, Outcome(row, fence, "accept", self.now))
        self.db.commit()

    @rule(minutes=st.sampled_from([0.1, 2, 10, 60]))
    def time_passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
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
            if again and moves.send_again(self.db, row.id):
                self.again[row.id] += 1
            elif not again and moves.count_as_sent(self.db, row.id):
                self.by_hand.add(row.id)
            self.db.commit()

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


def test_no_order_of_events_sends_a_known_outcome_twice(sqlite_template: Path) -> None:
    Deliveries.template = sqlite_template
    run_state_machine_as_test(
        Deliveries,
        settings=hypothesis_settings(max_examples=20, stateful_step_count=20, deadline=None),
    )


def test_the_machine_would_notice_a_second_copy(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With messages in doubt put back into the queue the invariant breaks: the test can fail."""
    Deliveries.template = sqlite_template

    def requeue(db, now):  # type: ignore[no-untyped-def]
        doubtful = moves.update(moves.Delivery).where(
            moves.Delivery.state == State.IN_DOUBT, moves.Delivery.lease_until < now
        )
        return moves.run(db, doubtful.values(state=State.QUEUED, lease_until=None))

    monkeypatch.setattr(moves, "give_up", requeue)
    machine = Deliveries()
    machine.a_lane(["die after"])
    machine.time_passes(2)
    machine.a_lane(["accept"] * PEOPLE)
    with pytest.raises(AssertionError):
        machine.no_copy_but_the_first_and_those_a_person_asked_for()
    machine.teardown()
