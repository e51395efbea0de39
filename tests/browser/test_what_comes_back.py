"""The reply desk, the results, the test mailbox and the pages for recipients in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from campaign.care import answer
from campaign.clock import utc_now
from campaign.devmail.store import Mailbox
from campaign.links import Addresses, Signer
from campaign.models import Channel, Delivery, Event, EventKind, Reply, Role, Suppression
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE, House
from tests.care.test_inbox import make_reply
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery
from tests.report.test_numbers import happen, make_campaign
from tests.web.test_mailbox import HOSTILE

# the same without the script in its HTML: a browser would say on its console that it was blocked
FRIENDLY = HOSTILE.replace(b"<script>alert(2)</script>", b"")


@pytest.fixture
def paths(house: House) -> dict[str, str]:
    """One page of each kind, with something on it."""
    where = Addresses(Signer(house.settings.secret_key), "", house.settings.inbound_domain)
    with house.database.write() as db:
        reply = make_reply(db, "Xin đừng gửi nữa")
        answered = answer.answer(db, make_reply(db), "Dạ vâng ạ.", make_account(db, Role.CARE), NOW)
        sent = db.scalars(select(Delivery.id).where(Delivery.mailing_id == answered.id)).one()
        follow_up = Reply(channel=Channel.EMAIL, delivery_id=sent, text="Cảm ơn", received_at=utc_now())
        db.add(follow_up)
        campaign, mailing = make_campaign(db)
        happen(db, make_delivery(db, mailing).id, EventKind.OPEN)
        happen(db, make_delivery(db, mailing).id, EventKind.OPEN, machine=True)
        leaving = make_delivery(db, contact=make_contact(db, email="roi@example.com"))
        db.flush()
        found = {
            "reply": f"/replies/{reply.id}",
            "beside": f"/replies/{follow_up.id}",
            "report": f"/reports/campaigns/{campaign.id}",
            "unsubscribe": where.unsubscribe(leaving.id),
        }
    mail = Mailbox(house.settings.mailbox_dir).add("b@x", ["an@example.com"], FRIENDLY, utc_now())
    return found | {name: f"/mailbox/{mail.id}?view={name}" for name in ("html", "text", "source")}


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(
    house: House, open_browser: Callable[..., Page], paths: dict[str, str], colours: str
) -> None:
    page = open_browser(*Role, bypass_csp=True, color_scheme=colours)
    for path in paths.values():
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert_accessible(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is wider than a phone"
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


@pytest.mark.browser
def test_hostile_mail_runs_nothing(
    house: House, open_browser: Callable[..., Page], paths: dict[str, str]
) -> None:
    page = open_browser(Role.CARE)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(paths["text"])
    page.goto(paths["source"])
    assert page.locator("h1").inner_text() == "<script>alert(1)</script>"
    assert all(url.startswith(house.url) for url in asked)


@pytest.mark.browser
def test_a_recipient_leaves_without_a_script(
    house: House, open_browser: Callable[..., Page], paths: dict[str, str]
) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(paths["unsubscribe"])
    page.get_by_role("button", name="Ngừng nhận thư").press("Enter")
    assert "Đã ngừng" in page.locator("h1").inner_text()
    with house.database.read() as db:
        assert db.scalars(select(Suppression.address_key)).all() == ["roi@example.com"]
        assert EventKind.UNSUBSCRIBE in db.scalars(select(Event.kind)).all()


@pytest.mark.browser
def test_a_clerk_answers_from_the_keyboard(
    house: House, open_browser: Callable[..., Page], paths: dict[str, str]
) -> None:
    page = open_browser(Role.CARE)
    page.goto(paths["reply"])
    page.get_by_label("Lời đáp").focus()
    page.keyboard.type("Dạ, em xin lỗi và đã ngừng ạ.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã gửi lời đáp.")
    assert page.get_by_text("Dạ, em xin lỗi và đã ngừng ạ.").count() == 1
