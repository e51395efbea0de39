"""The desks answer what waits for me today, from rows alone."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import (
    Account,
    Campaign,
    CampaignState,
    Channel,
    Reply,
    ReplyState,
    Role,
    Submission,
    SubmissionState,
)
from campaign.web.home import _part_of_day
from tests.factories import make_contact, make_message
from tests.people import make_account
from tests.web.conftest import SignedIn


def _campaign(db: Session, name: str, state: CampaignState) -> Campaign:
    message = make_message(db, name=name)
    facts = {"channels": "both", "account_id": message.account_id}
    made = Campaign(
        name=name, message_id=message.id, state=state, created_at=utc_now(), updated_at=utc_now(), **facts
    )
    db.add(made)
    db.flush()
    return made


def _submit(db: Session, campaign: Campaign, by: Account, state: SubmissionState, reason: str = "") -> None:
    db.add(
        Submission(
            message_id=campaign.message_id,
            content={},
            content_hash="0" * 64,
            state=state,
            submitted_by=by.id,
            submitted_at=utc_now(),
            reason=reason,
        )
    )


def test_an_empty_house_says_what_to_do_first(signed_in: SignedIn) -> None:
    page = signed_in(Role.MARKETER).get("/").text
    assert "Chưa có chiến dịch nào dở dang" in page
    assert "Ví dụ" in page
    assert "Chưa có người gửi" in signed_in(Role.ADMIN).get("/").text


def test_the_marketer_sees_drafts_and_what_came_back(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        author = make_account(db, Role.MARKETER)
        _campaign(db, "Mời thưởng trà sen", CampaignState.DRAFT)
        back = _campaign(db, "Trung thu", CampaignState.DRAFT)
        _submit(db, back, author, SubmissionState.SENT_BACK, "Đoạn hai có hai lời mời")
        _campaign(db, "Tháng Tám", CampaignState.RUNNING)
        _campaign(db, "Đã xong từ lâu", CampaignState.FINISHED)
    page = signed_in(Role.MARKETER).get("/").text
    assert "<strong>2</strong> bản nháp" in page
    assert "<strong>1</strong> chiến dịch đang trên đường" in page
    assert "Được trả lại" in page
    assert "Đoạn hai có hai lời mời" in page
    assert "Đã xong từ lâu" not in page
    assert "Bàn duyệt" not in page, "one's own desk alone"


def test_the_reviewer_is_not_offered_what_they_wrote(signed_in: SignedIn, database: Database) -> None:
    reviewer = signed_in(Role.REVIEWER)
    with database.write() as db:
        myself = db.scalars(select(Account)).one()
        author = make_account(db, Role.MARKETER, name="Nguyễn Thị Mai")
        mine = _campaign(db, "Thư tôi viết", CampaignState.IN_REVIEW)
        _submit(db, mine, myself, SubmissionState.WAITING)
        hers = _campaign(db, "Thư chị Mai viết", CampaignState.IN_REVIEW)
        _submit(db, hers, author, SubmissionState.WAITING)
    page = reviewer.get("/").text
    assert "<strong>1</strong> lá thư chờ" in page
    assert "Thư chị Mai viết" in page
    assert "Thư tôi viết" not in page


def test_care_sees_who_waits_and_whose_day_it_is(signed_in: SignedIn, database: Database) -> None:
    care = signed_in(Role.CARE)
    tomorrow = utc_now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(days=1)
    with database.write() as db:
        other = make_account(db, Role.CARE)
        make_contact(db, full_name="Đặng Ngọc Uyển", birth_month=tomorrow.month, birth_day=tomorrow.day)
        for subject, state, whose in [
            ("Tôi đặt hai ấm", ReplyState.OPEN, None),
            ("Đã có người lo", ReplyState.OPEN, other.id),
            ("Đã trả lời rồi", ReplyState.ANSWERED, None),
        ]:
            db.add(
                Reply(
                    channel=Channel.EMAIL,
                    subject=subject,
                    state=state,
                    assigned_to=whose,
                    received_at=utc_now(),
                )
            )
    page = care.get("/").text
    assert "<strong>1</strong> thư trả lời đang chờ" in page
    assert "Tôi đặt hai ấm" in page
    assert "Đã có người lo" not in page
    assert "<strong>1</strong> người cần chúc mừng" in page
    assert "Đặng Ngọc Uyển" in page


@pytest.mark.parametrize(
    ("hour", "part"), [(1, "morning"), (6, "afternoon"), (12, "evening"), (23, "morning")]
)
def test_the_greeting_follows_the_offices_clock(app: Flask, hour: int, part: str) -> None:
    """Hà Nội is seven hours ahead of UTC."""
    with app.test_request_context():
        assert _part_of_day(utc_now().replace(hour=hour, minute=0)) == part
