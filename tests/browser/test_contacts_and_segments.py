"""A profile, a file on its way in, and the segment editor as a person with a browser meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.clock import utc_now
from campaign.contacts import erasure as profiles
from campaign.contacts.csv_import import running
from campaign.models import Role
from campaign.storage import FileStore
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.factories import (
    make_consent,
    make_contact,
    make_order,
    make_organisation,
    make_segment,
    make_sender,
)


@pytest.fixture(scope="module")
def ids(house: House) -> dict[str, int]:
    """A customer of a hotel with an order, and a segment that names her."""
    with house.database.write() as db:
        sender = make_sender(db, name="Trà Sen")
        hotel = make_organisation(db)
        lan = make_contact(
            db, full_name="Đặng Thị Ễn", organisation_id=hotel.id, province="Huế", tags=["vip"]
        )
        make_contact(db, province="Hà Nội")
        make_consent(db, lan, sender)
        make_order(db, lan)
        rule = {"type": "or", "rules": [{"type": "tag", "tag": "vip"}, {"type": "birthday", "days": 7}]}
        segment = make_segment(db, rule=rule)
        gone = make_contact(db, full_name="Lê Thị Ngãi")
        profiles.empty(db, gone, utc_now())
        return {"contact": lan.id, "hotel": hotel.id, "segment": segment.id, "erased": gone.id}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_one_contact_and_one_segment_are_accessible(
    house: House, ids: dict[str, int], open_browser: Callable[..., Page], scheme: str
) -> None:
    page = open_browser(*Role, bypass_csp=True, color_scheme=scheme)
    for path in (
        f"/contacts/{ids['contact']}", f"/contacts/{ids['hotel']}", f"/contacts/{ids['contact']}/edit",
        f"/contacts/{ids['contact']}/history", f"/contacts/{ids['contact']}/consents/new", "/contacts?q=zzz",
        f"/contacts/{ids['contact']}/erase", f"/contacts/{ids['erased']}",
        f"/contacts/{ids['contact']}/timeline", f"/contacts/{ids['contact']}/satisfaction",
        f"/contacts/{ids['contact']}/leaving", f"/contacts/{ids['contact']}/deceased", "/customer-worth",
        f"/segments/{ids['segment']}", f"/segments/{ids['segment']}/edit",
        f"/segments/{ids['segment']}/remove",
    ):  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is wider than a phone"
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_the_count_follows_the_conditions_without_losing_the_place(
    house: House, ids: dict[str, int], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(Role.MARKETER)
    page.goto("/segments/new")
    page.locator("[id='r.0-value']").fill("Huế")
    page.keyboard.press("Tab")
    reach = page.locator("#reach")
    expect(reach).to_contain_text("Đặng Thị Ễn")
    expect(reach.locator(".reach-number")).to_contain_text("1")
    page.get_by_role("button", name="Thêm điều kiện", exact=True).press("Enter")
    page.locator("[id='r.1-what']").select_option("orders:count")
    expect(page.locator("[id='r.1-days']")).to_be_visible()
    expect(page.locator("[id='r.0-value']")).to_have_value("Huế")
    page.locator("[id='r.1-value']").fill("5")
    page.keyboard.press("Tab")
    expect(reach.locator(".reach-number")).to_contain_text("0")
    page.wait_for_function("document.activeElement.id == 'r.1-when'")
    page.get_by_label("Tên nhóm").fill("Huế hay mua")
    page.get_by_role("button", name="Lưu nhóm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huế hay mua")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_file_is_taken_in_step_by_step_and_back(
    house: House,
    ids: dict[str, int],
    open_browser: Callable[..., Page],
    tmp_path: Path,
    size: dict[str, int],
) -> None:
    text = "Hoï teân,Email\nNguyeãn Thò Sen,sen@example.com\nHoa,h\n"
    (tmp_path / "khach.csv").write_bytes(text.encode("latin-1"))
    page = open_browser(Role.MARKETER, viewport=size)
    page.goto("/contacts/imports/new")
    page.get_by_label("Tệp", exact=True).set_input_files(tmp_path / "khach.csv")
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_label("Bảng mã chữ").select_option("vni")
    page.get_by_role("button", name="Đọc lại").click()
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Sen")
    page.get_by_label("Chỉ bổ sung chỗ trống").check()
    assert_accessible(page)
    page.get_by_role("button", name="Xem trước kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang xem trước kết quả")
    assert_accessible(page)
    work(house)
    expect(page.locator("main")).to_contain_text("2 dòng: 1 mới")  # the page looks again by itself
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Sen")
    assert_accessible(page)
    page.get_by_role("button", name="Nhập 1 dòng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang nhập")
    work(house)
    expect(page.get_by_role("heading", level=1)).to_contain_text("khach.csv")
    page.get_by_role("link", name="Tải các dòng không nhận").click()
    assert_accessible(page)
    page.get_by_label("Lý do").fill("sửa rồi nhập lại")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải về").click()
    page.get_by_role("link", name="Thôi").click()
    assert "không phải là địa chỉ e-mail" in download.value.path().read_text(encoding="utf-8-sig")
    assert_accessible(page)
    page.get_by_role("link", name="Hoàn tác", exact=True).click()
    expect(page.locator("main")).to_contain_text("Xoá 1 người do tệp đưa vào.")
    assert_accessible(page)
    page.get_by_role("button", name="Hoàn tác lần nhập").click()
    work(house)
    expect(page.locator("main")).to_contain_text("Đã xoá 1 người")
    assert_accessible(page)


def work(house: House) -> None:
    """What a worker would do now."""
    with house.database.read() as db:
        (import_id,) = running.waiting(db, utc_now())
    files = FileStore(house.settings.files_dir)
    assert running.work(running.Work(house.database, files, import_id, utc_now))
