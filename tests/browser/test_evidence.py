"""Evidence in a browser: signed, downloaded, verified by the command; one changed byte shows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.accounts import sessions
from campaign.cli import EXIT_NO, EXIT_USAGE
from campaign.clock import utc_now
from campaign.models import Account
from campaign.web.unit import SESSION_COOKIE
from tests.browser.conftest import House
from tests.campaigns.helpers import Office

SECONDS = 300
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tokens(house: House) -> dict[str, str]:
    """A draft that no rule blocks; the tokens of Mai, who wrote it, of Tam and of Ba, the administrator."""
    with house.database.write() as db:
        office = Office(db, utc_now())
        office.campaign(office.now, channels="both")
        return {
            name: sessions.start(db, db.get_one(Account, office.people[name].id), utc_now())
            for name in ("mai", "tam", "ba")
        }


@pytest.fixture
def sit(house: House, tokens: dict[str, str], open_browser: Open) -> Open:
    def sit_down(name: str, **options: object) -> Page:
        page = open_browser(**options)
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": tokens[name], "url": house.url}])
        return page

    return sit_down


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this module keeps what it downloads."""
    return tmp_path_factory.mktemp("packs")


def verify(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command as anybody runs it, in a folder with neither settings nor database."""
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", "verify-evidence", str(file), *options],
        cwd=file.parent,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def download(page: Page, button: str, into: Path) -> Path:
    page.goto("/review/1")
    page.get_by_role("link", name=button, exact=True).click()
    page.get_by_label("Lý do").fill("kiểm toán")
    with page.expect_download() as began:
        page.get_by_role("button", name="Tải về", exact=True).click()
    kept = into / began.value.suggested_filename
    began.value.save_as(kept)
    return kept


def changed(file: Path, at: int) -> Path:
    """The same file but for one bit of one byte."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    copy = file.with_name(f"changed-{at}-{file.name}")
    copy.write_bytes(bytes(data))
    return copy


def test_a_pack_of_what_was_signed_verifies(sit: Open, packs: Path) -> None:
    author, reviewer = sit("mai"), sit("tam")
    author.goto("/messages/1/sign-off")
    author.get_by_role("button", name="Gửi duyệt").click()
    expect(author.locator(".notice-done")).to_contain_text("Đã gửi duyệt")

    reviewer.goto("/review/1")
    assert reviewer.get_by_role("link", name="Bằng chứng (PDF)").count() == 0, "nothing is decided yet"
    for box in reviewer.locator(".questions input").all():
        box.check()
    reviewer.get_by_role("button", name="Ký duyệt").click()
    expect(reviewer.locator(".seal-signed")).to_be_visible()

    for button, name in (("Bằng chứng (PDF)", "pdf"), ("Dữ liệu (JSON)", "json")):
        pack = download(reviewer, button, packs)
        assert re.fullmatch(rf"evidence-1-[0-9a-f]{{8}}\.{name}", pack.name)
        told = verify(pack)
        assert told.returncode == 0, told.stdout + told.stderr
        assert told.stdout.startswith("Verified: ")


def test_one_changed_byte_shows(packs: Path) -> None:
    data, paper = next(packs.glob("evidence-*.json")), next(packs.glob("evidence-*.pdf"))
    told = verify(changed(data, data.read_bytes().index(b"30%")))
    assert told.returncode == EXIT_NO, told.stdout + told.stderr
    assert "message: changed" in told.stdout
    told = verify(changed(paper, len("%PDF-")))
    assert told.returncode == EXIT_NO, told.stdout + told.stderr
    assert "pdf: its pages are not those that were made" in told.stdout
    # so much changed that it is no pack any more
    assert verify(changed(data, 0)).returncode == EXIT_USAGE


def test_the_administrator_gives_out_the_key(sit: Open, packs: Path) -> None:
    admin = sit("ba")
    admin.goto("/audit")
    admin.get_by_role("link", name="Khoá của bằng chứng").click()
    shown = admin.locator(".key-print code").inner_text().replace("\n", "")
    assert re.fullmatch("[0-9a-f]{64}", shown)
    with admin.expect_download() as began:
        admin.get_by_role("link", name="Tải mã nhận dạng").click()
    key = packs / began.value.suggested_filename
    began.value.save_as(key)
    pack = next(packs.glob("evidence-*.json"))
    told = verify(pack, "--key", str(key))
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"Signed by the key {shown}" in told.stdout
    assert verify(pack, "--key", "0" * 64).returncode == EXIT_NO
    expect(admin.locator(".key-pem").first).to_contain_text("BEGIN PUBLIC KEY")


def test_a_pack_is_verified_on_the_page(sit: Open, packs: Path) -> None:
    paper = next(packs.glob("evidence-*.pdf"))
    reviewer = sit("tam")
    reviewer.goto("/evidence-key")

    def send(file: Path) -> None:
        reviewer.get_by_label("Gói bằng chứng").set_input_files(file)
        reviewer.get_by_role("button", name="Kiểm", exact=True).click()

    send(paper)
    expect(reviewer.locator(".notice-done")).to_contain_text("đúng nguyên vẹn là bản đã ký")
    send(changed(paper, len("%PDF-") + 1))
    expect(reviewer.locator(".notice-refused")).to_contain_text("KHÔNG phải bản đã ký")
    expect(reviewer.locator(".notice-refused li")).to_contain_text(
        "pdf: its pages are not those that were made"
    )
    stranger = packs / "anything.json"
    stranger.write_text("{}", encoding="utf-8")
    send(stranger)
    expect(reviewer.locator(".notice-refused")).to_contain_text("Không kiểm được anything.json")
