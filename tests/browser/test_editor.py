"""The writing desk: marked words, a list that leads to them, a click that mends and one that unmends."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, Response, expect

from campaign.clock import utc_now
from campaign.lab.seed import seed
from campaign.models import Message, Role
from tests.browser.conftest import House

HOOK = "#text-hook"


@pytest.fixture(scope="module")
def message_id(house: House) -> int:
    """The demo's draft."""
    with house.database.write() as db:
        seed(db, utc_now())
        found = db.query(Message).order_by(Message.id.desc()).first()
        assert found is not None
        return found.id


@pytest.fixture
def desk(message_id: int, open_browser: Callable[..., Page]) -> Page:
    page = open_browser(Role.MARKETER)
    page.goto(f"/messages/{message_id}/write")
    return page


def sends(answer: Response, words: str) -> bool:
    """Whether that was asked with these words in the form."""
    return words in unquote_plus(answer.request.post_data or "")


def test_words_are_marked_and_a_click_mends_and_unmends(desk: Page) -> None:
    desk.locator(HOOK).fill("Mời anh chị nếm trà sen mới!! Một hộp tặng kèm ấm.")
    mark = desk.locator(f".writing:has({HOOK}) .writing-marks mark")
    expect(mark).to_have_text("!!")
    assert "marked-warning" in (mark.get_attribute("class") or "")
    # the glass is written in the field's own type, or the line stands under other words
    glass = desk.locator(f".writing:has({HOOK}) .writing-marks")
    type_of = "one => { const s = getComputedStyle(one); return [s.fontFamily, s.fontSize, s.fontWeight]; }"
    assert glass.evaluate(type_of) == desk.locator(HOOK).evaluate(type_of)

    desk.locator("#notes-hook .mend").click()
    expect(desk.locator(HOOK)).to_have_value("Mời anh chị nếm trà sen mới! Một hộp tặng kèm ấm.")
    expect(mark).to_have_count(0)
    desk.locator("#mended button").click()
    expect(desk.locator(HOOK)).to_have_value("Mời anh chị nếm trà sen mới!! Một hộp tặng kèm ấm.")
    expect(mark).to_have_text("!!")


def test_what_was_mended_is_saved_where_it_stands(desk: Page) -> None:
    mended = "Mời anh chị nếm trà sen mới! Kèm một ấm đất."
    desk.locator(HOOK).fill(mended.replace("!", "!!"))
    # on a slow machine what was typed is saved before it is mended: that answer is not the one meant
    with desk.expect_response(lambda answer: "/write" in answer.url and sends(answer, mended)):
        desk.locator("#notes-hook .mend").click()
    expect(desk.locator("#saved")).to_contain_text("Đã lưu")
    expect(desk.locator(HOOK)).to_have_count(1)
    expect(desk.locator(".htmx-request")).to_have_count(0)  # what leaving breaks off is complained of
    desk.reload()
    expect(desk.locator(HOOK)).to_have_value(mended)


def test_the_keyboard_undoes_a_mend_too(desk: Page) -> None:
    desk.locator(HOOK).fill("Trà sen mới về!!")
    desk.locator("#notes-hook .mend").click()
    expect(desk.locator(HOOK)).to_have_value("Trà sen mới về!")
    desk.keyboard.press("Control+z")
    expect(desk.locator(HOOK)).to_have_value("Trà sen mới về!!")


def test_a_list_leads_to_the_words(desk: Page) -> None:
    desk.locator(HOOK).fill("👵🏻 Trà sen mới về!! Mời anh chị.")
    expect(desk.locator(f".writing:has({HOOK}) mark")).to_have_text("!!")
    desk.locator("#notes-list summary").click()
    desk.locator('#notes-list a[data-block="hook"]', has_text="!").first.click()
    selected = desk.locator(HOOK).evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    )
    assert selected == "!!"
    # the list stays open while one works through it
    desk.locator(HOOK).fill("Trà sen mới về!!")
    expect(desk.locator(f".writing:has({HOOK}) mark")).to_have_text("!!")
    expect(desk.locator("#notes-list ol")).to_be_visible()


def test_the_counters_are_always_in_view(desk: Page) -> None:
    for top in (0, 400, 100_000):
        desk.evaluate(f"window.scrollTo(0, {top})")
        expect(desk.locator(".counters")).to_be_in_viewport()


def test_without_script_the_server_mends(message_id: int, open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.MARKETER, java_script_enabled=False)
    page.goto(f"/messages/{message_id}/write")
    page.locator(HOOK).fill("Trà sen mới về!!")
    page.locator("[data-save]").click()
    page.locator("#notes-hook .mend").click()
    expect(page.locator(HOOK)).to_have_value("Trà sen mới về!")
