"""In whatever order people act: what is approved is what stands there, signed by another hand."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from campaign import approval
from campaign.approval import sealed, waiving
from campaign.approval.checklist import QUESTIONS, questions
from campaign.campaigns import copy, edit, life
from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.db import Database
from campaign.errors import Refused
from campaign.models import Audience, Campaign, MessageEdit, Submission, Waiver
from tests.campaigns.helpers import PEOPLE, WORDS, Office

START = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
people = st.sampled_from(PEOPLE)


GOOD_SUBJECT = WORDS[Part.SUBJECT]


class Always(dict[str, str]):
    """A reason for whatever is asked."""

    def __init__(self, reason: str) -> None:
        super().__init__({"any": reason})
        self.reason = reason

    def __missing__(self, key: str) -> str:
        return self.reason

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        return self.reason


def with_subject(document: Document, words: str) -> Document:
    """The same copy under another subject."""
    return Document(tuple(replace(b, text=words) if b.part is Part.SUBJECT else b for b in document.blocks))


def machine(template: Path) -> Callable[[], RuleBasedStateMachine]:  # noqa: C901 (many small rules)
    """A machine class bound to an empty, migrated database file."""

    class SignOff(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.folder = tempfile.mkdtemp()
            path = Path(self.folder) / "campaign.db"
            shutil.copy(template, path)
            self.database = Database(f"sqlite:///{path}")
            self.now = START
            self.db = self.database.session()
            self.office = Office(self.db, START)

        def teardown(self) -> None:
            self.db.close()
            self.database.close()
            shutil.rmtree(self.folder)

        def attempt(self, act: Callable[..., object], *args: object) -> None:
            """As the web does it: all or nothing."""
            self.now += timedelta(minutes=1)
            with suppress(Refused), self.db.begin_nested():
                act(self.db, *args, self.now)

        @initialize()
        def begin(self) -> None:
            self.office.campaign(self.now)

        @rule(who=people, words=st.sampled_from(["Một", "Hai", "Ba"]))
        def write(self, who: str, words: str) -> None:
            message = self.office.message
            variant = copy.variant_of(message, "vi")
            document = documents.from_json(variant.document)
            changed, base = self.office.with_hook(document, words), copy.version_of(document)
            self.attempt(copy.save, message, variant, changed, base, self.office.account(who))

        @rule(who=people, name=st.sampled_from(["first", "second"]))
        def choose_segment(self, who: str, name: str) -> None:
            chosen = self.office.segments[name]
            self.attempt(edit.set_segment, self.office.made, chosen, self.office.account(who))

        @rule(who=people, name=st.sampled_from(["first", "second"]))
        def change_rule(self, who: str, name: str) -> None:
            self.office.change_rule(name, self.office.account(who), self.now)

        @rule(words=st.sampled_from(["Một", "Hai", "Ba"]))
        def write_behind_our_back(self, words: str) -> None:
            """By hand in the database: nobody is asked, no flag is set."""
            variant = copy.variant_of(self.office.message, "vi")
            variant.document = documents.to_json(
                self.office.with_hook(documents.from_json(variant.document), words)
            )
            self.db.flush()

        @rule(who=people, words=st.sampled_from(["Xin chào", "Hello", GOOD_SUBJECT]))
        def write_subject(self, who: str, words: str) -> None:
            """Two of the three are blocked."""
            message = self.office.message
            variant = copy.variant_of(message, "vi")
            document = documents.from_json(variant.document)
            changed, base = with_subject(document, words), copy.version_of(document)
            self.attempt(copy.save, message, variant, changed, base, self.office.account(who))

        @rule(who=people, asking=st.booleans())
        def submit(self, who: str, asking: bool) -> None:
            asks = Always("Khách quen") if asking else {}
            self.attempt(partial(life.submit, asks=asks), self.office.made, self.office.account(who))

        @rule(who=people)
        def waive(self, who: str) -> None:
            for submission in approval.waiting(self.db):
                for finding in waiving.of_submission(self.db, submission, self.now.date()).blocking:
                    until = self.now.date() + timedelta(days=5)
                    self.attempt(
                        waiving.waive, submission, finding, "Khách quen", until, self.office.account(who)
                    )

        @rule(who=people)
        def end_waivers(self, who: str) -> None:
            for waiver in waiving.of_message(self.db, self.office.message.id):
                self.attempt(waiving.end, waiver, self.office.account(who))

        @rule(days=st.sampled_from([1, 6]))
        def time_passes(self, days: int) -> None:
            """Six days are longer than any waiver here counts."""
            self.now += timedelta(days=days)

        @rule(who=people)
        def approve(self, who: str) -> None:
            for submission in approval.waiting(self.db):
                sign = partial(life.approve, ticked=QUESTIONS)
                self.attempt(sign, submission, self.office.account(who))

        @rule(who=people)
        def send_back(self, who: str) -> None:
            for submission in approval.waiting(self.db):
                self.attempt(life.send_back, submission, self.office.account(who), "Thiếu giá")

        @rule(who=people)
        def withdraw(self, who: str) -> None:
            for submission in approval.history(self.db, self.office.message.id)[:1]:
                self.attempt(life.withdraw, submission, self.office.account(who))

        @invariant()
        def what_is_approved_is_what_stands(self) -> None:
            if not hasattr(self.office, "made"):
                return
            found = approval.approved_submission(self.db, self.office.message.id, self.now.date())
            if found is None:
                return
            audience = self.db.get_one(Audience, found.audience_id)
            assert sealed.content_now(self.db, self.office.message, audience).sha256 == found.content_hash
            assert found.decided_by not in self.editors()
            assert found.decided_by != found.submitted_by
            assert {answer["question"] for answer in found.checklist} == set(questions(found))
            self.nothing_blocks_without_a_waiver_that_counts(found)

        def nothing_blocks_without_a_waiver_that_counts(self, found: Submission) -> None:
            """Read from the rows: granted by another hand, neither ended nor expired, for these words."""
            rows = self.db.scalars(select(Waiver)).all()
            for item in found.findings:
                if item["severity"] != "error":
                    continue
                assert any(
                    (row.rule, row.part, row.fingerprint) == (item["rule"], item["part"], item["fingerprint"])
                    and row.granted_by not in {None, *self.editors()}
                    and row.voided_at is None
                    and row.ends_on is not None
                    and row.ends_on >= self.now.date()
                    for row in rows
                )

        def editors(self) -> set[int]:
            """Read from the rows, not by the code under test."""
            message = self.office.message
            campaign = self.db.scalars(select(Campaign)).one()
            rows = self.db.scalars(select(MessageEdit).where(MessageEdit.message_id == message.id))
            hands = {row.account_id for row in rows} | {message.account_id}
            return hands | self.office.rule_editors.get(campaign.segment_id, set())

    return SignOff


def test_no_sequence_of_acts_yields_a_false_seal(sqlite_template: Path) -> None:
    run_state_machine_as_test(
        machine(sqlite_template),
        settings=settings(
            max_examples=25,
            stateful_step_count=18,
        ),
    )
