"""Opens and clicks that were deleted: questions about that time say so, and nothing is judged by them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.models import ConsentPurpose, EngagementFigures, Mailing
from campaign.segments.exam import deleted
from campaign.segments.exam.different import different
from campaign.segments.exam.identifiable import identifiable
from campaign.segments.exam.verdict import Verdict
from campaign.segments.moments import today
from campaign.segments.rule import Act, And, Engagement, InSegment, Not, Rule, Tag
from tests.conftest import NOW
from tests.factories import make_mailing, make_segment, make_sender
from tests.report.test_numbers import make_campaign
from tests.segments.exam.test_different import VIP, hits, mailing_of, people, write_to

GONE = NOW - timedelta(days=100)
SINCE = today(GONE) + timedelta(days=1)


def gone(db: Session, mailing: Mailing, before: datetime = GONE) -> None:
    db.add(EngagementFigures(mailing_id=mailing.id, counted_at=NOW, gone_before=before, figures={}))
    db.flush()


def opened(**period: int | date) -> Engagement:
    return Engagement(act=Act.OPENED, **period)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "misses"),
    [
        (opened(days=98), False),
        (opened(days=101), True),
        (opened(older_than=10), True),
        (opened(), True),
        (opened(since=SINCE), False),
        (opened(since=SINCE - timedelta(days=1)), True),
        (And((VIP, Not(Engagement(act=Act.CLICKED, days=400)))), True),
        (InSegment(1, opened(days=400)), True),
        (Engagement(act=Act.OPENED, campaign_id=4711), False),
        (Engagement(act=Act.REPLIED), False),
        (Engagement(act=Act.NO_REPLY), False),
        (Engagement(act=Act.RECEIVED), False),
        (Tag("vip"), False),
    ],
)
def test_a_rule_that_asks_for_what_is_gone_is_known(db: Session, rule: Rule, misses: bool) -> None:
    assert deleted.missing(db, rule, NOW) is None
    gone(db, make_mailing(db), GONE - timedelta(days=30))
    gone(db, make_mailing(db))
    assert deleted.missing(db, rule, NOW) == (SINCE if misses else None)


def test_the_exam_says_that_some_are_not_found(db: Session) -> None:
    sender, segment, rule = make_sender(db), make_segment(db), opened(days=400)

    def asked() -> dict[str, object]:
        found = identifiable(db, segment, rule, sender=sender, purpose=ConsentPurpose.MARKETING, now=NOW)
        return {reason.key: reason.values for reason in found.reasons}

    key = "exam-identifiable-changed-deleted"
    assert key not in asked()
    gone(db, make_mailing(db))
    assert asked()[key] == {"day": SINCE}


def test_a_mailing_whose_answers_are_gone_judges_nobody(db: Session) -> None:
    """Else all who clicked on it would stand there as people who did not."""
    old, new = mailing_of(db, days=200), mailing_of(db)
    write_to(db, old, people(db, 30, "vip"), 0)
    write_to(db, old, people(db, 30), 0)
    write_to(db, new, people(db, 30, "vip"), 18)
    write_to(db, new, people(db, 30), 4)
    assert hits(different(db, VIP, NOW)) == (18, 60, 4, 60)
    gone(db, old)
    found = different(db, VIP, NOW)
    assert (hits(found), found.mailings) == ((18, 30, 4, 30), 1)
    assert found.reasons[-1].key == "exam-different-deleted"
    assert found.reasons[-1].values == {"day": SINCE}
    gone(db, new)
    found = different(db, VIP, NOW)
    assert found.verdict is Verdict.UNKNOWN
    assert [reason.key for reason in found.reasons] == ["exam-different-all-deleted"]


def test_members_of_an_eve_are_not_guessed_from_what_is_left(db: Session) -> None:
    """Who clicked within 90 days of a letter sixty days ago is not known when a part of that time is gone."""
    write_to(db, mailing_of(db), people(db, 30), 10)
    assert different(db, opened(days=30), NOW).reasons[0].key == "exam-different-not-then"
    gone(db, mailing_of(db, days=200))
    assert different(db, opened(days=30), NOW).reasons[0].key == "exam-different-not-then"
    assert different(db, opened(days=90), NOW).reasons[0].key == "exam-different-all-deleted"


def test_a_campaign_is_asked_by_its_own_mailings(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    rule = Engagement(act=Act.CLICKED, campaign_id=campaign.id)
    gone(db, make_mailing(db))
    assert deleted.missing(db, rule, NOW) is None
    gone(db, mailing, GONE - timedelta(days=30))
    assert deleted.missing(db, rule, NOW) == SINCE
