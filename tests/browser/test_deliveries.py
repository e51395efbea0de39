"""What she received and the keys that sign: accessible, quiet, no wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from campaign import config
from campaign.clock import utc_now
from campaign.dispatch import control, send
from campaign.dispatch.dkim import keys
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import Account, Campaign, Contact, Delivery, DkimAlgorithm, Mailing, Role
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House


@pytest.fixture(scope="module")
def pages(house: House) -> dict[str, str]:
    """The address of each page, by a word for it; a campaign has gone out, two keys were made."""
    settings, now = house.settings, utc_now()
    with house.database.write() as db:
        # the bench's company brings a reviewer of its own by that address
        same = Account.email == house.emails[Role.REVIEWER]
        db.execute(update(Account).where(same).values(email="reviewer@house.example"))
        mailing = make_company(db, 3, now)
        campaign = Campaign(
            name="Trà Tết tặng khách quen", message_id=mailing.message_id, account_id=mailing.created_by,
            created_at=now, updated_at=now,
        )  # fmt: skip
        db.add(campaign)
        db.flush()
        mailing.campaign_id = campaign.id
        control.start(db, mailing, now)
        mailing_id, campaign_id = mailing.id, campaign.id
        for algorithm in DkimAlgorithm:
            key = keys.new(db, None, "tramocan.example", algorithm, settings.secret_key, now)
            if algorithm is DkimAlgorithm.RSA:
                text = keys.record(key)
                keys.activate(db, None, key, lambda _name, text=text: [text], now)
        old = keys.new(db, None, "tramocan.example", DkimAlgorithm.RSA, settings.secret_key, now)
        old.activated_at = now
        keys.retire(db, None, old, now)
    with ThreadPoolExecutor(1) as pool:  # Playwright's loop has this thread, and the sink wants one too
        pool.submit(_send, house, mailing_id).result()
    with house.database.write() as db:
        rows = list(db.scalars(select(Delivery).where(Delivery.mailing_id == mailing_id)))
        db.get_one(Contact, rows[1].contact_id).erased_at = now
        assert db.get_one(Mailing, mailing_id)
        return {
            "exact": f"/deliveries/{rows[0].id}",
            "erased": f"/deliveries/{rows[1].id}",
            "list": f"/deliveries/campaigns/{campaign_id}",
            "dkim": "/dkim",
        }


def _send(house: House, mailing_id: int) -> None:
    settings = house.settings
    with running(Sink()) as sink:
        there = config.load(
            {"CAMPAIGN_STATE_DIR": str(settings.state_dir), "CAMPAIGN_PORT": str(settings.web_port),
             "SMTP_URL": f"smtp://127.0.0.1:{sink.port}"}
        )  # fmt: skip
        send.run_email_lane(house.database, there, mailing_id, clock=utc_now)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", [DESKTOP, PHONE])
def test_the_pages_are_accessible_and_fit(
    pages: dict[str, str], open_browser: Callable[..., Page], view: dict[str, int], language: str
) -> None:
    page = open_browser(Role.ADMIN, Role.CARE, viewport=view, language=language)
    for path in pages.values():
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        assert page.locator("h1").count() == 1
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is wider than the window"


def test_the_mail_is_shown_in_a_frame_that_can_do_nothing(
    pages: dict[str, str], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(Role.CARE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["exact"])
    frame = page.frame_locator("iframe[sandbox]")
    assert "Trà Mộc An" in frame.locator("body").inner_text()
    assert not [url for url in asked if "/o/" in url or "/c/" in url or "/u/" in url]
    page.get_by_text("Phần đầu thư").click()
    expect(page.get_by_text("List-Unsubscribe-Post")).to_be_visible()
