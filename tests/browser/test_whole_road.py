"""The whole road on real parts: `campaign demo` as a user starts it, and three people at their desks.

One process tree (supervisor, Valkey, granian, workers, beat, LMTP, mailbox, simulated people), one browser
per person. Nothing is reached behind the pages' backs, except to wait for what the workers do.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.accounts.demo import PASSWORD
from campaign.processes import free_port
from tests.browser.conftest import DESKTOP

START_SECONDS = 300
# it stops within five seconds; a machine that has no time for it may need more
STOP_SECONDS = 120
# people wait some seconds before they open their mail
EVENTS_MS = 180_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo; at the end Ctrl-C must stop all of it in time."""
    state = tmp_path_factory.mktemp("demo")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "CAMPAIGN_STATE_DIR": str(state / "var"),
        "CAMPAIGN_PORT": str(port),
        "CAMPAIGN_MAILBOX_PORT": str(free_port()),
        "CAMPAIGN_LMTP_PORT": str(free_port()),
    }
    log = state / "demo.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "campaign.cli", "demo"],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=Path(__file__).parents[2],
        )
    try:
        _wait(lambda: "Campaign is ready" in log.read_text(), START_SECONDS, log)
        yield url
        process.send_signal(signal.SIGINT)
        process.wait(timeout=STOP_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()


def _wait(until: Callable[[], bool], seconds: float, log: Path) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, log.read_text()[-3000:]
        time.sleep(0.2)


@pytest.fixture
def at_desk(demo: str, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Signs a person of the demo in, in a browser of their own."""
    contexts = []

    def sit_down(name: str) -> Page:
        context = browser.new_context(viewport=DESKTOP, locale="vi-VN", base_url=demo)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Địa chỉ e-mail").fill(f"{name}@example.com")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Chào")
        return page

    yield sit_down
    for context in contexts:
        context.close()


def test_three_people_and_one_message(at_desk: Callable[[str], Page]) -> None:
    mai, ha = at_desk("mai"), at_desk("ha")

    _build_a_segment(mai)
    _begin_a_campaign(mai)
    _write_it(mai)
    _submit_it(mai)
    _sign_it(ha)
    _send_it(mai)
    _read_the_report(mai)


def test_the_author_does_not_sign(at_desk: Callable[[str], Page]) -> None:
    mai = at_desk("mai")
    assert mai.goto("/review/").status == 403


def test_a_greeting_goes_out(at_desk: Callable[[str], Page]) -> None:
    hung = at_desk("hung")
    hung.goto("/care?span=fortnight")
    # of a birthday: a holiday may fall on the day that this runs, and the demo has approved no words for it
    birthdays = hung.locator("main a[href*='/care/birthday/']").filter(has_text="Gửi lời chúc")
    birthdays.first.click()
    expect(hung.get_by_role("heading", level=1)).to_be_visible()
    hung.get_by_role("button", name=re.compile("^Gửi")).first.click()
    expect(hung.get_by_role("main")).to_contain_text("Đã chúc bằng thư")


def test_a_reply_is_answered(at_desk: Callable[[str], Page]) -> None:
    hung = at_desk("hung")
    hung.goto("/replies")
    hung.locator("ol.replies a").first.click()
    hung.locator("main [name=text]").fill(
        "Kính gửi quý khách,\n\nTiệm đã ghi lại và sẽ gọi trong hôm nay.\n\nTrân trọng,\nTrà Sen Tây Hồ"
    )
    hung.get_by_role("button", name="Gửi trả lời").click()
    expect(hung.get_by_role("main")).to_contain_text(re.compile("Đã trả lời|đã trả lời|Đã gửi"))


def _build_a_segment(page: Page) -> None:
    page.goto("/segments/new")
    page.locator("[name='r.0-value']").fill("Hà Nội")
    page.locator("form [name=name]").fill("Khách Hà Nội")
    page.get_by_role("button", name="Lưu nhóm").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khách Hà Nội")


def _begin_a_campaign(page: Page) -> None:
    page.goto("/campaigns/new")
    page.get_by_label("Tên chiến dịch").fill("Hộp quà Hà Nội")
    page.get_by_label(re.compile("Giới thiệu, chào bán")).check()
    page.get_by_label("Cả hai").check()
    page.get_by_role("button", name="Tạo và chọn người nhận").click()
    page.get_by_role("radio", name="Khách Hà Nội").check()
    with page.expect_navigation():  # the way to the next step stands on this page, too
        page.get_by_role("button", name="Chọn nhóm này").click()


def _write_it(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Viết gì")).click()
    subject = page.locator("[name='text.subject']")
    subject.fill("Xin chào")
    note = page.get_by_text(re.compile("Tiêu đề chỉ là lời chào"))
    expect(note.first).to_be_visible()  # the red pencil, while typing
    subject.fill("[QC] Tiết kiệm 15% hộp quà An Khang trước 31/12")
    expect(note).to_have_count(0)
    for name, words in {
        "text.salutation": "Kính gửi {{ contact.form_of_address|default('Quý khách') }},",
        "text.hook": "Đặt hộp quà An Khang trước 31/12, quý khách tiết kiệm 15%.",
        "text.body": "Trong hộp có trà sen, trà nhài và mứt hạt sen, tiệm gói tay.",
        "text.action": "Đặt hộp quà An Khang",
        "url.action": "https://trasen.example.com/qua-tet",
        "text.closing": "Trân trọng,\nTrà Sen Tây Hồ",
    }.items():
        page.locator(f"[name='{name}']").fill(words)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile("Đã lưu")).first).to_be_visible()


def _submit_it(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Ký duyệt")).first.click()
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_role("main")).to_contain_text("Đang chờ")


def _sign_it(page: Page) -> None:
    page.goto("/review/")
    page.get_by_role("link", name=re.compile("Hộp quà Hà Nội")).first.click()
    questions = page.locator("input[name=checked]")
    expect(questions.first).to_be_visible()
    page.wait_for_load_state()
    for question in questions.all():
        question.check()
    page.get_by_role("button", name="Ký duyệt").click()
    expect(page.get_by_role("main")).to_contain_text("Lê Thu Hà")


def _send_it(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Gửi đi")).first.click()
    page.get_by_role("link", name="Gửi ngay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Gửi ngay đến \d+ người\?"))
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("thư đã gửi"), timeout=EVENTS_MS)


def _read_the_report(page: Page) -> None:
    page.get_by_role("link", name="Xem báo cáo").first.click()
    for _ in range(EVENTS_MS // 2000):
        if re.search(r"[1-9]\d* người bấm", page.get_by_role("main").inner_text()):
            break
        page.wait_for_timeout(2000)
        page.reload()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"[1-9]\d* người bấm"))
    expect(page.locator("main svg").first).to_be_visible()
