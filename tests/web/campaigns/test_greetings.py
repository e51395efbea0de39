"""A greeting is written, signed once for its occasion, used until its day, and stopped at once."""

from __future__ import annotations

from datetime import timedelta

from campaign.approval import standing
from campaign.approval.checklist import QUESTIONS
from campaign.clock import utc_now
from campaign.compose import document as documents
from campaign.compose import greetings
from campaign.db import Database
from tests.web.campaigns.conftest import Desk
from tests.web.campaigns.test_write import typed

GREETING = documents.Document(
    tuple(
        documents.Block(
            block.id,
            block.part,
            {
                documents.Part.SUBJECT: "Chúc mừng sinh nhật từ Trà Quán",
                documents.Part.SALUTATION: "Thân gửi {{ contact.full_name }},",
                documents.Part.HOOK: "Chúc anh/chị một tuổi mới an lành.",
                documents.Part.CLOSING: "Trân trọng",
            }.get(block.part, ""),
        )
        for block in documents.empty().blocks
    )
)


def test_from_an_empty_list_to_a_standing_approval(desk: Desk, database: Database) -> None:
    mai, tam = desk("mai"), desk("tam")
    assert "Chưa có lời chúc nào" in mai.get("/messages/").text
    form = {"name": "Sinh nhật", "sender": "1", "channels": "both"}
    assert mai.post("/messages/new", data=form | {"name": ""}).status_code == 422
    assert mai.post("/messages/new", data=form).headers["Location"] == "/messages/2/write"
    written = mai.post("/messages/2/write?language=vi", data=typed(GREETING, base=greetings.begun("vi")))
    assert written.status_code == 303
    today = utc_now().date()
    ends = {"occasion": "birthday", "ends_on": (today + timedelta(days=60)).isoformat()}
    assert mai.post("/messages/2/sign-off", data=ends | {"ends_on": "2020-01-01"}).status_code == 422
    assert mai.post("/messages/2/sign-off", data=ends).status_code == 303
    assert "Sinh nhật" in tam.get("/review/").text
    assert tam.get("/review/1").status_code == 200
    assert tam.post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 303
    assert "Đang dùng cho dịp" in mai.get("/messages/").text
    with database.read() as db:
        (held,) = standing.current(db, "birthday", today)
    assert mai.post(f"/messages/standing/{held.id}/revoke").status_code == 303
    with database.read() as db:
        assert standing.current(db, "birthday", today) == []
    assert mai.post("/messages/standing/99/revoke").status_code == 404
