"""Signing with a telephone in a browser: set up, asked for by the house, wrong, right, by a recovery code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.accounts import second_factor, sessions
from campaign.clock import utc_now
from campaign.models import Account, Role
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.campaigns.helpers import Office
from tests.people import PASSWORD

HOOKS = (
    "Bộ ấm trà men rạn nay nhẹ hơn 30%, đủ cho cả nhà.",
    "Bộ ấm trà men rạn nay nhẹ hơn 30%, đủ cho sáu người.",
)
SETTING_UP = "/account/second-factor"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def mai(house: House) -> str:
    """The token of Mai, who has a draft that no rule blocks."""
    with house.database.write() as db:
        office = Office(db, utc_now() - timedelta(hours=1))
        office.campaign(office.now, channels="both")
        return sessions.start(db, db.get_one(Account, office.people["mai"].id), utc_now())


@pytest.fixture
def reviewer(house: House, browser: Browser, sign_in: Callable[[Page, Role], None]) -> Iterator[Page]:
    """Through the door with a password; answered with 422 on purpose, which Chromium's console notes."""
    context = browser.new_context(
        base_url=house.url, viewport=DESKTOP, locale="vi-VN", bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, Role.REVIEWER)
    yield page
    context.close()


@pytest.fixture
def author(house: House, mai: str, open_browser: Open) -> Page:
    page = open_browser()
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": mai, "url": house.url}])
    return page


def submit(author: Page, hook: str = "") -> None:
    """Ask for sign-off; with another opening, a signed letter asks again."""
    if hook:
        author.goto("/messages/1/write?language=vi")
        author.locator("#text-hook").fill(hook)
        with author.expect_navigation():  # it is signed, so that saving it is no small thing
            author.locator("[data-save]").click()
    author.goto("/messages/1/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã gửi duyệt")


def sign(reviewer: Page, number: int, code: str) -> None:
    """Tick what is asked, type the code, sign."""
    if not reviewer.url.endswith("/sign"):
        reviewer.goto(f"/review/{number}")
    for box in reviewer.locator(".questions input").all():
        box.check()
    reviewer.locator("#code").fill(code)
    reviewer.get_by_role("button", name="Ký duyệt").click()


def next_code(secret: str) -> str:
    """The one after the present: the present one may be used already, and clocks may differ by one step."""
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=second_factor.STEP))


def set_up(reviewer: Page) -> tuple[str, list[str]]:
    """As people do it, with a wrong password and a wrong code on the way; the secret and the spare codes."""
    reviewer.locator("#password").fill("sai mất rồi")
    reviewer.get_by_role("button", name="Cài đặt trên điện thoại").click()
    expect(reviewer.locator(".field-error")).to_contain_text("Mật khẩu")
    reviewer.locator("#password").fill(PASSWORD)
    reviewer.get_by_role("button", name="Cài đặt trên điện thoại").click()
    expect(reviewer.locator("svg.qr path")).to_be_visible()
    assert_accessible(reviewer)
    secret = reviewer.locator(".factor-secret").inner_text()
    reviewer.locator("#code").fill("000 000")
    reviewer.get_by_role("button", name="Xác nhận").click()
    expect(reviewer.locator(".field-error")).to_contain_text("Mã chưa đúng, hoặc đã dùng rồi")
    assert reviewer.locator(".factor-secret").inner_text() == secret, "a slip does not begin anew"
    reviewer.locator("#code").fill(pyotp.TOTP(secret).now())
    reviewer.get_by_role("button", name="Xác nhận").click()
    expect(reviewer.locator("h1")).to_have_text("Mã dự phòng")
    assert_accessible(reviewer)
    return secret, reviewer.locator(".recovery-codes code").all_inner_texts()


def test_the_house_asks_and_the_telephone_answers(
    author: Page, reviewer: Page, open_browser: Open, house: House, sign_in: Callable[[Page, Role], None]
) -> None:
    admin = open_browser(Role.ADMIN)
    admin.goto("/people")
    expect(admin.locator("main")).to_contain_text("ký duyệt chỉ cần đã đăng nhập")
    admin.get_by_role("button", name="Bật").click()
    expect(admin.locator("main")).to_contain_text("ai ký cũng phải nhập mã")
    without = admin.locator("main").get_by_text("Người duyệt chưa cài")
    mine = house.account(Role.REVIEWER).name
    expect(without).to_contain_text(mine)

    submit(author)
    reviewer.goto("/review/1")
    assert reviewer.get_by_role("button", name="Ký duyệt").count() == 0
    reviewer.locator("#decide").get_by_role("link", name="Cài đặt trên điện thoại").click()
    secret, spare = set_up(reviewer)
    assert len(set(spare)) == second_factor.RECOVERY_CODES
    reviewer.goto(SETTING_UP)
    expect(reviewer.locator(".notice-done")).to_contain_text(f"Còn {len(spare)} mã dự phòng")
    admin.reload()
    assert mine not in without.all_inner_texts()[0].split(": ")[-1].rstrip(".").split(", ")

    reviewer.goto("/account")
    expect(reviewer.locator("main .tag-done")).to_have_text("Đã cài đặt")
    reviewer.locator(".letterhead-person > summary").click()
    reviewer.get_by_role("button", name="Đăng xuất").click()
    reviewer.wait_for_url(re.compile("/sign-in"))
    sign_in(reviewer, Role.REVIEWER)
    sign(reviewer, 1, "123456")
    expect(reviewer.locator(".field-error")).to_contain_text("Mã chưa đúng, hoặc đã dùng rồi")
    assert all(box.is_checked() for box in reviewer.locator(".questions input").all()), "ticks are kept"
    sign(reviewer, 1, next_code(secret))
    expect(reviewer.locator(".seal-signed")).to_be_visible()

    submit(author, HOOKS[0])
    sign(reviewer, 2, spare[0].upper())
    expect(reviewer.locator(".seal-signed")).to_be_visible()
    submit(author, HOOKS[1])
    sign(reviewer, 3, spare[0])
    expect(reviewer.locator(".field-error")).to_contain_text("đã dùng rồi")
    sign(reviewer, 3, spare[1])
    expect(reviewer.locator(".seal-signed")).to_be_visible()
    reviewer.goto(SETTING_UP)
    expect(reviewer.locator(".notice-done")).to_contain_text(f"Còn {len(spare) - 2} mã dự phòng")


def test_setting_up_fits_a_phone(open_browser: Open) -> None:
    page = open_browser(Role.REVIEWER, viewport=PHONE)
    page.goto(SETTING_UP)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Cài đặt trên điện thoại").click()
    expect(page.locator("svg.qr")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
