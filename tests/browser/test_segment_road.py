"""From a messy file to a segment with its exam: by keyboard, and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.clock import utc_now
from campaign.models import Role
from campaign.web.unit import SESSION_COOKIE
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.browser.test_contacts_and_segments import work
from tests.factories import make_contact, make_order, make_sender

# the spreadsheet as a shop has it: a heading of its own, doubles, a wrong address
FILE = "Khách;Thư điện tử;Nơi ở\nĐào Thị Liên;lien@example.com;Huế\nLê Sen;sen;Huế\nLiên;LIEN@example.com;\n"


@pytest.fixture(scope="module", autouse=True)
def _sender(house: House) -> None:
    with house.database.write() as db:
        make_sender(db, name="Trà Sen")
        for amount in (4_000_000, 300_000, 90_000):
            make_order(db, make_contact(db, province="Huế"), amount=amount, ordered_on=utc_now().date())


def fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is wider than the window"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_a_messy_file_to_an_exam(
    house: House, open_browser: Callable[..., Page], tmp_path: Path, size: dict[str, int]
) -> None:
    mark = "ban" if size is DESKTOP else "tay"
    text = FILE if size is DESKTOP else FILE.replace("lien@", "lien2@").replace("LIEN@", "LIEN2@")
    (tmp_path / f"{mark}.csv").write_text(text, encoding="utf-8")
    page = open_browser(Role.MARKETER, viewport=size)
    page.goto("/contacts/imports/new")
    page.get_by_label("Tệp", exact=True).set_input_files(tmp_path / f"{mark}.csv")
    page.get_by_role("button", name="Tải lên").click()
    # the headings are the shop's own: say what they are
    page.locator("#column-0").select_option("full_name")
    page.locator("#column-1").select_option("email")
    page.locator("#column-2").select_option("province")
    page.get_by_role("button", name="Xem trước kết quả").click()
    work(house)
    expect(page.locator("main")).to_contain_text("Đào Thị Liên")
    page.get_by_role("button", name="Nhập 2 dòng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang nhập")
    work(house)
    page.get_by_role("link", name="Tải các dòng không nhận").click()
    page.get_by_label("Lý do").fill("sửa rồi nhập lại")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải về").click()
    assert "không phải là địa chỉ e-mail" in download.value.path().read_text(encoding="utf-8-sig")
    _build(page, mark)
    page.get_by_role("link", name="Xét năm tiêu thức").click()
    expect(page.locator(".exam > li")).to_have_count(5)
    expect(page.locator(".exam-when")).to_contain_text("Kết quả được giữ")
    page.get_by_role("button", name="Kiểm tra lại").press("Enter")
    expect(page.locator(".exam > li")).to_have_count(5)
    assert_accessible(page)
    fits(page)


def _build(page: Page, mark: str) -> None:
    """A segment by keyboard alone: whoever is from that file and not written to, in a group of its own."""
    page.goto("/segments/new")
    page.locator("[id='r.0-what']").focus()
    page.locator("[id='r.0-what']").select_option("imported")
    expect(page.locator("[id='r.0-created']")).to_be_visible()
    page.locator("[id='r.0-value']").select_option(label=_file(page, mark))
    expect(page.locator(".reach-number")).to_contain_text("1")
    page.get_by_role("button", name="Thêm nhóm điều kiện").press("Enter")
    page.locator("[id='r.1.0-what']").select_option("mail:received")
    expect(page.locator("[id='r.1.0-when']")).to_be_visible()
    page.locator("[id='r.1.0-days']").focus()
    page.keyboard.type("90")  # counted while one types
    expect(page.locator(".segment-says")).to_contain_text("trong 90 ngày qua (từ")
    page.locator("[id='r.1.0-negated']").press("Space")
    expect(page.locator(".reach-number")).to_contain_text("1")
    page.locator("[id='r.1-join']").focus()
    page.get_by_role("button", name="Bỏ nhóm điều kiện này").press("Enter")
    expect(page.locator("[id='r.1.0-what']")).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác thay đổi cuối").press("Enter")
    expect(page.locator("[id='r.1.0-days']")).to_have_value("90")
    assert_accessible(page)
    fits(page)
    page.get_by_label("Tên nhóm").fill(f"Từ tệp {mark}")
    page.keyboard.press("Enter")  # counts again, and keeps nothing
    page.wait_for_url("**/segments/draft")
    page.get_by_role("button", name="Lưu nhóm").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Từ tệp {mark}")


def _file(page: Page, mark: str) -> str:
    shown = page.locator("[id='r.0-value'] option").all_inner_texts()
    return next(words for words in shown if words.startswith(f"{mark}.csv"))


def test_unsaved_changes_are_asked_about(open_browser: Callable[..., Page]) -> None:
    page = open_browser(Role.MARKETER)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/segments/new")
    page.get_by_role("button", name="Thêm điều kiện", exact=True).press("Enter")
    expect(page.locator("[id='r.1-what']")).to_be_visible()
    page.get_by_role("link", name="Thôi", exact=True).click()
    page.wait_for_function("document.querySelector('#editor')")
    assert asked == ["beforeunload"]
    assert page.url.endswith("/segments/new")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def marketer(house: House, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A wrong file is answered with 422 on purpose, which Chromium's console notes."""
    context = browser.new_context(base_url=house.url, viewport=request.param, locale="vi-VN")
    context.add_cookies([{"name": SESSION_COOKIE, "value": house.token(Role.MARKETER), "url": house.url}])
    yield context.new_page()
    context.close()


def test_tiers_and_files(marketer: Page, tmp_path: Path) -> None:
    page = marketer
    page.goto("/segments/tiers")
    page.locator("#metals-by").select_option("sales")
    for at, end in enumerate(("1000000", "200000", "50000")):
        page.locator(f"#metals-{at}").fill(end)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("main")).to_contain_text("chưa được lưu")
    expect(page.locator("section").first.locator("tbody tr").first).to_contain_text("1")
    assert_accessible(page)
    fits(page)
    made = {"format": "campaign-segment", "version": 1, "name": "Từ JSON", "rule": {"type": "tag", "tag": 7}}
    (tmp_path / "a.json").write_text(json.dumps(made))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/segments/import")
    page.get_by_label("Tệp JSON").set_input_files(tmp_path / "a.json")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("alert")).to_contain_text("rule.tag")
    assert_accessible(page)
    fits(page)
    made["rule"] = {"type": "attribute", "field": "province", "op": "is", "values": ["Huế"]}
    (tmp_path / "b.json").write_text(json.dumps(made))
    page.get_by_label("Tệp JSON").set_input_files(tmp_path / "b.json")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".segment-says")).to_contain_text("Huế")
    assert_accessible(page)
    fits(page)
    page.get_by_role("button", name="Mở trong màn hình soạn nhóm").click()
    expect(page.get_by_label("Tên nhóm")).to_have_value("Từ JSON")
