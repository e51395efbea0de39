"""Who may sign: a reviewer who changed no part of the message.

No role lifts this, an administrator's neither. The same rule stands in the database as a trigger on
`submission` (migration 0002), for whoever comes by another path.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.errors import Refused
from campaign.models import (
    Account,
    AuditEntry,
    Campaign,
    Message,
    MessageEdit,
    Role,
    Segment,
    Submission,
)


def must_be_reviewer(account: Account) -> None:
    """Refuses everybody else, administrators too."""
    if Role.REVIEWER not in account.roles or not account.active:
        raise Refused("review-not-reviewer")


def changed_by(db: Session, message: Message) -> set[int]:
    """Ids of the accounts that changed any part of the message.

    Its author and the editors of its copy, layouts, sender, segment and settings; whoever made the
    segment; and who changed the segment or the sender itself after the message was begun.
    """
    editors = set(db.scalars(select(MessageEdit.account_id).where(MessageEdit.message_id == message.id)))
    return editors | {message.account_id} | _hands_on_shared_parts(db, message)


def _hands_on_shared_parts(db: Session, message: Message) -> set[int]:
    """Segments and senders serve many messages, so their changes stand in the audit log, not in ours."""
    hands: set[int] = set()
    parts = [("sender", message.sender_id)]
    segment = db.scalar(
        select(Segment)
        .join(Campaign, Campaign.segment_id == Segment.id)
        .where(Campaign.message_id == message.id)
    )
    if segment:
        hands.add(segment.account_id)
        parts.append(("segment", segment.id))
    for noun, noun_id in parts:
        hands |= set(
            db.scalars(
                select(AuditEntry.actor_id).where(
                    AuditEntry.noun == noun,
                    AuditEntry.noun_id == str(noun_id),
                    AuditEntry.at >= message.created_at,
                    AuditEntry.actor_id.is_not(None),
                )
            )
        )
    return hands


def may_sign(db: Session, submission: Submission, account: Account) -> bool:
    """Whether the account has no hand in what was submitted, nor put it up for signing."""
    message = db.get_one(Message, submission.message_id)
    return account.id != submission.submitted_by and account.id not in changed_by(db, message)


def possible_signers(db: Session, message: Message) -> Sequence[Account]:
    """Active reviewers who changed no part; empty means: invite another person."""
    hands = changed_by(db, message)
    people = db.scalars(select(Account).where(Account.active).order_by(Account.name))
    return [account for account in people if Role.REVIEWER in account.roles and account.id not in hands]
