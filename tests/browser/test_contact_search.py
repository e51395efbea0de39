"""Searching contacts while typing, by keyboard, on a desk and on a phone, and without scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.models import Role
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.factories import make_contact, make_organisation

NAMES = ("Nguyễn Thị Hoà", "Lê Hòa", "Trần Hóa", "Phạm Hoa", "Hoàng Văn Thụ")


@pytest.fixture(scope="module", autouse=True)
def people(house: House) -> None:
    with house.database.write() as db:
        hotel = make_organisation(db, full_name="Khách sạn Sông Hương")
        for number, name in enumerate(NAMES):
            make_contact(
                db, full_name=name, code=f"KH{number:04d}", phone=f"0912 345 67{number}", province="Huế",
                email=f"hoa{number}@example.com", organisation_id=hotel.id if number == 4 else None,
                tags=["khách quen"] if number % 2 else [],
            )  # fmt: skip


def _look(page: Page, name: str) -> None:
    """Kept where CAMPAIGN_LOOK names a folder."""
    if folder := os.environ.get("CAMPAIGN_LOOK"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_the_list_and_the_address_follow_what_is_typed(open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.CARE)
    page.goto("/contacts")
    page.keyboard.press("/")
    page.keyboard.type("Hoà")
    people = page.locator("[data-found]")
    expect(people).to_have_text(["Lê Hòa", "Nguyễn Thị Hoà", "Phạm Hoa", "Trần Hóa", "Hoàng Văn Thụ"])
    expect(page).to_have_url(re.compile(r"/contacts\?q=Ho%C3%A0$"))
    expect(page.locator("#contacts-count")).to_have_text("Tìm thấy 5 khách hàng")
    expect(page.locator("#q")).to_be_focused()
    _look(page, "found")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(people.nth(1)).to_be_focused()
    _look(page, "focus")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Lê Hòa")
    page.go_back()
    expect(page.locator("#q")).to_have_value("Hoà")
    expect(people).to_have_count(5)


def test_nobody_found_is_told_while_typing_and_filters_follow(open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.CARE, language="en")
    page.goto("/contacts")
    page.locator("#q").fill("qwertz")
    expect(page.locator("#contacts-found")).to_contain_text("qwertz")
    page.locator("select[name=province]").select_option("Huế")
    expect(page.locator("#contacts-found")).to_contain_text("Look among all contacts")
    expect(page).to_have_url(re.compile(r"q=qwertz&province=Hu%E1%BA%BF$"))
    _look(page, "nobody")
    page.locator("#q").fill("song huong")
    expect(page.locator("[data-found]")).to_have_text(["Hoàng Văn Thụ"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_found_and_not_found_are_accessible_and_fit_a_phone(
    open_browser: Callable[..., Page], scheme: str
) -> None:
    page = open_browser(Role.CARE, bypass_csp=True, color_scheme=scheme)
    for name, path in (
        ("some", "/contacts?q=hoa"),
        ("none", "/contacts?q=zzz&kind=person"),
        ("all", "/contacts"),
    ):
        page.goto(path)
        assert_accessible(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is wider than a phone"
        _look(page, f"phone-{name}-{scheme}")
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        _look(page, f"desk-{name}-{scheme}")


def test_without_scripts_the_button_searches(open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.CARE, java_script_enabled=False)
    page.goto("/contacts")
    page.locator("#q").fill("0912.345.673")
    page.locator("form.search button[type=submit]").click()
    expect(page.locator("[data-found]")).to_have_text(["Phạm Hoa"])
