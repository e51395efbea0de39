"""Why a sending stands still, said on its page to people who do not run the machine."""

from __future__ import annotations

from dataclasses import replace

from campaign import config
from campaign.approval.checklist import QUESTIONS
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.queue import Queues, connect
from campaign.web import create_app
from campaign.web.unit import SESSION_COOKIE
from tests.web.campaigns.conftest import Desk

QUEUE_SERVER = "Máy chủ hàng đợi không trả lời"
SCHEDULER = "Chương trình hẹn giờ đang đứng yên"
NOBODY = "Không có chương trình gửi nào đang chạy"


def begin(desk: Desk) -> None:
    assert desk("mai").post("/messages/1/sign-off").status_code == 303
    assert desk("tam").post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 303
    assert desk("mai").post("/campaigns/1/start").status_code == 303


def test_without_queue_server_and_scheduler(desk: Desk) -> None:
    begin(desk)
    client = desk("mai")
    for path in ("/campaigns/1/send", "/campaigns/1/progress"):
        page = client.get(path).text
        assert QUEUE_SERVER in page
        assert SCHEDULER in page
        assert NOBODY not in page, "without the queue server nobody can know"
    assert client.post("/campaigns/1/pause").status_code == 303
    assert QUEUE_SERVER not in client.get("/campaigns/1/send").text, "a person has stopped it"


def test_without_workers(desk: Desk, database: Database, settings: config.Settings, redis_url: str) -> None:
    begin(desk)
    with_redis = replace(settings, redis_url=redis_url, redis_embedded=False)
    queues = Queues(connect(with_redis))
    Beat(with_redis, database, queues).round(utc_now())
    app = create_app(with_redis, database, queues)
    client, cookie = app.test_client(), desk("mai").get_cookie(SESSION_COOKIE)
    assert cookie is not None
    client.set_cookie(SESSION_COOKIE, cookie.value)
    page = client.get("/campaigns/1/send").text
    assert NOBODY in page
    assert QUEUE_SERVER not in page
    assert SCHEDULER not in page
    app.extensions["campaign-tracking"].close()
    queues.connection.close()
