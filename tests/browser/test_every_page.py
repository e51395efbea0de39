"""Every page that opens by its address alone: for each role, in the language and at the width it is used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from campaign.models import Role
from campaign.web import access, create_app
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House

# what answers with something that is no page of ours
NOT_PAGES = {
    "health.healthz",
    "health.readyz",
    "health.numbers",
    "operations.live",  # a part of operations.index
    "contacts.organisations",  # a part of contacts.new and contacts.edit
    "style_sheet",
    "rules.download",
    "admin.evidence_fingerprint",
    "admin.evidence_pem",
}


def pages_of(house: House, role: Role | None) -> list[str]:
    """Paths without parameters that the role may open; the public ones for None."""
    app = create_app(house.settings, house.database, house.queues)
    found = []
    for rule in app.url_map.iter_rules():
        allowed = access.declared(app.view_functions[rule.endpoint])
        opens = (role in allowed) if role and allowed else (role is None and allowed == access.PUBLIC)
        if opens and "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint not in NOT_PAGES:
            found.append(rule.rule)
    return sorted(found)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [*Role, None])
def test_pages_are_accessible_quiet_and_fit_a_phone(
    house: House, open_browser: Callable[..., Page], role: Role | None, language: str
) -> None:
    roles = [role] if role else []
    page = open_browser(*roles, language=language, bypass_csp=True, color_scheme="light")
    for path in pages_of(house, role):
        response = page.goto(path)
        assert response is not None
        if "text/html" not in response.headers.get("content-type", ""):
            continue
        assert response.status == 200, path
        assert page.locator("h1").count() == 1, f"{path}: one heading says what the page is for"
        assert_accessible(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert _overflow(page) <= 0, f"{path} is wider than a phone"
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_dark_paper_has_contrast_too(house: House, open_browser: Callable[..., Page]) -> None:
    page = open_browser(*Role, bypass_csp=True, color_scheme="dark")
    for path in ("/", "/styleguide", "/account"):
        page.goto(path)
        assert_accessible(page)


def test_the_policy_holds_on_every_page(house: House, open_browser: Callable[..., Page]) -> None:
    """No bypass here: a page that breaks its own policy complains on the console, and fails."""
    page = open_browser(*Role)
    for path in sorted({path for role in Role for path in pages_of(house, role)}):
        response = page.request.head(path)
        if "text/html" in response.headers.get("content-type", ""):
            page.goto(path)


def _overflow(page: Page) -> int:
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels
