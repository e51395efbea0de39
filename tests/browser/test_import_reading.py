"""A report with a title above its headings and several sheets, as a person with a browser meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.models import Role
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.contacts.workbooks import book, cells

SHEETS = {
    "Khách lẻ": cells(
        "DANH SÁCH KHÁCH HÀNG THÁNG 3",
        "",
        "Họ tên||E-mail|SĐT",
        "Nguyễn Thị Sen|quen|sen@example.com|0912345678",
    ),
    "Đại lý": cells("Mã KH|Họ tên|E-mail", "DL1|Trà Hương|huong@example.com"),
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sheet_and_headings_are_chosen_by_keyboard(
    open_browser: Callable[..., Page], tmp_path: Path, size: dict[str, int]
) -> None:
    (tmp_path / "khach.xlsx").write_bytes(book(SHEETS))
    page = open_browser(Role.MARKETER, viewport=size)
    page.goto("/contacts/imports/new")
    page.get_by_label("Tệp", exact=True).set_input_files(tmp_path / "khach.xlsx")
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_label("Cột B")).to_be_visible()
    expect(page.get_by_label("Dòng chứa tên cột")).to_have_value("3")
    assert_accessible(page)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
    page.get_by_label("Trang tính").select_option("Đại lý")
    page.get_by_role("button", name="Đọc lại theo cách này").press("Enter")
    expect(page.get_by_label("Mã KH")).to_have_value("code")
    expect(page.get_by_label("Dòng chứa tên cột")).to_have_value("1")
    assert_accessible(page)
