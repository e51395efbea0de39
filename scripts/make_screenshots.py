"""Take the README's pictures: start the demonstration, sign in as its people, look at one page each.

    make screenshots

Everything runs in a temporary folder on free ports. The data are the demonstration's own, so the pictures
show what `make demo` shows. Set CHROMIUM to another browser's path.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from campaign.accounts.demo import PASSWORD
from campaign.processes import free_port

IMAGES = Path(__file__).parent.parent / "docs/images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
VIEW = {"width": 1280, "height": 860}

START_SECONDS = 120
STOP_SECONDS = 10
# the simulated people open their mail over about a minute; they have finished when nothing new comes in
QUIET_SECONDS = 15
EVENTS_SECONDS = 180

REPORT = "/reports/campaigns/1"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        marketer = sign_in(browser, url, "mai")
        wait_for_the_people(marketer)
        take(marketer, REPORT, "report")
        take(marketer, "/campaigns/3", "marketer")
        reviewer = sign_in(browser, url, "ha")
        reviewer.goto("/review/")
        waiting = reviewer.locator("main a[href^='/review/']").first.get_attribute("href")
        take(reviewer, waiting or "/review/", "reviewer")
        take(sign_in(browser, url, "hung"), "/care", "care")
        browser.close()


@contextmanager
def running_demo() -> Iterator[str]:
    """The address of a demonstration with fresh data; it is stopped and forgotten at the end."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "demo.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "campaign.cli", "demo"],
                env=os.environ
                | {
                    "CAMPAIGN_STATE_DIR": f"{folder}/var",
                    "CAMPAIGN_PORT": str(port),
                    "CAMPAIGN_MAILBOX_PORT": str(free_port()),
                    "CAMPAIGN_LMTP_PORT": str(free_port()),
                },
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until_ready(process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while "Campaign is ready" not in log.read_text():
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"The demonstration did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)


def sign_in(browser: Browser, url: str, name: str) -> Page:
    """The page of one person of the demonstration, in a browser of their own."""
    page = browser.new_context(viewport=VIEW, locale="vi-VN", base_url=url).new_page()
    page.goto("/sign-in")
    page.locator("#email").fill(f"{name}@example.com")
    page.locator("#password").fill(PASSWORD)
    page.locator("form:has(#password) button[type=submit]").click()
    page.wait_for_url(f"{url}/")
    return page


def wait_for_the_people(page: Page) -> None:
    """Until the report has stood still for a while; numbers that still grow make a dull picture."""
    end = time.monotonic() + EVENTS_SECONDS
    seen, since = "", time.monotonic()
    while time.monotonic() < end:
        page.goto(REPORT)
        text = page.locator("main").inner_text()
        if text != seen:
            seen, since = text, time.monotonic()
        elif time.monotonic() - since > QUIET_SECONDS:
            return
        time.sleep(1)


def take(page: Page, path: str, name: str) -> None:
    page.goto(path, wait_until="networkidle")
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target, animations="disabled")
    print(f"{target.relative_to(Path.cwd())}: {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
