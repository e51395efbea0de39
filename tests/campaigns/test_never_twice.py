"""One approval, several mailings: whatever is retried, added or decided, no address gets two copies."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import added, life, trials
from campaign.db import Database
from campaign.dispatch import moves, sweep
from campaign.dispatch.moves import Outcome
from campaign.dispatch.states import TRANSITIONS
from campaign.errors import Refused
from campaign.models import (
    AudienceMember,
    Campaign,
    Channel,
    Delivery,
    DeliveryState,
    MailingState,
    MemberPart,
    Trial,
)
from tests.campaigns import adding
from tests.campaigns.helpers import Office, make_contact
from tests.campaigns.test_trials import signed
from tests.conftest import NOW

State = DeliveryState
FATES = ["accept", "accept", "full", "gone", "later", "lose", "die"]
TERMS = SendingTerms(
    trial=TrialTerms(share=50, hours=6, default="b"),
    holdout=20,
    added_until=(NOW + timedelta(days=300)).date(),
)


class Campaigns(RuleBasedStateMachine):
    """A campaign with a test, people who join, a lane, a marketer. `copies`: what a server took."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="twice-")
        path = Path(self.folder.name) / "campaign.db"
        shutil.copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.db = self.database.session()
        self.now = NOW
        self.office = Office(self.db, NOW)
        for number in range(2, 8):
            self.office.contacts.append(make_contact(self.db, self.office.sender, number, NOW))
        self.office.campaign(NOW)
        signed(self.office, TERMS, NOW)
        life.start(self.db, self.made, self.office.account("mai"), NOW)
        self.db.commit()
        self.copies: Counter[tuple[Channel, str]] = Counter()

    @property
    def made(self) -> Campaign:
        return self.office.made

    def teardown(self) -> None:
        self.db.close()
        self.database.close()
        self.folder.cleanup()

    def act(self, refusable: object) -> None:
        """What a person presses; a refusal is an answer."""
        with suppress(Refused):
            refusable()  # type: ignore[operator]
            self.db.commit()
        self.db.rollback()

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=8))
    def a_lane(self, fates: list[str]) -> None:
        for mailing in life.mailings_of(self.db, self.made):
            if mailing.state is MailingState.RUNNING:
                ids = moves.claim(self.db, mailing.id, Channel.EMAIL, "lane", len(fates), self.now)
                for row_id, fate in zip(ids, fates, strict=False):
                    self.attempt(self.db.get_one(Delivery, row_id, populate_existing=True), fate)
        self.db.commit()

    def attempt(self, row: Delivery, fate: str) -> None:
        soon = self.now + timedelta(minutes=5)
        if fate == "die":
            return
        if fate in ("accept", "lose"):
            self.copies[row.channel, row.address_key] += 1
        outcome = {
            "accept": Outcome(row.id, row.fence, "accept", self.now, code=250, reply="2.0.0 ok"),
            "full": Outcome(row.id, row.fence, "reject", self.now, "rcpt", 552, "5.2.2 mailbox full"),
            "gone": Outcome(row.id, row.fence, "reject", self.now, "rcpt", 550, "5.1.1 no such user"),
            "lose": Outcome(row.id, row.fence, "lose", self.now, "no-reply"),
            "later": Outcome(
                row.id,
                row.fence,
                "defer",
                self.now,
                "rcpt",
                450,
                next_attempt_at=soon,
            ),
        }[fate]
        assert moves.settle(self.db, [outcome]) == 1

    @rule(hours=st.sampled_from([0.2, 3, 7, 72]))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        sweep.sweep(self.db, self.now, timedelta(minutes=15))
        trials.go_on(self.db, self.now)
        life.finish_done(self.db, self.now)
        self.db.commit()

    @rule(known=st.booleans())
    def somebody_joins(self, known: bool) -> None:
        """With an address of their own, or with one that somebody has already."""
        contact = make_contact(self.db, self.office.sender, len(self.office.contacts), self.now)
        if known:
            contact.email = contact.email_key = self.office.contacts[0].email_key
        self.office.contacts.append(contact)
        self.db.commit()

    @rule()
    def send_to_those_added(self) -> None:
        self.act(lambda: adding.send(self.db, self.made, self.office.account("mai"), self.now))

    @rule()
    def retry(self) -> None:
        self.act(lambda: life.retry(self.db, self.made, self.office.account("mai"), self.now))

    @rule(arm=st.sampled_from(["a", "b"]))
    def decide(self, arm: str) -> None:
        trial = self.db.scalars(select(Trial)).one()
        self.act(lambda: trials.choose(self.db, trial, arm, self.office.account("mai"), self.now))

    @rule()
    def pause_or_resume(self) -> None:
        doing = life.pause if self.made.state == "running" else life.resume
        self.act(lambda: doing(self.db, self.made, self.office.account("mai"), self.now))

    @invariant()
    def nobody_gets_two(self) -> None:
        assert [one for one, count in self.copies.items() if count > 1] == []

    @invariant()
    def no_address_has_two_deliveries(self) -> None:
        keys = self.db.execute(select(Delivery.channel, Delivery.address_key)).all()
        assert len(keys) == len(set(keys))

    @invariant()
    def who_is_held_out_gets_nothing(self) -> None:
        held = select(AudienceMember.contact_id).where(AudienceMember.part == MemberPart.HELD_OUT)
        assert self.db.scalars(select(Delivery.id).where(Delivery.contact_id.in_(held))).all() == []
        self.db.commit()

    @invariant()
    def everybody_frozen_is_accounted_for(self) -> None:
        for mailing in life.mailings_of(self.db, self.made):
            members = select(AudienceMember.contact_id).where(
                AudienceMember.audience_id == mailing.audience_id, AudienceMember.part != MemberPart.HELD_OUT
            )
            planned = select(Delivery.contact_id).where(Delivery.mailing_id == mailing.id)
            assert sorted(self.db.scalars(members)) == sorted(self.db.scalars(planned))
        self.db.commit()


def test_no_order_of_events_writes_twice_to_an_address(sqlite_template: Path) -> None:
    Campaigns.template = sqlite_template
    run_state_machine_as_test(
        Campaigns, settings=hypothesis_settings(max_examples=12, stateful_step_count=25)
    )


def test_the_machine_would_notice_a_second_copy(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the earlier audiences are forgotten, those added are everybody: the test can fail."""
    Campaigns.template = sqlite_template
    monkeypatch.setattr(added, "_audiences", lambda *_: [])
    machine = Campaigns()
    machine.decide("a")
    machine.time_passes(0.2)
    machine.a_lane(["accept"] * 8)
    machine.send_to_those_added()
    machine.a_lane(["accept"] * 8)
    with pytest.raises(AssertionError):
        machine.nobody_gets_two()
    machine.teardown()


def test_a_retry_that_forgot_its_table_would_be_noticed(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were unknown outcomes tried again like failures, a second copy would leave."""
    Campaigns.template = sqlite_template
    right = TRANSITIONS["retry"]
    monkeypatch.setitem(TRANSITIONS, "retry", replace(right, sources=(*right.sources, State.UNKNOWN)))
    machine = Campaigns()
    machine.a_lane(["lose", "full"] + ["accept"] * 6)
    rows = machine.db.scalars(select(Delivery).where(Delivery.state == State.UNKNOWN)).all()
    assert rows
    moves.retry(machine.db, rows[0].mailing_id, Delivery.state.in_([State.UNKNOWN, State.REJECTED]))
    machine.a_lane(["accept"] * 8)
    with pytest.raises(AssertionError):
        machine.nobody_gets_two()
    machine.teardown()
