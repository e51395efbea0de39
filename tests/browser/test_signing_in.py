"""Through the door with the keyboard, and what one finds behind it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from campaign.models import Role
from tests.browser.conftest import PHONE, House
from tests.people import PASSWORD


def test_with_the_keyboard_alone(house: House, open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/account")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(house.emails[Role.MARKETER])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(house.url + "/account")  # back to where one wanted to go
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_and_paper_are_kept(house: House, open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/sign-in")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/sign-in")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_places_open_on_a_phone_without_javascript(house: House, open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.ADMIN, viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator(".places-phone summary").click()
    page.locator(".places-phone a[href='/people']").click()
    expect(page).to_have_url(house.url + "/people")


def test_a_signed_out_browser_is_out(
    house: House, open_browser: Callable[..., Page], sign_in: Callable[[Page, Role], None]
) -> None:
    page = open_browser()
    sign_in(page, Role.CARE)
    page.locator(".letterhead-person summary").click()
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url(house.url + "/sign-in")
    page.goto("/account")
    expect(page).to_have_url(house.url + "/sign-in?next=/account")
