"""From the list to the sending, by plain forms: each step, each refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import (
    AccountRole,
    Campaign,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    OfferType,
    Role,
    Submission,
)
from campaign.watch.domain import check
from campaign.watch.domain.remark import bad, ok
from tests.campaigns.helpers import Office, good_copy
from tests.web.campaigns.conftest import Desk, Rows
from tests.web.campaigns.test_write import typed


@pytest.fixture
def submitted(desk: Desk) -> None:
    assert desk("mai").post("/messages/1/sign-off", data={"note": "Gấp"}).status_code == 303


@pytest.fixture
def signed(desk: Desk, submitted: None) -> None:
    assert desk("tam").post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 303


def test_the_list_and_its_empty_state(desk: Desk, signed_in: object, database: Database) -> None:
    page = desk("mai").get("/campaigns/").text
    assert "Ấm trà tháng Ba" in page
    assert "Bản nháp" in page


def test_a_new_campaign(desk: Desk, rows: Rows, database: Database) -> None:
    client = desk("mai")
    form = {"name": "Trà Tết", "goal": "", "kind": "marketing", "sender": "1", "channels": "email"}
    for field in ("name", "kind", "sender", "channels"):
        answer = client.post("/campaigns/new", data=form | {field: ""})
        assert answer.status_code == 422
        assert "field-error" in answer.text
    answer = client.post("/campaigns/new", data=form)
    assert answer.headers["Location"] == "/campaigns/2/whom"
    assert client.get("/campaigns/2").headers["Location"] == "/campaigns/2/whom"
    assert client.post("/campaigns/2/whom", data={"segment": "2"}).status_code == 303
    assert client.get("/campaigns/2").headers["Location"].endswith("/write")
    assert desk("tam").post("/campaigns/new", data=form).status_code == 403


def test_whom_counts_and_htmx_gets_the_numbers_alone(desk: Desk) -> None:
    client = desk("mai")
    assert "Viết được cho 2 người" in client.get("/campaigns/1/whom").text
    answer = client.get("/campaigns/1/whom?segment=2", headers={"HX-Request": "true"}).text
    assert "Viết được cho 2 người" in answer
    assert "<html" not in answer


def test_the_check_names_place_and_rule(desk: Desk) -> None:
    client = desk("mai")
    client.post("/messages/1/write?language=vi", data=typed(good_copy(), subject="Xin chào"))
    page = client.get("/messages/1/check").text
    assert "Tiêu đề" in page
    assert "greeting-or-mystery-subject" in page


def test_what_blocks_is_shown_and_nothing_is_written(desk: Desk, rows: Rows, database: Database) -> None:
    client = desk("mai")
    client.post("/messages/1/write?language=vi", data=typed(good_copy(), subject="Xin chào"))
    answer = client.post("/messages/1/sign-off")
    assert answer.status_code == 422
    assert "finding-blocking" in answer.text
    with database.read() as db:
        assert db.scalars(select(Submission)).all() == []
    assert rows.campaign.state == "draft"


def test_submitting_signing_and_the_seal(desk: Desk, rows: Rows, submitted: None) -> None:
    assert rows.campaign.state == "in_review"
    queue = desk("tam").get("/review/").text
    assert "Ấm trà tháng Ba" in queue
    assert "Gấp" in queue
    page = desk("tam").get("/review/1").text
    assert 'action="/review/1/sign"' in page
    assert desk("tam").get("/review/1/documents/email?contact=1").status_code == 200
    assert desk("tam").get("/review/1/documents/letter?contact=1").mimetype == "image/png"
    assert desk("tam").post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 303
    assert rows.campaign.state == "approved"
    assert "seal-signed" in desk("mai").get("/messages/1/sign-off").text


def test_ones_own_letter_is_shown_but_not_signed(desk: Desk, rows: Rows) -> None:
    desk("nam").post("/messages/1/write?language=vi", data=typed(good_copy(), closing="Thân mến,"))
    desk("mai").post("/messages/1/sign-off")
    page = desk("nam").get("/review/1").text
    assert "không ký được" in page
    assert 'action="/review/1/sign"' not in page
    refused = desk("nam").post(
        "/review/1/sign", data={"checked": list(QUESTIONS)}, headers={"Referer": "http://localhost/review/1"}
    )
    assert refused.status_code in (303, 409)
    assert rows.campaign.state == "in_review"


def test_an_author_may_read_but_not_sign(desk: Desk, submitted: None) -> None:
    assert desk("mai").get("/review/1").status_code == 200
    assert desk("mai").post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 403
    assert desk("mai").get("/review/").status_code == 403


def test_sending_back_needs_a_reason_and_reaches_the_author(desk: Desk, rows: Rows, submitted: None) -> None:
    client = desk("tam")
    assert client.post("/review/1/send-back", data={"reason": " "}).status_code == 422
    assert client.post("/review/1/send-back", data={"reason": "Giá chưa đúng"}).status_code == 303
    assert rows.campaign.state == "draft"
    assert "Giá chưa đúng" in desk("mai").get("/messages/1/write").text


def test_an_edit_breaks_the_seal(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    assert 'hx-trigger="input delay' not in client.get("/messages/1/write").text
    client.post("/messages/1/write?language=vi", data=typed(good_copy(), hook="Nay nhẹ hơn 30%."))
    assert rows.campaign.state == "draft"
    assert "seal-broken" in client.get("/messages/1/sign-off").text
    assert "seal-broken" in desk("tam").get("/review/1").text
    client.post("/messages/1/sign-off")
    changed = desk("tam").get("/review/2").text
    assert "<del>" in changed
    assert "<ins>" in changed


def test_withdrawing(desk: Desk, rows: Rows, submitted: None) -> None:
    assert desk("mai").post("/messages/1/withdraw").status_code == 303
    assert rows.campaign.state == "draft"


def test_alone_one_is_told_to_invite_a_second(desk: Desk, database: Database, office: Office) -> None:
    with database.write() as db:
        for row in db.scalars(select(AccountRole).where(AccountRole.role == Role.REVIEWER)):
            db.delete(row)
    assert "Cần người thứ hai" in desk("mai").get("/messages/1/sign-off").text


def test_sending_pausing_and_the_live_numbers(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    assert "Gửi ngay" in client.get("/campaigns/1/send").text
    assert client.post("/campaigns/1/start").status_code == 303
    live = client.get("/campaigns/1/progress").text
    assert "every 2s" in live
    assert client.post("/campaigns/1/pause").status_code == 303
    assert rows.campaign.state == "paused"
    paused = client.get("/campaigns/1/progress")
    assert "every 2s" not in paused.text
    assert paused.headers["HX-Refresh"] == "true"
    assert client.post("/campaigns/1/resume").status_code == 303
    assert client.get("/campaigns/1/cancel").status_code == 200
    assert client.post("/campaigns/1/cancel").status_code == 303
    assert rows.campaign.state == "cancelled"
    over = client.get("/campaigns/1/send").text
    assert "Đã huỷ" in over
    assert "Chữ ký mất hiệu lực" not in over, "nobody has to look into it"
    assert client.get("/campaigns/").status_code == 200


def test_an_unsigned_campaign_does_not_start(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    assert "Chưa gửi được" in client.get("/campaigns/1/send").text
    assert client.post("/campaigns/1/start").status_code == 409
    assert rows.campaign.state == "draft"


def test_scheduling_in_a_named_zone(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    past = {"day": "2020-01-01", "time": "09:00", "zone": "Asia/Ho_Chi_Minh"}
    assert client.post("/campaigns/1/schedule", data=past).status_code == 422
    ahead = past | {"day": (utc_now() + timedelta(days=2)).date().isoformat()}
    assert client.post("/campaigns/1/schedule", data=ahead).status_code == 303
    assert rows.campaign.state == "scheduled"
    assert "Bỏ hẹn" in client.get("/campaigns/1/send").text
    client.post("/campaigns/1/unschedule")
    assert rows.campaign.state == "approved"


def test_a_missed_hour_is_said(desk: Desk, database: Database, signed: None) -> None:
    with database.write() as db:
        db.execute(update(Campaign).values(send_at=utc_now() - timedelta(days=1)))
    assert "Đã lỡ giờ hẹn" in desk("mai").get("/campaigns/1/send").text


def test_what_nobody_knows_a_person_decides(desk: Desk, database: Database, signed: None) -> None:
    client = desk("mai")
    client.post("/campaigns/1/start")
    with database.write() as db:
        db.execute(
            update(Delivery)
            .where(Delivery.id == 1)
            .values(state=DeliveryState.UNKNOWN, settled_at=utc_now() - timedelta(hours=1))
        )
    assert "Coi như đã gửi" in client.get("/campaigns/1/send").text
    assert client.post("/campaigns/1/unknown/1", data={"decision": "sent"}).status_code == 303
    with database.read() as db:
        assert db.get_one(Delivery, 1).state is DeliveryState.ACCEPTED
    assert client.post("/campaigns/1/unknown/99", data={"decision": "sent"}).status_code == 404


def test_a_running_campaign_is_not_edited(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    client.post("/campaigns/1/start")
    page = client.get("/messages/1/write")
    assert "<fieldset disabled>" in page.text
    answer = client.post("/messages/1/write?language=vi", data=typed(good_copy(), hook="Khác"))
    assert answer.status_code == 409
    assert "seal-signed" in client.get("/messages/1/sign-off").text


def test_head_changes_are_part_of_what_is_signed(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    form = {"name": "Tên khác", "goal": "g", "kind": "marketing", "sender": "1", "channels": "both"}
    client.post("/campaigns/1/head", data=form)
    assert rows.campaign.state == "approved"
    client.post("/campaigns/1/head", data=form | {"channels": "email"})
    assert rows.campaign.state == "draft"
    assert rows.message.letter_layout == ""


def test_what_is_offered_is_part_of_what_is_signed(desk: Desk, rows: Rows, signed: None) -> None:
    client = desk("mai")
    form = {"name": "Ấm trà", "goal": "g", "kind": "marketing", "sender": "1", "channels": "both"}
    client.post("/campaigns/1/head", data=form | {"offer_type": ""})
    assert rows.campaign.state == "approved"
    assert client.post("/campaigns/1/head", data=form | {"offer_type": "boat"}).status_code == 422
    client.post("/campaigns/1/head", data=form | {"offer_type": "goods"})
    assert rows.campaign.state == "draft"
    assert rows.message.offer_type is OfferType.GOODS
    assert '<option value="goods" selected>' in client.get("/campaigns/1/head").text


def test_goods_without_a_word_of_delivery_are_remarked(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    client.post(
        "/messages/1/write?language=vi",
        data=typed(good_copy()) | {"fact.offer.delivery": "", "text.postscript": ""},
    )
    assert "delivery-missing" not in client.get("/messages/1/check").text
    form = {"name": "Ấm trà", "goal": "g", "kind": "marketing", "sender": "1", "channels": "both"}
    client.post("/campaigns/1/head", data=form | {"offer_type": "goods"})
    assert "delivery-missing" in client.get("/messages/1/check").text


def test_a_deleted_thing_is_a_page_not_a_fault(desk: Desk) -> None:
    for url in ("/campaigns/77", "/campaigns/77/send", "/review/77", "/messages/77/sign-off"):
        assert desk("ba").get(url).status_code == 404


def test_numbers_agree_with_the_rows(desk: Desk, database: Database, signed: None) -> None:
    desk("mai").post("/campaigns/1/start")
    with database.read() as db:
        mailing = db.scalars(select(Mailing)).one()
        assert life.mailing_of(db, db.get_one(Campaign, 1)) is mailing
        people = len(db.scalars(select(Contact)).all())
        assert len(db.scalars(select(Delivery)).all()) == 2 * people


def test_before_sending_a_marketer_hears_of_the_domain(
    desk: Desk, app: Flask, database: Database, signed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where mail leaves the house; until it starts."""
    assert "Tên miền gửi" not in desk("mai").get("/campaigns/1/send").text
    house = app.extensions["campaign"]
    outside = replace(house, settings=replace(house.settings, mailbox_port=0))
    monkeypatch.setitem(app.extensions, "campaign", outside)
    assert "Tên miền gửi chưa được kiểm tra" in desk("mai").get("/campaigns/1/send").text
    with database.read() as db:
        domain = db.get_one(Campaign, 1).message.sender.domain
    for remark, words in ((bad("spf", "doctor-spf-none", domain=domain), True), (ok("spf", "x"), False)):
        with database.write() as db:
            check.keep(db, domain, [remark], utc_now())
        assert ("Tên miền gửi chưa ổn" in desk("mai").get("/campaigns/1/send").text) is words
