"""The page of customers' value: both pictures, at a desk and on a phone; a cell opens its segment."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.clock import utc_now
from campaign.models import Role
from campaign.segments.compile import today
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.factories import make_contact, make_order, make_sender

# to look at the page: a folder for pictures
LOOK = os.environ.get("VALUE_PICTURES")


@pytest.fixture(scope="module")
def shop(house: House) -> None:
    chance = random.Random(3)
    with house.database.write() as db:
        make_sender(db)
        for _ in range(160):
            person = make_contact(db)
            for _ in range(int(chance.paretovariate(1.1))):
                day = today(utc_now()) - timedelta(days=int(chance.expovariate(1 / 200)))
                make_order(db, person, ordered_on=day, amount=int(chance.paretovariate(1.3) * 90_000))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_a_phone(
    house: House, shop: None, open_browser: Callable[..., Page], scheme: str, language: str
) -> None:
    page = open_browser(Role.MARKETER, bypass_csp=True, color_scheme=scheme, language=language)
    for name, size in (("desk", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto("/segments/value")
        assert_accessible(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"value-{language}-{scheme}-{name}.png", full_page=True)


def test_a_cell_opens_its_segment_by_keyboard(
    house: House, shop: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(Role.MARKETER)
    page.goto("/segments/value")
    cell = page.locator(".rfm a").first
    count = cell.locator("strong").inner_text()
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#r\\.0-r")).to_have_value("5-5")
    expect(page.locator(".reach-number strong")).to_have_text(count)


def test_of_a_past_day_cells_open_nothing(
    house: House, shop: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(Role.MARKETER)
    page.goto("/segments/value")
    page.locator("#day").fill((today(utc_now()) - timedelta(days=100)).strftime("%d/%m/%Y"))
    page.locator("#day").press("Enter")
    page.wait_for_url("**day=*")  # before, it is still today's page
    expect(page.locator(".rfm strong").first).to_be_visible()
    expect(page.locator(".rfm a")).to_have_count(0)
