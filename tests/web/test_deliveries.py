"""What exactly did she receive, on a page; and the keys that sign."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign import config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, send
from campaign.dispatch.dkim import dns, keys
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import (
    Campaign,
    Contact,
    Delivery,
    DeliveryState,
    DkimKey,
    DkimState,
    Event,
    Mailing,
    Role,
)
from tests.web.conftest import SignedIn


@pytest.fixture
def sent(database: Database, settings: config.Settings) -> Delivery:
    """One of three mails of a campaign that has gone out."""
    with database.write() as db:
        mailing = make_company(db, 3, utc_now())
        campaign = Campaign(
            name="Trà Tết", message_id=mailing.message_id, account_id=mailing.created_by,
            created_at=utc_now(), updated_at=utc_now(),
        )  # fmt: skip
        db.add(campaign)
        db.flush()
        mailing.campaign_id = campaign.id
        control.start(db, mailing, utc_now())
        mailing_id = mailing.id
    with running(Sink()) as sink:
        there = config.load(
            {"CAMPAIGN_STATE_DIR": str(settings.state_dir), "SMTP_URL": f"smtp://127.0.0.1:{sink.port}"}
        )
        send.run_email_lane(database, there, mailing_id, clock=utc_now)
    with database.read() as db:
        rows = select(Delivery).where(Delivery.mailing_id == mailing_id).order_by(Delivery.id)
        return db.scalars(rows.limit(1)).one()


def test_a_delivery_is_shown_as_it_was_sent(signed_in: SignedIn, database: Database, sent: Delivery) -> None:
    clerk = signed_in(Role.CARE, language="en")
    page = clerk.get(f"/deliveries/{sent.id}").text
    assert "This is exactly what was sent" in page
    assert "receive?" in page
    assert sent.body_sha256 in page
    assert "List-Unsubscribe" in page
    with database.write() as db:
        db.get_one(Delivery, sent.id).state = DeliveryState.DEFERRED
    page = clerk.get(f"/deliveries/{sent.id}").text
    assert "The letter written for" in page
    assert "This is exactly what was sent" not in page, "a server has turned it away until later"
    with database.write() as db:
        db.get_one(Delivery, sent.id).state = DeliveryState.ACCEPTED
    mail = clerk.get(f"/deliveries/{sent.id}/mail.html")
    assert mail.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert 'href="#"' in mail.text
    assert "/u/" not in mail.text
    assert "/o/" not in mail.text
    raw = clerk.post(f"/deliveries/{sent.id}/message.eml", data={"reason": "she asked"})
    assert raw.mimetype == "message/rfc822"
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert b"List-Unsubscribe: <http" in raw.data
    with database.read() as db:
        assert db.scalar(select(Event.id)) is None  # looking is nobody's open
        contact = db.get_one(Contact, sent.contact_id)
        campaign_id = db.scalar(select(Mailing.campaign_id))
    assert f'href="/deliveries/{sent.id}"' in clerk.get(f"/contacts/{contact.id}").text
    listed = clerk.get(f"/deliveries/campaigns/{campaign_id}?q={contact.email}").text
    assert f'href="/deliveries/{sent.id}"' in listed
    assert listed.count("See the letter") == 1
    assert "Nobody" in clerk.get(f"/deliveries/campaigns/{campaign_id}?q=zzz").text
    for state, found in (("accepted", 3), ("rejected", 0), ("nonsense", 3)):
        listed = clerk.get(f"/deliveries/campaigns/{campaign_id}?state={state}").text
        assert listed.count("See the letter") == found


def test_after_an_erasure_only_the_hash_is_shown(
    signed_in: SignedIn, database: Database, sent: Delivery
) -> None:
    with database.read() as db:
        name = db.get_one(Contact, sent.contact_id).full_name
        campaign_id = db.scalar(select(Mailing.campaign_id))
    clerk, admin = signed_in(Role.CARE), signed_in(Role.ADMIN)
    path = f"/contacts/{sent.contact_id}/erase"
    assert path not in clerk.get(f"/contacts/{sent.contact_id}").text
    assert clerk.post(path, data={"reason": "letter of 3 March"}).status_code == 403
    assert path in admin.get(f"/contacts/{sent.contact_id}").text
    assert name in admin.get(path).text
    refused = admin.post(path, data={"reason": " "})
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.text
    assert name in clerk.get(f"/contacts/{sent.contact_id}").text, "nothing happens without a reason"
    assert admin.post(path, data={"reason": "letter of 3 March"}).status_code == 303
    for where in (f"/contacts/{sent.contact_id}", f"/deliveries/campaigns/{campaign_id}"):
        shown = admin.get(where)
        assert shown.status_code == 200
        assert "gười đã được xoá dữ liệu" in shown.text
        assert name not in shown.text
        assert sent.address not in shown.text
    assert admin.get(path).status_code != 200
    assert "letter of 3 March" in admin.get("/audit").text
    page = clerk.get(f"/deliveries/{sent.id}").text
    assert "đã được xoá" in page
    assert sent.body_sha256 in page
    assert sent.address not in page
    assert name not in page
    assert "250 ok" not in page  # servers repeat the address in what they say
    assert "Ngày xoá dữ liệu" in page
    assert clerk.get(f"/deliveries/{sent.id}/mail.html").status_code == 404
    assert clerk.get(f"/deliveries/{sent.id}/message.eml").status_code == 404
    with database.read() as db:
        assert db.get_one(Delivery, sent.id).address == ""


def test_who_may_not_see_customers_sees_no_message(signed_in: SignedIn, sent: Delivery) -> None:
    reviewer = signed_in(Role.REVIEWER)
    for path in ("", "/mail.html", "/message.eml"):
        assert reviewer.get(f"/deliveries/{sent.id}{path}").status_code == 403
    assert signed_in(Role.CARE).get("/deliveries/999999").status_code == 404


def test_a_key_is_made_published_activated_and_retired(
    signed_in: SignedIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = signed_in(Role.ADMIN, language="en")
    assert "No keys yet" in admin.get("/dkim").text
    assert admin.post("/dkim", data={"domain": "no domain"}).status_code == 422
    assert admin.post("/dkim", data={"domain": "example.com", "algorithm": "rsa"}).status_code == 303
    with database.read() as db:
        key = db.scalars(select(DkimKey)).one()
    page = admin.get("/dkim").text
    assert keys.record_name(key) in page
    assert key.public in page
    assert key.private not in page
    # the DNS is the world's: here it is what the test says
    monkeypatch.setattr(dns, "texts", lambda _name: [])
    admin.post(f"/dkim/{key.id}/activate")
    assert "does not show this key" in admin.get("/dkim").text
    monkeypatch.setattr(dns, "texts", lambda _name: [keys.record(key)])
    admin.post(f"/dkim/{key.id}/activate")
    assert "signs from now on" in admin.get("/dkim").text
    assert "Retire the key" in admin.get(f"/dkim/{key.id}/retire").text
    admin.post(f"/dkim/{key.id}/retire")
    with database.read() as db:
        retired = db.get_one(DkimKey, key.id)
        assert retired.state is DkimState.RETIRED
        assert keys.record_until(retired) == retired.retired_at + timedelta(days=7)  # type: ignore[operator]
    assert "Leave its record in the DNS" in admin.get("/dkim").text
    assert signed_in(Role.MARKETER).get("/dkim").status_code == 403
