"""The page of proposals and the notices on a person's page, as a person with a browser meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from campaign.models import Role
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.factories import make_contact


@pytest.fixture(scope="module")
def ids(house: House) -> dict[str, int]:
    with house.database.write() as db:
        unset = {"form_of_address": "", "sex": "nữ"}
        lan = make_contact(db, full_name="Phan Thanh Hà", birth_year=1950, province="Bình Dương", **unset)
        make_contact(db, full_name="Chị Lan Proposal", form_of_address="", district="Quận 1")
        make_contact(db, full_name="Tạ Linh", birth_year=1951, province="Biên Hoà 2", **unset)
        return {"lan": lan.id}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(
    house: House, ids: dict[str, int], open_browser: Callable[..., Page], scheme: str
) -> None:
    page = open_browser(Role.CARE, bypass_csp=True, color_scheme=scheme)
    for path in (
        "/contacts/proposals", "/contacts/proposals?field=province", f"/contacts/{ids['lan']}",
        "/contacts?address=old",
    ):  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is wider than a phone"
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_a_group_is_taken_and_undone_by_keyboard(
    house: House, ids: dict[str, int], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(Role.CARE)
    page.goto("/contacts/proposals")
    group = page.locator(".proposal", has_text="Phan Thanh Hà")
    group.get_by_role("button", name="Nhận cả 2").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi Bà cho 2 người.")).to_be_visible()
    expect(page.locator(".proposal", has_text="Phan Thanh Hà")).to_have_count(0)
    page.goto(f"/contacts/{ids['lan']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bà Phan Thanh Hà")
    page.goto("/contacts/proposals")
    page.get_by_role("button", name="Hoàn tác").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".proposal", has_text="Phan Thanh Hà")).to_have_count(1)
