"""The rules in a browser: looked up, understood by example, adapted; the editor follows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.clock import utc_now
from campaign.lab.seed import seed
from campaign.lint import house as weighed
from campaign.models import Message, Role
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House

RULE = "too-many-exclamation-marks"
LIMIT = '[id="limits.exclamation_marks"]'
HOOK = "#text-hook"
MARK = f".writing:has({HOOK}) .writing-marks mark"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def message_id(house: House) -> int:
    """The demo's draft."""
    with house.database.write() as db:
        seed(db, utc_now())
        found = db.query(Message).order_by(Message.id.desc()).first()
        assert found is not None
        return found.id


@pytest.fixture
def editor(message_id: int, open_browser: Open) -> Page:
    page = open_browser(Role.MARKETER)
    page.goto(f"/messages/{message_id}/write")
    return page


@pytest.fixture
def reviewer(house: House, browser: Browser) -> Iterator[Page]:
    """Answered with 422 on purpose, which Chromium's console notes. The house is as shipped afterwards."""
    context = browser.new_context(base_url=house.url, viewport=DESKTOP, locale="vi-VN", bypass_csp=True)
    token = house.token(Role.REVIEWER)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": house.url}])
    yield context.new_page()
    context.close()
    with house.database.write() as db:
        weighed.change(db, "", house.account(Role.ADMIN), utc_now())


def type_hook(editor: Page, words: str) -> None:
    """Afresh, as the settings hold from the next check on."""
    editor.reload()
    editor.locator(HOOK).fill(words)


@pytest.mark.parametrize("words", ["dấu chấm than", "dau cham than", "DẤU CHẤM THAN"])
def test_a_rule_is_found_with_marks_and_without(open_browser: Open, words: str) -> None:
    page = open_browser(Role.CARE)
    page.goto("/rules/")
    page.locator("input[type=search]").fill(words)
    page.keyboard.press("Enter")
    # the page from before the search shows that rule as well, and all the others
    expect(page.locator(".rule-row").nth(4)).to_have_count(0)
    expect(page.locator(".rule-row", has_text=RULE)).to_be_visible()
    page.locator(".rule-row", has_text=RULE).get_by_role("link").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("heading", name="Không nên")).to_be_visible()
    expect(page.get_by_role("heading", name="Nên", exact=True)).to_be_visible()
    expect(page.locator(".rule-shown mark").first).to_contain_text("!")
    expect(page.locator(".rule-said").first).to_be_visible()
    assert page.get_by_role("button", name="Lưu").count() == 0, "care reads, and changes nothing"


def test_a_severity_a_limit_and_a_word_are_followed_by_the_editor(editor: Page, reviewer: Page) -> None:
    type_hook(editor, "Trà sen mới về! Mời anh chị nếm! Một hộp tặng kèm ấm! Hẹn gặp anh chị nhé.")
    expect(editor.locator("#notes-hook")).to_be_visible()
    expect(editor.locator(MARK, has_text="!")).to_have_count(0)

    reviewer.goto("/rules/settings")
    reviewer.locator(LIMIT).fill("1")
    reviewer.get_by_role("button", name="Lưu").click()
    expect(reviewer.locator(".notice-done")).to_be_visible()
    type_hook(editor, "Trà sen mới về! Mời anh chị nếm! Một hộp tặng kèm ấm! Hẹn gặp anh chị nhé.")
    expect(editor.locator(MARK, has_text="!").first).to_be_visible()
    assert "marked-warning" in (editor.locator(MARK, has_text="!").first.get_attribute("class") or "")

    reviewer.goto(f"/rules/{RULE}")
    for choice in reviewer.locator("select[name^=severity]").all():
        choice.select_option("error")
    reviewer.get_by_role("button", name="Lưu").click()
    expect(reviewer.locator(".notice-done")).to_be_visible()
    type_hook(editor, "Trà sen mới về! Mời anh chị nếm! Một hộp tặng kèm ấm! Hẹn gặp anh.")
    expect(editor.locator(f"{MARK}.marked-blocking", has_text="!").first).to_be_visible()

    reviewer.goto("/rules/settings")
    reviewer.locator("select[name=list]").select_option("vi/jargon")
    reviewer.get_by_role("button", name="Mở").click()
    reviewer.locator("#add").fill("bùm chíu")
    reviewer.get_by_role("button", name="Lưu").click()
    expect(reviewer.locator(".notice-done")).to_be_visible()
    type_hook(editor, "Trà sen bùm chíu mới về, mời anh chị nếm.")
    expect(editor.locator(MARK, has_text="bùm chíu")).to_be_visible()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(reviewer: Page) -> None:
    reviewer.goto("/rules/settings")
    reviewer.locator(LIMIT).fill("nhiều")
    reviewer.locator('[id="limits.max_words.vi"]').fill("220")
    reviewer.locator('[id="rules.emoticon"]').select_option("off")
    reviewer.get_by_role("button", name="Lưu").click()
    expect(reviewer.locator(LIMIT)).to_have_attribute("aria-invalid", "true")
    said = reviewer.locator(f".field:has({LIMIT}) .field-error")
    expect(said).to_have_text("Chưa nhận được: cần một số từ 0 đến 50.")
    expect(reviewer.locator(LIMIT)).to_have_value("nhiều")
    expect(reviewer.locator('[id="limits.max_words.vi"]')).to_have_value("220")
    expect(reviewer.locator('[id="rules.emoticon"]')).to_have_value("off")
    assert_accessible(reviewer)

    reviewer.goto("/rules/words/vi/jargon")
    reviewer.locator("#add").fill("chốt đơn\na # b")
    reviewer.get_by_role("button", name="Lưu").click()
    expect(reviewer.locator(".field-error")).to_contain_text("“a # b”")
    expect(reviewer.locator("#add")).to_have_value("chốt đơn\na # b")


def test_the_rules_fit_a_phone(open_browser: Open) -> None:
    page = open_browser(Role.REVIEWER, viewport=PHONE)
    for address in ("/rules/", f"/rules/{RULE}", "/rules/settings", "/rules/words/vi/jargon"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
