"""Of many deliveries nobody knows whether they left: a person decides about all of them at once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from campaign.approval import checklist
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, AuditEntry, Campaign, Channel, Delivery, DeliveryState
from tests.campaigns.helpers import Office
from tests.web.campaigns.conftest import Desk

State = DeliveryState


@pytest.fixture
def doubtful(database: Database, office: Office) -> int:
    """E-mails, all of them unknown; how many. The youngest is so since a minute, the others since an hour."""
    now = utc_now()
    mails = Delivery.channel == Channel.EMAIL
    with database.write() as db:
        campaign, mai, tam = (
            db.get_one(Campaign, 1),
            *(db.get_one(Account, office.people[name].id) for name in ("mai", "tam")),
        )
        life.approve(db, life.submit(db, campaign, mai, now), tam, now, ticked=checklist.QUESTIONS)
        life.start(db, campaign, mai, now)
        unknown = update(Delivery).values(state=State.UNKNOWN, reason="lease", attempt=1)
        db.execute(unknown.where(mails).values(settled_at=now - timedelta(hours=1)))
        youngest = Delivery.id == select(func.max(Delivery.id)).where(mails).scalar_subquery()
        db.execute(update(Delivery).where(youngest).values(settled_at=now - timedelta(minutes=1)))
        return db.scalar(select(func.count(Delivery.id)).where(mails)) or 0


def states(database: Database) -> Counter[DeliveryState]:
    with database.read() as db:
        return Counter(db.scalars(select(Delivery.state).where(Delivery.channel == Channel.EMAIL)))


def test_the_page_leads_to_it_and_it_asks(desk: Desk, doubtful: int) -> None:
    assert doubtful > 1
    client = desk("mai")
    page = client.get("/campaigns/1/send").text
    assert f"Coi cả {doubtful} thư như đã gửi" in page
    assert "/campaigns/1/unknown?decision=again" in page
    asked = client.get("/campaigns/1/unknown?decision=again").text
    assert f"Gửi lại {doubtful - 1} thư?" in asked
    assert "1 thư khác chưa gửi lại được" in asked


def test_all_are_counted_as_sent(desk: Desk, database: Database, doubtful: int) -> None:
    assert desk("mai").post("/campaigns/1/unknown", data={"decision": "sent"}).status_code == 303
    assert states(database) == {State.ACCEPTED: doubtful}
    with database.read() as db:
        noted = select(func.count(AuditEntry.id)).where(AuditEntry.action == "delivery.count_as_sent")
        assert db.scalar(noted) == doubtful
    assert "unknown?decision" not in desk("mai").get("/campaigns/1/send").text


def test_those_that_may_go_again_do_and_the_others_stay(
    desk: Desk, database: Database, doubtful: int
) -> None:
    with database.write() as db:
        db.execute(update(Campaign).values(state="finished"))
    desk("mai").post("/campaigns/1/unknown", data={"decision": "again"})
    assert states(database) == {State.QUEUED: doubtful - 1, State.UNKNOWN: 1}
    with database.read() as db:
        assert db.get_one(Campaign, 1).state == "running"
    # nothing is left that could go again: the page that asks leads back
    answer = desk("mai").get("/campaigns/1/unknown?decision=again")
    assert (answer.status_code, answer.location) == (303, "/campaigns/1/send")


@pytest.mark.parametrize("state", ["running", "finished", "cancelled"])
def test_the_desk_says_so_until_it_is_decided(
    desk: Desk, database: Database, doubtful: int, state: str
) -> None:
    with database.write() as db:
        db.execute(update(Campaign).values(state=state))
    client = desk("mai")
    page = client.get("/").text
    assert f"{doubtful} thư chờ quyết định" in page
    assert "không rõ đã đi hay chưa" in page
    assert page.count('href="/campaigns/1/send"') == 1
    client.post("/campaigns/1/unknown", data={"decision": "sent"})
    assert "chờ quyết định" not in client.get("/").text


def test_only_the_marketer_decides(desk: Desk, database: Database, doubtful: int) -> None:
    reviewer = desk("tam")
    assert reviewer.get("/campaigns/1/unknown").status_code == 403
    assert reviewer.post("/campaigns/1/unknown", data={"decision": "sent"}).status_code == 403
    assert "unknown?decision" not in reviewer.get("/campaigns/1/send").text
    assert states(database) == {State.UNKNOWN: doubtful}
