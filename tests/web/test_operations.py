"""The administrator's page: numbers, doubts, the lock, the sending domains."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import breaker, lock
from campaign.dispatch.breaker import Breaker
from campaign.models import AuditEntry, Delivery, DeliveryState, DomainCheck, Role
from campaign.queue import Queues, connect
from campaign.web import create_app
from campaign.web.operations.live import age
from campaign.web.operations.unknown import masked
from tests.factories import make_contact, make_delivery, make_mailing
from tests.name_server import name_server
from tests.sockets import closed_port
from tests.web.conftest import SignedIn
from tests.web.test_admin import SENDER


def test_without_anything_the_page_says_what_is_missing(signed_in: SignedIn) -> None:
    """No queue server, no beat, nothing planned: it opens, and says so."""
    page = signed_in(Role.ADMIN).get("/operations")
    assert page.status_code == 200
    assert "Máy chủ hàng đợi không trả lời" in page.text
    assert "Chưa có gì được lên kế hoạch" in page.text
    assert "campaign beat" in page.text
    assert "Mọi kết quả đều đã rõ" in page.text
    english = signed_in(Role.ADMIN, language="en").get("/operations").text
    assert "The queue server does not answer" in english
    for role in (Role.MARKETER, Role.CARE, Role.REVIEWER):
        assert signed_in(role).get("/operations").status_code == 403


def test_the_numbers_follow(
    settings: config.Settings,
    database: Database,
    db: Session,
    redis_url: str,
    signed_in: SignedIn,
) -> None:
    for state in (DeliveryState.ACCEPTED, DeliveryState.UNKNOWN, DeliveryState.REJECTED):
        make_delivery(db, state=state)
    db.commit()
    with_redis = replace(settings, redis_url=redis_url, redis_embedded=False)
    queues = Queues(connect(with_redis))
    Beat(with_redis, database, queues).round(utc_now())
    app = create_app(with_redis, database, queues)
    client = app.test_client()
    client.set_cookie("campaign_session", signed_in(Role.ADMIN).get_cookie("campaign_session").value)  # type: ignore[union-attr]
    page = client.get("/operations/live").text
    assert 'hx-trigger="every 2s"' in page
    assert "Không có tiến trình nào đang chạy" in page
    for words in ("Chưa rõ", "Bị từ chối", "Đã gửi"):
        assert words in page
    app.extensions["campaign-tracking"].close()
    queues.connection.close()


def test_a_relay_that_is_left_alone_says_why_since_when_and_until_when(
    settings: config.Settings,
    database: Database,
    redis_url: str,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaker, "WAITS", (3600,))  # the page is asked for before it is over
    with closed_port() as one, closed_port() as other:
        _left_alone(f"127.0.0.1:{one}", f"127.0.0.1:{other}", settings, database, redis_url, signed_in)


def _left_alone(
    gone: str,
    silent: str,
    settings: config.Settings,
    database: Database,
    redis_url: str,
    signed_in: SignedIn,
) -> None:
    with_redis = replace(
        settings, redis_url=redis_url, redis_embedded=False, smtp_url=f"smtp://{gone},smtp://{silent}"
    )
    queues = Queues(connect(with_redis))
    for _ in range(3):
        Breaker(queues.connection, gone).trip("<b>no greeting</b>")
    app = create_app(with_redis, database, queues)
    client = app.test_client()
    client.set_cookie(
        "campaign_session", signed_in(Role.ADMIN, language="en").get_cookie("campaign_session").value
    )  # type: ignore[union-attr]
    page = client.get("/operations/live").text
    for words in (
        gone,
        silent,
        "left alone until the next probe",
        "after 3 failures",
        "next probe is due in",
    ):
        assert words in page
    assert "&lt;b&gt;no greeting" in page
    assert page.count("does not answer") >= 2, "the other has no open breaker, and does not answer either"
    app.extensions["campaign-tracking"].close()
    queues.connection.close()


def test_an_unknown_outcome_is_decided(signed_in: SignedIn, db: Session) -> None:
    mailing = make_mailing(db)
    long_ago, just_now = utc_now() - timedelta(hours=1), utc_now()
    first, second, fresh = (
        make_delivery(db, mailing, make_contact(db), state=DeliveryState.UNKNOWN, settled_at=at)
        for at in (long_ago, long_ago, just_now)
    )
    db.commit()
    admin = signed_in(Role.ADMIN)
    page = admin.get("/operations").text
    assert first.address not in page
    assert masked(first.address) in page
    assert page.count('value="sent"') == 3
    assert page.count('value="again"') == 2, "what a frozen sender may still end cannot be sent again"
    assert admin.post(f"/operations/unknown/{first.id}", data={"decision": "sent"}).status_code == 303
    assert admin.post(f"/operations/unknown/{second.id}", data={"decision": "again"}).status_code == 303
    admin.post(f"/operations/unknown/{fresh.id}", data={"decision": "again"})
    db.expire_all()
    states = [db.get_one(Delivery, row.id).state for row in (first, second, fresh)]
    assert states == [DeliveryState.ACCEPTED, DeliveryState.QUEUED, DeliveryState.UNKNOWN]
    acts = set(db.scalars(select(AuditEntry.action)))
    db.commit()
    assert {"delivery.count_as_sent", "delivery.send_again"} <= acts
    assert admin.post("/operations/unknown/9999", data={"decision": "sent"}).status_code == 404
    assert signed_in(Role.MARKETER).post(f"/operations/unknown/{fresh.id}").status_code == 403


def test_a_restored_installation_says_so_everywhere_until_a_person_opens_it(
    signed_in: SignedIn, database: Database, settings: config.Settings
) -> None:
    admin, care = signed_in(Role.ADMIN), signed_in(Role.CARE, language="en")
    assert "operations/unlock" not in admin.get("/").text
    with database.write() as db:
        lock.close(db, utc_now() - timedelta(days=1), utc_now())
    assert "Việc gửi đang bị khoá" in admin.get("/people").text
    assert "/operations/unlock" in admin.get("/people").text
    told = care.get("/").text
    assert "Sending is locked" in told
    assert "/operations/unlock" not in told
    assert "bị khoá" not in admin.application.test_client().get("/sign-in").text
    sending = admin.get("/readyz?only=sending")
    assert sending.status_code == 503
    assert "restored" in sending.text
    assert "Bản sao lưu được làm lúc" in admin.get("/operations/unlock").text
    assert care.post("/operations/unlock").status_code == 403
    assert admin.post("/operations/unlock").status_code == 303
    assert "bị khoá" not in admin.get("/people").text
    with database.read() as db:
        assert lock.look(db, settings) is None
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "dispatch.unlock")).one()
        assert entry.actor_id is not None


def test_a_copy_on_another_host_is_locked_too(
    signed_in: SignedIn, database: Database, settings: config.Settings
) -> None:
    with database.write() as db:
        assert lock.check(db, settings, utc_now()) is None
        other = replace(settings, given_system_id="another installation")
        found = lock.check(db, other, utc_now())
    assert found is not None
    assert not found.restored
    assert "campaign db join" in found.sentence


def test_a_domain_is_checked_and_a_marketer_is_warned(
    settings: config.Settings, database: Database, signed_in: SignedIn
) -> None:
    cookie = signed_in(Role.ADMIN).get_cookie("campaign_session")
    assert cookie is not None
    with name_server({("nothing.example", "A"): ["192.0.2.1"]}) as server:
        app = create_app(replace(settings, dns_server=server), database, Queues(connect(settings)))
        app.config.update(WTF_CSRF_ENABLED=False)
        admin = app.test_client()
        admin.set_cookie("campaign_session", cookie.value)
        assert "Chưa có người gửi nào" in admin.get("/operations/domains").text
        admin.post("/senders", data=SENDER)
        domain = SENDER["from_email"].rpartition("@")[2]
        assert "chưa kiểm tra" in admin.get("/operations/domains").text
        assert admin.post("/operations/domains/evil.example").status_code == 404
        assert admin.post(f"/operations/domains/{domain}").status_code == 303
        page = admin.get("/operations/domains").text
    assert f"{domain} chưa có chính sách DMARC" in page
    assert "phải sửa" in page
    with database.read() as db:
        assert db.get_one(DomainCheck, domain).verdict == "bad"
    app.extensions["campaign-tracking"].close()


@pytest.mark.parametrize(
    ("seconds", "words"), [(3, "3 giây"), (90, "2 phút"), (7200, "2 giờ"), (200_000, "2 ngày")]
)
def test_ages(app: Flask, seconds: float, words: str) -> None:
    with app.test_request_context():
        assert age(seconds) == words


def test_addresses_are_masked() -> None:
    assert masked("mai.nguyen@example.com") == "m…@example.com"
    assert masked("Mai\n12 Quảng An\nHà Nội") == "… Hà Nội"
