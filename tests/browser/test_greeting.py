"""A care employee greets by letter: plan, letter on the screen, one press, the print run, the post."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from campaign.care import due
from campaign.clock import utc_now
from campaign.models import Delivery, DeliveryState, Mailing, Role
from campaign.queue import QUEUE_OF, Job
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, House
from tests.care import test_greet
from tests.factories import make_consent, make_contact, make_sender
from workers.letters import make_print_run


@pytest.fixture
def birthday(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One customer was born on this day, and the words are approved."""
    now = utc_now()
    today = due.today(now)
    monkeypatch.setattr(test_greet, "NOW", now)
    monkeypatch.setattr(test_greet, "TODAY", today)
    with house.database.write() as db:
        sender = make_sender(db)
        test_greet.make_words(db, sender)
        lan = make_contact(db, now, full_name="Trần Thị Lan", birth_day=today.day, birth_month=today.month)
        make_consent(db, lan, sender)


def test_from_the_plan_to_the_post(
    house: House, open_browser: Callable[..., Page], birthday: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_browser(Role.CARE, bypass_csp=True, color_scheme="light")
    page.goto("/care")
    # a holiday may fall on the day that this runs, and its link would be the first
    birthdays = page.locator("main a[href*='/care/birthday/']").filter(has_text="Gửi lời chúc")
    birthdays.first.click()
    expect(page.locator("h1")).to_contain_text("Sinh nhật")
    letter = page.get_by_alt_text("Trang thư gửi Chị Trần Thị Lan")
    expect(letter).to_be_visible()
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert letter.evaluate(width) > 600
    assert_accessible(page)
    page.get_by_role("button", name="Gửi lời chúc cho cả 1 người").click()
    expect(page.get_by_text("1 lá thư đang được dàn trang")).to_be_visible()

    queue = house.queues.queue(QUEUE_OF[Job.PRINT_RUN])
    assert [job.func_name for job in queue.jobs] == [str(Job.PRINT_RUN)]
    with house.database.read() as db:
        mailing_id = db.scalars(select(Mailing.id)).one()
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(house.settings.state_dir))
    monkeypatch.setenv("DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("REDIS_URL", house.settings.redis_url)
    make_print_run(mailing_id)

    page.goto("/letters")
    assert_accessible(page)
    page.get_by_role("link", name="Đợt in số 1").click()
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.get_by_role("button", name="Ghi đã in").click()
    page.get_by_role("link", name="Ghi đã gửi bưu điện").click()
    page.get_by_role("button", name="Ghi đã gửi bưu điện").click()
    expect(page.get_by_text("1 thư đã gửi bưu điện")).to_be_visible()
    with house.database.read() as db:
        assert db.scalars(select(Delivery.state)).one() is DeliveryState.ACCEPTED
