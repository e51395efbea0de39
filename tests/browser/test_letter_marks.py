"""The pencil on the pages of a letter, in the reviewer's desk and beside the editor."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.accounts import sessions
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.compose.document import Document, Part
from campaign.models import Account
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, House
from tests.campaigns.helpers import Office, good_copy

# a folder to keep pictures in, for whoever wants to look at them
PICTURES = os.environ.get("CAMPAIGN_DESK_PICTURES")
SHOUTED = "CHỈ CÓ TRONG TUẦN NÀY"
BODY = (
    f"Mỗi ấm do một nghệ nhân xoay tay, rót êm, {SHOUTED}, {{{{ contact.full_name }}}} nhé!!!\n\n"
    + "Mỗi búp sen được hái trước lúc mặt trời lên rồi ướp ngay trong ngày. " * 4
)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tokens(house: House) -> dict[str, str]:
    """A letter submitted with two words of shouting and a long paragraph."""
    began = utc_now() - timedelta(hours=1)
    blocks = tuple(replace(b, text=BODY) if b.part is Part.BODY else b for b in good_copy().blocks)
    with house.database.write() as db:
        office = Office(db, began)
        office.campaign(began, channels="both")
        office.write(Document(blocks), "mai", began)
        life.submit(db, office.made, office.account("mai"), utc_now())
        return {
            name: sessions.start(db, db.get_one(Account, office.people[name].id), utc_now())
            for name in ("mai", "tam")
        }


@pytest.fixture
def sit(house: House, tokens: dict[str, str], open_browser: Open) -> Open:
    def sit_down(name: str, **options: object) -> Page:
        page = open_browser(**options)
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": tokens[name], "url": house.url}])
        return page

    return sit_down


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        page.locator(".sheet-paper").first.screenshot(path=Path(PICTURES) / f"{name}-sheet.png")


def test_findings_are_drawn_on_the_page_and_led_to(sit: Open) -> None:
    reviewer = sit("tam")
    reviewer.goto("/review/1?view=letter")
    expect(reviewer.locator(".pencil-glass .stroke-warning").first).to_be_visible()
    keep(reviewer, "letter-desk-1280")
    finding = reviewer.locator("#findings .finding", has_text=SHOUTED).last
    number = finding.locator(".finding-number").inner_text()
    finding.get_by_role("link", name="Xem chỗ ấy trong thư").click()
    stroke = reviewer.locator(f"#finding-{number}")
    expect(stroke).to_be_in_viewport()
    paper, drawn = reviewer.locator(".sheet-paper img").bounding_box(), stroke.bounding_box()
    assert paper
    assert drawn
    assert paper["x"] < drawn["x"] < drawn["x"] + drawn["width"] < paper["x"] + paper["width"]
    assert paper["y"] < drawn["y"] < drawn["y"] + drawn["height"] < paper["y"] + paper["height"]


def test_from_the_mail_the_link_of_a_letters_finding_opens_that_letter(sit: Open) -> None:
    reviewer = sit("tam")
    reviewer.goto("/review/1?view=text")
    finding = reviewer.locator("#findings .finding", has_text="thư viết để làm gì")
    finding.get_by_role("link", name="Xem chỗ ấy trong thư").click()
    expect(reviewer.locator(".sheet-letter .pencil-glass")).to_be_visible()
    expect(reviewer).to_have_url(re.compile(r"view=letter.*#finding-\d+$"))


def test_the_ways_follow_the_tab_that_is_open(sit: Open) -> None:
    reviewer = sit("tam")
    reviewer.goto("/review/1?view=desktop")
    finding = reviewer.locator("#findings .finding", has_text=SHOUTED).last
    number = finding.locator(".finding-number").inner_text()
    way = finding.get_by_role("link", name="Xem chỗ ấy trong thư")
    expect(way).to_have_attribute("target", "sheet-frame")
    tabs = reviewer.locator(".sheet-tabs")
    tabs.get_by_role("link", name="Thư giấy").click()
    expect(way).to_have_attribute("href", f"#finding-{number}")
    way.click()
    expect(reviewer.locator(f"#finding-{number}")).to_be_in_viewport()
    # what only the letter has leads from the mail to the letter's tab, without the page
    tabs.get_by_role("link", name="Chữ thường").click()
    expect(reviewer.locator(".sheet-text")).to_be_visible()
    reviewer.evaluate("window.stays = true")
    letters = reviewer.locator("#findings .finding", has_text="thư viết để làm gì")
    letters.get_by_role("link", name="Xem chỗ ấy trong thư").click()
    expect(reviewer.locator(".sheet-letter .pencil-glass")).to_be_visible()
    expect(tabs.locator("[aria-current=page]")).to_have_text("Thư giấy")
    expect(reviewer).to_have_url(re.compile(r"view=letter.*#finding-\d+$"))
    assert reviewer.evaluate("window.stays") is True


def test_the_editors_letter_is_marked_without_numbers(sit: Open) -> None:
    author = sit("mai")
    author.goto("/messages/1/write?view=letter")
    expect(author.locator(".pencil-glass .stroke").first).to_be_visible()
    expect(author.locator(".pencil-glass text")).to_have_count(0)
    keep(author, "letter-editor-1280")


def test_on_a_phone_and_accessible(sit: Open) -> None:
    reviewer = sit("tam", viewport=PHONE, bypass_csp=True)
    reviewer.goto("/review/1?view=letter")
    assert reviewer.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep(reviewer, "letter-desk-390")
    reviewer.emulate_media(color_scheme="dark")
    keep(reviewer, "letter-desk-390-dark")
    assert_accessible(reviewer)
