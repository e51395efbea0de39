"""A campaign under a marketer's hand, in a browser: terms, hours, a test, failures, additions."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.accounts import sessions
from campaign.approval.checklist import QUESTIONS
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import checking, life, terms, trials
from campaign.clock import utc_now
from campaign.models import (
    Account,
    AudienceMember,
    Campaign,
    CampaignState,
    Contact,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    MailingState,
    MemberPart,
    MessageVariant,
)
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.campaigns.helpers import Office, make_contact
from tests.factories import make_order

# a folder to keep pictures in, for whoever wants to look at them
PICTURES = os.environ.get("CAMPAIGN_DESK_PICTURES")
Open = Callable[..., Page]
CHOSEN = SendingTerms(
    trial=TrialTerms(share=50, hours=6), holdout=20, added_until=(utc_now() + timedelta(days=30)).date()
)
PEOPLE = 80


@pytest.fixture(scope="module")
def token(house: House) -> str:
    """A complete draft by Mai, to eighty people; her token."""
    began = utc_now() - timedelta(hours=1)
    with house.database.write() as db:
        office = Office(db, began)
        for number in range(len(office.contacts), PEOPLE):
            make_contact(db, office.sender, number, began)
        office.campaign(began)
        return sessions.start(db, db.get_one(Account, office.people["mai"].id), utc_now())


@pytest.fixture
def mai(house: House, token: str, open_browser: Open) -> Open:
    def sit_down(language: str = "vi") -> Page:
        with house.database.write() as db:
            db.scalars(select(Account).where(Account.email == "mai@example.com")).one().language = language
        page = open_browser(language=language, bypass_csp=True, color_scheme="light")
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": house.url}])
        return page

    return sit_down


def look_at(page: Page, name: str) -> None:
    """Accessible, and no wider than a phone."""
    for viewport, kind in ((DESKTOP, "wide"), (PHONE, "phone")):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, f"{page.url} is wider than a {kind}"
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{kind}.png", full_page=True)
    assert_accessible(page)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def office_of(db: Session) -> tuple[Campaign, Account, Account]:
    people = {
        name: db.scalars(select(Account).where(Account.email == f"{name}@example.com")).one()
        for name in ("mai", "tam")
    }
    return db.get_one(Campaign, 1), people["mai"], people["tam"]


def test_terms_are_chosen_by_keyboard_and_lead_to_the_second_version(mai: Open, house: House) -> None:
    page = mai()
    page.goto("/campaigns/1/whom")
    page.get_by_role("link", name="Thử hai bản, để riêng một số người").click()
    look_at(page, "terms")
    page.get_by_label("Gửi trước hai hay nhiều bản").focus()
    page.keyboard.press("Space")
    page.get_by_label("Tỷ lệ người trong đợt thử").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("50")
    page.get_by_label("Tỷ lệ người không nhận thư").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(page.locator(".languages [aria-current]")).to_have_text("Tiếng Việt · bản B")
    look_at(page, "version-b")
    page.locator("textarea[name='text.subject'], input[name='text.subject']").fill(
        "[QC] Nhẹ hơn 30%: bộ ấm trà Bát Tràng men rạn"
    )
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.locator("#saved")).to_contain_text("Đã lưu")
    with house.database.read() as db:
        campaign = db.get_one(Campaign, 1)
        assert terms.of_campaign(campaign).holdout == 20
        subjects = {
            variant.key: [b["text"] for b in variant.document["blocks"] if b["part"] == "subject"]
            for variant in campaign.message.variants
        }
    assert subjects["vi"] != subjects["vi.b"]
    page = mai("en")
    page.goto("/campaigns/1/terms")
    look_at(page, "terms-en")


def test_each_recipients_hour_and_a_missed_one(mai: Open, house: House) -> None:
    with house.database.write() as db:
        campaign, author, reviewer = office_of(db)
        terms.choose(db, campaign, CHOSEN, author, utc_now())
        submission = life.submit(db, campaign, author, utc_now())
        life.approve(db, submission, reviewer, utc_now(), ticked=QUESTIONS)
    page = mai()
    page.goto("/campaigns/1/send")
    look_at(page, "send")
    day = (datetime.now().astimezone() + timedelta(days=2)).date().isoformat()
    page.get_by_label("Ngày", exact=True).fill(day)
    page.get_by_label("Đồng hồ của từng người nhận").check()
    page.get_by_role("button", name="Hẹn giờ gửi").click()
    expect(page.locator(".sentence")).to_contain_text("theo đồng hồ của từng người nhận")
    look_at(page, "scheduled")
    with house.database.write() as db:
        campaign = db.get_one(Campaign, 1)
        assert campaign.timing["each"]
        late = utc_now() - timedelta(hours=5)
        campaign.send_at = late
        campaign.timing = {}
        life.start_due(db, utc_now())
        assert campaign.state is CampaignState.APPROVED
    for language, words in (("vi", "Đã lỡ giờ hẹn"), ("en", "It missed its time")):
        page = mai(language)
        page.goto("/campaigns/1/send")
        expect(page.locator(".notice-warning")).to_contain_text(words)
        look_at(page, f"missed-{language}")
    expect(page.locator(".notice-warning").get_by_role("link", name="Send now")).to_be_visible()
    page.locator(".notice-warning").get_by_role("link", name="New time").click()
    assert page.url.endswith("#later")


def test_a_test_its_figures_and_a_persons_choice(mai: Open, house: House) -> None:
    with house.database.write() as db:
        campaign, author, _ = office_of(db)
        life.start(db, campaign, author, utc_now() - timedelta(hours=7))
        sample = db.execute(
            select(Delivery, MessageVariant.arm)
            .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
            .join(MessageVariant, MessageVariant.id == Delivery.variant_id)
            .where(AudienceMember.part == MemberPart.SAMPLE)
        ).all()
        for number, (row, arm) in enumerate(sample):
            row.state, row.settled_at = DeliveryState.ACCEPTED, utc_now() - timedelta(hours=6)
            if number % 5 == 0 or arm == "b":
                db.add(Event(delivery_id=row.id, kind=EventKind.OPEN, at=utc_now()))
        for row, _ in sample[:12]:
            make_order(db, db.get_one(Contact, row.contact_id), ordered_on=utc_now().date())
    page = mai()
    page.goto("/campaigns/1/send")
    expect(page.locator("#trial")).to_contain_text("những người còn lại chờ")
    look_at(page, "trial")
    with house.database.write() as db:
        trials.go_on(db, utc_now())
    page.goto("/campaigns/1/send")
    look_at(page, "trial-decided")
    page = mai("en")
    page.goto("/campaigns/1/send")
    expect(page.locator("#trial")).to_contain_text("Version B")
    look_at(page, "trial-en")


def test_failures_are_tried_again_and_those_added_get_it(mai: Open, house: House) -> None:
    with house.database.write() as db:
        campaign, author, _ = office_of(db)
        trial = trials.of_mailing(db, life.mailings_of(db, campaign)[0])
        assert trial is not None
        if trial.state != "decided":
            trials.choose(db, trial, "b", author, utc_now())
        rest = db.scalars(select(Delivery).where(Delivery.state != DeliveryState.ACCEPTED)).all()
        for number, row in enumerate(rest):
            row.state, row.settled_at, row.next_attempt_at = DeliveryState.ACCEPTED, utc_now(), None
            if number < 3:
                row.state, row.reason, row.smtp_reply = DeliveryState.EXPIRED, "deadline", ""
            elif number < 5:
                row.state, row.reason = DeliveryState.REJECTED, "rcpt"
                row.smtp_reply = "5.1.1 no such user"
        mailing = life.mailings_of(db, campaign)[0]
        mailing.state, mailing.finished_at = MailingState.FINISHED, utc_now()
        db.flush()
        life.finish_done(db, utc_now())
        for number in range(PEOPLE, PEOPLE + 4):
            make_contact(db, campaign.message.sender, number, utc_now())
    for language in ("en", "vi"):
        page = mai(language)
        page.goto("/campaigns/1/send")
        look_at(page, f"after-{language}")
    page.get_by_role("button", name="Thử lại 3 thư này").press("Enter")
    expect(page.locator(".notice-done")).to_contain_text("3 thư được thử lại")
    page.get_by_role("button", name="Gửi cho người vào sau").press("Enter")
    expect(page.locator("#preparing")).to_contain_text("Đang chốt danh sách")
    look_at(page, "preparing")
    assert checking.go_on(house.database, 1, utc_now, lambda: False)
    expect(page.locator("#preparing progress")).to_be_visible()
    look_at(page, "preparing-reads")
    while checking.go_on(house.database, 1, utc_now, lambda: False):
        pass
    # the page asks by itself
    expect(page.locator("#preparing")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Trong 2 đợt gửi")
    with house.database.read() as db:
        campaign = db.get_one(Campaign, 1)
        assert len(life.mailings_of(db, campaign)) == 2
        assert campaign.state is CampaignState.RUNNING
    page.goto("/campaigns/1/send")
    look_at(page, "extended")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_report_compares(mai: Open, house: House, language: str) -> None:
    page = mai(language)
    page.goto("/reports/campaigns/1")
    expect(page.locator("main")).to_contain_text({"vi": "Để riêng", "en": "Held out"}[language])
    look_at(page, f"report-{language}")
