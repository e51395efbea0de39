"""The reviewer's desk: a waiver asked for and granted, the checklist, the seal, remarks and proposals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from campaign.clock import utc_now
from campaign.lab.seed import seed
from campaign.models import Message, Role, Submission
from tests.browser.conftest import House


@pytest.fixture(scope="module")
def message_id(house: House) -> int:
    """The demo's draft, whose subject is a mere greeting."""
    with house.database.write() as db:
        seed(db, utc_now())
        found = db.query(Message).order_by(Message.id.desc()).first()
        assert found is not None
        return found.id


def newest(house: House) -> int:
    with house.database.read() as db:
        found = db.query(Submission).order_by(Submission.id.desc()).first()
        assert found is not None
        return found.id


def test_from_a_finding_to_the_seal_and_back(
    house: House, message_id: int, open_browser: Callable[..., Page]
) -> None:
    author, reviewer = open_browser(Role.MARKETER), open_browser(Role.REVIEWER)

    # a greeting blocks, and the author asks for it to stand
    author.goto(f"/messages/{message_id}/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    reasons = author.locator("textarea[name^=waive-]")
    expect(reasons.first).to_be_visible()
    for field in reasons.all():
        field.fill("khách quen đã quen lời chào này")
    author.get_by_role("button", name="Gửi duyệt").click()
    expect(author.get_by_text("Đang chờ").first).to_be_visible()

    # the reviewer sends it back with a remark and other words, each at its place
    reviewer.goto(f"/review/{newest(house)}")
    reviewer.locator("details.remarks-form summary").click()
    reviewer.locator("[name='remark.hook']").fill("Đưa con số lên đầu câu")
    reviewer.locator("[name='proposal.subject']").fill("[QC] Hộp quà Tết An Khang giảm 15%")
    reviewer.get_by_role("button", name="Trả lại").click()

    # the author takes the words by one click, and reads the remark beside its field
    author.goto(f"/messages/{message_id}/write")
    expect(author.locator("#part-hook .remark-text")).to_have_text("Đưa con số lên đầu câu")
    author.locator("#part-subject").get_by_role("button", name="Nhận lời này").click()
    expect(author.locator("#text-subject")).to_have_value("[QC] Hộp quà Tết An Khang giảm 15%")
    author.locator("#part-hook").get_by_role("button", name="Xong chỗ này").click()
    expect(author.locator("#part-hook .remark")).to_have_count(0)


def test_waive_tick_sign_and_an_edit_breaks_the_seal(
    house: House, message_id: int, open_browser: Callable[..., Page]
) -> None:
    author, reviewer = open_browser(Role.MARKETER), open_browser(Role.REVIEWER)
    author.goto(f"/messages/{message_id}/write")
    author.locator("#text-subject").fill("Xin chào")
    author.locator("[data-save]").click()
    expect(author.locator("#saved")).to_contain_text("Đã lưu")
    author.goto(f"/messages/{message_id}/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    for field in author.locator("textarea[name^=waive-]").all():
        field.fill("khách quen đã quen lời chào này")
    author.get_by_role("button", name="Gửi duyệt").click()
    expect(author.get_by_text("Đang chờ").first).to_be_visible()

    address = f"/review/{newest(house)}"
    reviewer.goto(address)
    waive = reviewer.get_by_role("button", name="Cho qua", exact=True)
    expect(waive.first).to_be_visible()
    for _ in range(waive.count()):
        waive.first.click()
    expect(reviewer.locator(".finding-waived").first).to_be_visible()
    for question in reviewer.locator("input[name=question]").all():
        question.check()
    reviewer.get_by_role("button", name="Ký duyệt").click()
    expect(reviewer.locator(".seal").first).to_be_visible()
    expect(reviewer.get_by_text("Đã tự đọc và trả lời")).to_be_visible()

    author.goto(f"/messages/{message_id}/write")
    author.locator("#text-closing").fill("Trân trọng kính chào,\nTrà Sen")
    author.locator("[data-save]").click()
    expect(author.get_by_text("Đã lưu lúc").first).to_be_visible()
    reviewer.goto(address)
    expect(reviewer.locator(".seal-broken, .seal-voided").first).to_be_visible()
