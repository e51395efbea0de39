"""The results of a campaign as pages and files."""

from __future__ import annotations

import pytest

from campaign.db import Database
from campaign.models import Channel, EventKind, Role
from tests.factories import make_contact, make_delivery
from tests.report.test_numbers import happen, make_campaign
from tests.web.conftest import SignedIn


@pytest.fixture
def campaign_id(database: Database) -> int:
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        people = [make_contact(db, full_name=f"=Khách {number}") for number in range(4)]
        mails = [make_delivery(db, mailing, one) for one in people]
        letter = make_delivery(db, mailing, people[0], channel=Channel.LETTER)
        happen(db, mails[0].id, EventKind.OPEN)
        happen(db, mails[1].id, EventKind.OPEN, machine=True)
        happen(db, mails[0].id, EventKind.CLICK)
        happen(db, letter.id, EventKind.REPLY)
        return campaign.id


def test_the_page(signed_in: SignedIn, campaign_id: int) -> None:
    page = signed_in(Role.REVIEWER).get(f"/reports/campaigns/{campaign_id}").text
    assert "1 trong 4 e-mail đã được đọc" in page
    assert "1 trong 1 thư giấy được trả lời" in page
    assert page.count('<svg class="chart"') == 2
    assert "chart-machines" in page
    assert "style=" not in page
    english = signed_in(Role.REVIEWER, language="en").get(f"/reports/campaigns/{campaign_id}").text
    assert "1 of 4 e-mails were read" in english


def test_the_list(signed_in: SignedIn, campaign_id: int) -> None:
    assert f"/reports/campaigns/{campaign_id}" in signed_in(Role.CARE).get("/reports").text


def test_nothing_yet(signed_in: SignedIn) -> None:
    assert "Chưa có gì để đếm" in signed_in(Role.CARE).get("/reports").text


def test_files(signed_in: SignedIn, campaign_id: int) -> None:
    browser = signed_in(Role.MARKETER)
    why = {"reason": "for the printer"}
    file = browser.post(f"/reports/campaigns/{campaign_id}/deliveries.csv", data=why)
    assert file.mimetype == "text/csv"
    assert "'=Khách 0" in file.text
    assert ",=Khách" not in file.text
    assert "email,4" in browser.post(f"/reports/campaigns/{campaign_id}/summary.csv", data=why).text
    assert signed_in(Role.CARE).get(f"/reports/campaigns/{campaign_id}/deliveries.csv").status_code == 403


def test_what_is_not_there(signed_in: SignedIn) -> None:
    browser = signed_in(Role.MARKETER)
    for path in ("", "/deliveries.csv", "/summary.csv"):
        assert browser.get(f"/reports/campaigns/4711{path}").status_code == 404
