"""The reviewer's desk in a browser: waivers, remarks, proposals, questions, the seal and its end."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.compose.document import Document, Part
from campaign.models import Account
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.campaigns.helpers import Office, good_copy

SUBJECT = "Tiết kiệm 30% cho bộ ấm trà Bát Tràng"
# a folder to keep pictures of the desk in, for whoever wants to look at them
PICTURES = os.environ.get("CAMPAIGN_DESK_PICTURES")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tokens(house: House) -> dict[str, str]:
    """A draft whose subject is blocked; the tokens of Mai, who wrote it, and of Tam, who reviews."""
    began = utc_now() - timedelta(hours=1)
    blocks = (replace(b, text="Xin chào") if b.part is Part.SUBJECT else b for b in good_copy().blocks)
    with house.database.write() as db:
        office = Office(db, began)
        office.campaign(began, channels="both")
        office.write(Document(tuple(blocks)), "mai", began)
        return {
            name: sessions.start(db, db.get_one(Account, office.people[name].id), utc_now())
            for name in ("mai", "tam")
        }


@pytest.fixture
def sit(house: House, tokens: dict[str, str], open_browser: Open, browser: Browser) -> Iterator[Open]:
    """Tam's browser may complain of nothing; Mai's is answered with 422 on purpose."""
    contexts = []

    def sit_down(name: str, **options: object) -> Page:
        if name == "tam":
            page = open_browser(**options)
        else:
            contexts.append(browser.new_context(base_url=house.url, viewport=DESKTOP, locale="vi-VN"))
            page = contexts[-1].new_page()
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": tokens[name], "url": house.url}])
        return page

    yield sit_down
    for context in contexts:
        context.close()


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_from_a_blocked_subject_to_a_seal_and_its_end(sit: Open) -> None:
    author, reviewer = sit("mai"), sit("tam")
    author.goto("/messages/1/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    why = author.get_by_label("Vì sao xin bỏ qua lỗi này?")
    expect(why.first).to_be_visible()
    for box in why.all():
        box.fill("Khách quen, đã hẹn trước.")
    keep(author, "ask")
    author.get_by_role("button", name="Gửi duyệt kèm lời xin").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã gửi duyệt")

    reviewer.goto("/review/")
    expect(reviewer.locator("main")).to_contain_text("phải được phép bỏ qua")
    reviewer.get_by_role("link", name="Ấm trà tháng Ba").click()
    expect(reviewer.locator(".sheet-subject mark")).to_have_text(re.compile("Xin chào"))
    expect(reviewer.locator("#decide")).to_contain_text("phải được phép bỏ qua")
    for scheme in ("light", "dark"):
        reviewer.emulate_media(color_scheme=scheme)
        keep(reviewer, f"desk-1280-{scheme}")
    allow = reviewer.get_by_role("button", name="Cho phép", exact=True)
    for left in reversed(range(allow.count())):
        allow.first.click()
        expect(allow).to_have_count(left)
    expect(reviewer.locator(".finding-waived").first).to_be_visible()
    for box in reviewer.locator(".questions input").all():
        box.check()
    reviewer.get_by_role("button", name="Ký duyệt").click()
    expect(reviewer.locator(".seal-signed")).to_be_visible()

    author.goto("/messages/1/write?language=vi")
    author.locator("#text-hook").fill("Bộ ấm trà men rạn nay nhẹ hơn 30%, đủ cho cả nhà.")
    with author.expect_navigation():  # it is signed, so that saving it is no small thing
        author.locator("[data-save]").click()
    reviewer.reload()
    expect(reviewer.locator(".seal-broken")).to_be_visible()


def test_a_remark_and_a_proposal_accepted_by_a_click(sit: Open) -> None:
    author, reviewer = sit("mai"), sit("tam")
    author.goto("/messages/1/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã gửi duyệt")
    reviewer.goto("/review/2")
    hook = reviewer.locator("#block-hook")
    hook.locator("summary").focus()
    reviewer.keyboard.press("Enter")
    hook.get_by_label("Ghi chú").fill("Ai được lợi gì?")
    hook.get_by_role("button", name="Thêm ghi chú").click()
    expect(reviewer.locator("#remarks .remarks")).to_contain_text("Ai được lợi gì?")
    subject = reviewer.locator("#block-subject")
    subject.locator("summary").click()
    subject.get_by_label("Lời đề nghị").fill(SUBJECT)
    subject.get_by_role("button", name="Đề nghị lời này").click()
    expect(reviewer.locator("#remarks .changed")).to_contain_text("Bát Tràng")
    keep(reviewer, "remarks-1280")
    reviewer.get_by_role("button", name="Trả lại").click()
    expect(reviewer.locator(".notice-done")).to_contain_text("Đã trả lại")

    author.goto("/messages/1/write?language=vi")
    expect(author.locator("#part-hook .remarks")).to_contain_text("Ai được lợi gì?")
    keep(author, "margin-1280")
    author.get_by_role("button", name="Nhận lời này").click()
    expect(author.locator("#text-subject")).to_have_value(SUBJECT)
    author.get_by_role("button", name="Đã sửa").click()
    expect(author.locator(".remarks")).to_have_count(0)


def test_the_desk_is_accessible(sit: Open) -> None:
    reviewer = sit("tam", bypass_csp=True)
    for address in ("/review/", "/review/1", "/review/2", "/review/1?view=text"):
        reviewer.goto(address)
        assert_accessible(reviewer)


def test_the_desk_on_a_phone(sit: Open) -> None:
    reviewer = sit("tam", viewport=PHONE)
    for address in ("/review/", "/review/1", "/review/2", "/rules/missing-subject"):
        reviewer.goto(address)
        wide = reviewer.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], address
    reviewer.goto("/review/1")
    for scheme in ("light", "dark"):
        reviewer.emulate_media(color_scheme=scheme)
        keep(reviewer, f"desk-390-{scheme}")
