"""The pages about one thing, with a small company's data: accessible, quiet, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.lab.seed import Seeded, seed
from campaign.models import Campaign, Channel, Contact, ContactKind, Message, Reply, Role, Segment, Submission
from campaign.models.approval import SubmissionState
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House

# pixels between one field and the next
MOST_GAP = 60


@pytest.fixture(scope="module")
def company(house: House) -> Seeded:
    """The demo's company, and one customer's reply."""
    with house.database.write() as db:
        made = seed(db, utc_now())
        person = db.scalars(select(Contact).where(Contact.kind == ContactKind.PERSON)).first()
        assert person is not None
        db.add(
            Reply(
                channel=Channel.EMAIL,
                contact_id=person.id,
                from_address=person.email,
                text="Cho tôi đặt hai hộp trà sen. Cảm ơn tiệm.",
                received_at=utc_now(),
            )
        )
    return made


def pages_of(house: House) -> list[str]:
    """One address for each page that shows one row, or one step of a campaign."""
    with house.database.read() as db:
        person, organisation = (
            db.scalars(select(Contact.id).where(Contact.kind == kind)).first() for kind in ContactKind
        )
        segment = db.scalars(select(Segment.id)).first()
        reply = db.scalars(select(Reply.id)).one()
        waiting = db.scalars(select(Submission).where(Submission.state == SubmissionState.WAITING)).one()
        message = waiting.message_id
        campaign = db.scalars(select(Campaign.id).where(Campaign.message_id == message)).one()
        running = db.scalars(select(Campaign.id).order_by(Campaign.id)).first()
        draft = db.scalars(select(Message.id).order_by(Message.id.desc())).first()
    return [
        f"/contacts/{person}",
        f"/contacts/{organisation}",
        f"/contacts/{person}/edit",
        f"/segments/{segment}",
        f"/segments/{segment}/edit",
        f"/campaigns/{campaign}/head",
        f"/campaigns/{campaign}/whom",
        f"/messages/{message}/write",
        f"/messages/{message}/check",
        f"/messages/{message}/sign-off",
        f"/messages/{draft}/write",
        f"/messages/{draft}/check",
        f"/campaigns/{campaign}/send",
        f"/campaigns/{running}/send",
        f"/review/{waiting.id}",
        f"/reports/campaigns/{running}",
        f"/replies/{reply}",
        "/care",
        f"/segments/{segment}/exam",
        f"/campaigns/{running}/cancel",
        f"/deliveries/campaigns/{running}?state=queued",
    ]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_with_data_are_accessible_and_fit_a_phone(
    house: House, open_browser: Callable[..., Page], language: str
) -> None:
    page = open_browser(*Role, language=language, bypass_csp=True, color_scheme="light")
    for path in pages_of(house):
        _look_at(page, path)
    page.goto("/care")
    occasions = page.locator("main a[href^='/care/']")
    assert occasions.count() > 0, "the demo's company has somebody to greet"
    _look_at(page, str(occasions.first.get_attribute("href")))


@pytest.mark.usefixtures("company")
def test_dark_paper_has_contrast_on_the_desks(house: House, open_browser: Callable[..., Page]) -> None:
    page = open_browser(*Role, bypass_csp=True, color_scheme="dark")
    for path in pages_of(house):
        page.goto(path)
        assert_accessible(page)


@pytest.mark.usefixtures("company")
def test_notes_reach_past_the_next_field(house: House, open_browser: Callable[..., Page]) -> None:
    """The draft's subject has several findings: they stand beside it and leave no hole under it."""
    page = open_browser(Role.MARKETER)
    page.goto(pages_of(house)[10])
    notes = page.locator(".part-subject .margin .finding")
    assert notes.count() > 1
    subject, below = (
        page.locator(f".part-{part} .part-words").bounding_box() for part in ("subject", "preheader")
    )
    last = notes.last.bounding_box()
    assert subject
    assert below
    assert last
    assert last["x"] > subject["x"] + subject["width"]
    assert last["y"] + last["height"] > below["y"]
    assert below["y"] - subject["y"] - subject["height"] < MOST_GAP


def _look_at(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 200, path
    assert page.locator("h1").count() == 1, f"{path}: one heading says what the page is for"
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{path} is wider than a phone"
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
