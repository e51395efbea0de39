"""The desk by plain forms: waive, remark, propose, tick; marks in what is shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.approval.checklist import QUESTIONS
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Notice, Remark, Waiver
from tests.campaigns.helpers import good_copy
from tests.web.campaigns.conftest import Desk, Rows
from tests.web.campaigns.test_write import typed

SIGN = {"checked": list(QUESTIONS)}


@pytest.fixture
def asked(desk: Desk) -> list[str]:
    """Submitted with a blocked subject and reasons; the keys of the findings."""
    mai = desk("mai")
    mai.post("/messages/1/write?language=vi", data=typed(good_copy(), subject="Xin chào"))
    page = mai.post("/messages/1/sign-off").text
    names = re.findall(r'name="(ask\.[^"]+)"', page)
    assert names
    answer = mai.post("/messages/1/sign-off", data=dict.fromkeys(names, "Khách quen"))
    assert answer.status_code == 303
    return [name.removeprefix("ask.") for name in names]


def waive(client: FlaskClient, keys: list[str], **facts: str) -> list[int]:
    until = (utc_now() + timedelta(days=9)).date().isoformat()
    form = {"reason": "Khách quen", "ends_on": until} | facts
    return [client.post("/review/1/waive", data=form | {"finding": key}).status_code for key in keys]


def test_the_words_of_a_finding_are_marked(desk: Desk, asked: list[str]) -> None:
    page = desk("tam").get("/review/1").text
    assert re.search(r'<mark class="[^"]*marked-blocking[^"]*">Xin chào</mark>', page)
    assert 'href="/rules/greeting-or-mystery-subject"' in page
    assert "Khách quen" in page
    assert desk("tam").get("/rules/greeting-or-mystery-subject").status_code == 200
    assert desk("tam").get("/rules/no-such-rule").status_code == 404


def test_asked_waived_ticked_signed(desk: Desk, rows: Rows, asked: list[str]) -> None:
    tam = desk("tam")
    assert "phải được phép bỏ qua" in tam.get("/review/").text
    tam.post("/review/1/sign", data=SIGN)
    assert rows.campaign.state == "in_review"
    assert waive(tam, asked, ends_on="2020-01-01") == [422] * len(asked)
    assert waive(desk("mai"), asked) == [403] * len(asked)
    assert waive(tam, asked) == [303] * len(asked)
    assert tam.post("/review/1/sign", data={"checked": "understood"}).status_code == 422
    assert tam.post("/review/1/sign", data=SIGN).status_code == 303
    assert rows.campaign.state == "approved"
    assert "Đúng chính tả?" in desk("mai").get("/review/1").text
    assert 'action="/review/1/waivers/1/end"' in tam.get("/review/1").text
    tam.post("/review/1/waivers/1/end")
    assert "seal-broken" in tam.get("/review/1").text


def test_a_request_is_refused(desk: Desk, database: Database, asked: list[str]) -> None:
    assert desk("tam").post("/review/1/waivers/1/end").status_code == 303
    with database.read() as db:
        assert db.get_one(Waiver, 1).voided_at is not None
    assert "đã bị từ chối" in desk("tam").get("/review/1").text


def test_a_remark_and_a_proposal_reach_the_margin(desk: Desk, database: Database, asked: list[str]) -> None:
    tam, mai = desk("tam"), desk("mai")
    place = {"language": "vi", "block": "hook"}
    assert tam.post("/review/1/remark", data=place | {"text": " "}).status_code == 422
    assert tam.post("/review/1/remark", data=place | {"text": "Ai được lợi gì?"}).status_code == 303
    better = {"language": "vi", "block": "subject", "words.text": "Tiết kiệm 30% cho bộ ấm trà"}
    assert tam.post("/review/1/propose", data=better).status_code == 303
    assert tam.post("/review/1/send-back", data={"reason": ""}).status_code == 303
    page = mai.get("/messages/1/write?language=vi").text
    assert "Ai được lợi gì?" in page
    assert 'form="accept-2"' in page
    assert 'action="/messages/1/remarks/2/accept"' in page
    assert mai.post("/messages/1/remarks/2/accept").status_code == 303
    assert mai.post("/messages/1/remarks/1/resolve").status_code == 303
    after = mai.get("/messages/1/write?language=vi").text
    assert "Tiết kiệm 30% cho bộ ấm trà" in after
    assert "Ai được lợi gì?" not in after
    with database.read() as db:
        assert {one.state.value for one in db.scalars(select(Remark))} == {"accepted", "resolved"}
        kinds = {one.kind.value for one in db.scalars(select(Notice))}
    assert kinds == {"submitted", "proposed", "sent_back"}


def test_declining_takes_a_word(desk: Desk, database: Database, asked: list[str]) -> None:
    better = {"language": "vi", "block": "subject", "words.text": "Tiết kiệm 30%"}
    desk("tam").post("/review/1/propose", data=better)
    mai = desk("mai")
    mai.post("/messages/1/remarks/1/decline", data={"answer": ""})
    with database.read() as db:
        assert db.get_one(Remark, 1).state == "open"
    mai.post("/messages/1/remarks/1/decline", data={"answer": "Giá chưa chốt"})
    with database.read() as db:
        assert db.get_one(Remark, 1).state == "declined"
    assert desk("tam").post("/messages/1/remarks/1/accept").status_code == 403
