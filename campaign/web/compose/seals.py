"""A submission as pages show it: who, when, and whether its seal is whole."""

from __future__ import annotations

from dataclasses import dataclass

from campaign import approval
from campaign.approval import waiving
from campaign.clock import house_day
from campaign.models import Account, Submission, SubmissionState
from campaign.web import unit

# how the seal component calls them; the others show none
SEALS = {
    SubmissionState.APPROVED: "signed",
    SubmissionState.WAITING: "waiting",
    SubmissionState.VOIDED: "broken",
}


@dataclass(frozen=True)
class Entry:
    """`state` is what holds now: a submission whose content was changed is voided, whatever its row says."""

    submission: Submission
    state: SubmissionState
    author: str
    signer: str

    @property
    def seal(self) -> str:
        """The component's word; empty for what carries no seal."""
        if self.state is SubmissionState.VOIDED and not self.signer:
            return ""
        return SEALS.get(self.state, "")


def of_submission(submission: Submission) -> Entry:
    """Read its people, and compare hashes while it is open."""
    db, state = unit.db(), submission.state
    # what was sent under it stays signed, whatever is edited later
    comparing = state in approval.OPEN and not approval.was_used(db, submission)
    if comparing and not (approval.is_current(db, submission) and _waivers_count(submission, state)):
        state = SubmissionState.VOIDED
    return Entry(submission, state, name_of(submission.submitted_by), name_of(submission.decided_by))


def _waivers_count(submission: Submission, state: SubmissionState) -> bool:
    """A seal that rested on a waiver ends with it; what waits may still be waived."""
    if state is not SubmissionState.APPROVED:
        return True
    return not waiving.of_submission(unit.db(), submission, house_day(unit.now())).blocking


def name_of(account_id: int | None) -> str:
    """A colleague's name; empty for nobody."""
    account = unit.db().get(Account, account_id) if account_id else None
    return account.name if account else ""
