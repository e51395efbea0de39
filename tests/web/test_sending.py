"""The page of the sending limits: what is typed is kept, what is wrong is said at its field."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners
from campaign.dispatch.limits.terms import Limit, WarmUp
from campaign.dispatch.manners import Manners
from campaign.dispatch.transports.relay import read_relays
from campaign.models import (
    AuditEntry,
    AutomaticPause,
    PauseCause,
    Role,
    SendingDay,
)
from tests.campaigns.helpers import Office
from tests.web.conftest import SignedIn

OTHERS = {
    "quiet_begin": "21:00", "quiet_end": "08:00", "bounce_percent": "5", "complaint_percent": "0,1",
    "least_tried": "200", "least_accepted": "1000",
}  # fmt: skip


def kept(database: Database) -> Manners:
    with database.read() as db:
        return manners.read(db)


def today(settings: Settings) -> date:
    return utc_now().astimezone(ZoneInfo(settings.time_zone)).date()


@pytest.mark.parametrize("role", [Role.MARKETER, Role.CARE, Role.REVIEWER])
def test_for_administrators_alone(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    assert client.get("/sending").status_code == 403
    assert client.post("/sending", data=OTHERS).status_code == 403


def test_every_line_is_kept_and_shown_again(
    signed_in: SignedIn, database: Database, settings: Settings
) -> None:
    client = signed_in(Role.ADMIN, language="en")
    page = BeautifulSoup(client.get("/sending").text, "html.parser")
    names = {field["name"]: field["value"] for field in page.select("input[type=hidden][name$='.name']")}
    relay = read_relays(settings.smtp_url)[0].name
    assert names["relays.0.name"] == relay
    google = next(name for name, value in names.items() if value == "google").removesuffix(".name")
    free = page.select_one("input[type=text][name$='.name']")["name"].removesuffix(".name")
    form = OTHERS | names | {
        "relays.0.second": "20", "relays.0.day": "1000", "relays.0.connections": "4", "relays.0.start": "50",
        "relays.0.growth": "100", "relays.0.began_on": "2026-03-09",
        f"{google}.minute": "300", f"{google}.connections": "6",
        f"{free}.name": "Bachkhoa.example", f"{free}.hour": "60",
        "quiet": "1", "quiet_begin": "20:30", "processes": "6",
    }  # fmt: skip
    assert client.post("/sending", data=form).status_code == 303
    found = kept(database)
    warm = WarmUp(date(2026, 3, 9), 50, 100)
    assert found.limits.relays == {relay: Limit(second=20, day=1000, connections=4, warm_up=warm)}
    assert found.limits.recipients == {
        "google": Limit(minute=300, connections=6),
        "bachkhoa.example": Limit(hour=60),
    }
    assert found.limits.senders == {}
    assert (found.quiet.on, found.quiet.begin, found.quiet.end) == (True, time(20, 30), time(8))
    assert found.quiet.zone == settings.time_zone
    assert (found.processes, found.pause.complaint_percent) == (6, 0.1)
    shown = client.get("/sending").text
    assert "20 a second, 1,000 a day, 4 connections" in shown
    assert "Day by day: 50, 100, 200, 400, 800, 1,000." in shown
    assert "300 a minute, 6 under way at once" in shown
    assert "bachkhoa.example" in shown
    with database.read() as db:
        assert "house.changed" in db.scalars(select(AuditEntry.action)).all()


def test_today_s_allowance_and_what_was_used(
    signed_in: SignedIn, database: Database, settings: Settings
) -> None:
    relay = read_relays(settings.smtp_url)[0].name
    warm = WarmUp(today(settings) - timedelta(days=1), 50, 50)
    with database.write() as db:
        limits = manners.Limits(relays={relay: Limit(day=1000, warm_up=warm)})
        manners.keep(db, Manners(limits), None, utc_now())
        db.add(SendingDay(day=today(settings), subject=f"relay/{relay}", used=31))
    assert "Today: 31 of 75 sent" in signed_in(Role.ADMIN, language="en").get("/sending").text
    assert "Hôm nay: đã gửi 31 trên 75" in signed_in(Role.ADMIN).get("/sending").text


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("relays.0.second", "many", "relays.0.second"),
        ("relays.0.second", "0", "relays.0.second"),
        ("relays.0.start", "50", "relays.0.day"),
        ("quiet_end", "21:00", "quiet_end"),
        ("quiet_begin", "25:00", "quiet_begin"),
        ("bounce_percent", "0", "bounce_percent"),
        ("bounce_percent", "nan", "bounce_percent"),
        ("least_tried", "-1", "least_tried"),
        ("processes", "1.5", "processes"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    signed_in: SignedIn, database: Database, field: str, value: str, at: str
) -> None:
    form = OTHERS | {"relays.0.name": "127.0.0.1:2525", field: value}
    answer = signed_in(Role.ADMIN).post("/sending", data=form)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    wrong = page.select("[aria-invalid=true]")
    assert [one["id"] for one in wrong] == [at]
    assert page.find(id=field)["value"] == value, "what was typed stays"
    line = wrong[0].find_parent("details")
    assert line is None or line.has_attr("open")
    assert kept(database) == Manners()


def test_a_domain_without_a_limit_is_not_dropped_in_silence(signed_in: SignedIn, database: Database) -> None:
    client = signed_in(Role.ADMIN)
    line = {"recipients.0.name": "khach.example.com", "recipients.0.free": "1"}
    answer = client.post("/sending", data=OTHERS | line)
    assert answer.status_code == 422
    assert "Hãy ghi ít nhất một giới hạn cho tên miền này" in answer.text
    assert client.post("/sending", data=OTHERS | line | {"recipients.0.hour": "5.000"}).status_code == 303
    assert kept(database).limits.recipients["khach.example.com"].hour == 5000, (
        "thousands as people write them"
    )
    # a line that stands on the page is taken out by emptying it
    gone = {"recipients.0.name": "khach.example.com", "recipients.0.hour": ""}
    assert client.post("/sending", data=OTHERS | gone).status_code == 303
    assert kept(database).limits.recipients == {}


@pytest.mark.parametrize("value", ["1.50", "10.00.0", "1,2345", "٣"])
def test_what_is_no_whole_number_is_none(signed_in: SignedIn, value: str) -> None:
    answer = signed_in(Role.ADMIN).post("/sending", data=OTHERS | {"least_tried": value})
    assert answer.status_code == 422


@pytest.mark.parametrize("domain", ["no domain", "gmail.com", "-x.example"])
def test_a_domain_that_cannot_have_a_line(signed_in: SignedIn, database: Database, domain: str) -> None:
    client = signed_in(Role.ADMIN)
    page = BeautifulSoup(client.get("/sending").text, "html.parser")
    names = {field["name"]: field["value"] for field in page.select("input[type=hidden][name$='.name']")}
    free = page.select_one("input[type=text][name$='.name']")["name"].removesuffix(".name")
    answer = client.post("/sending", data=OTHERS | names | {f"{free}.name": domain, f"{free}.hour": "5"})
    assert answer.status_code == 422
    field = BeautifulSoup(answer.text, "html.parser").find(id=f"{free}.name")
    assert (field["aria-invalid"], field["value"]) == ("true", domain)
    assert kept(database) == Manners()


@pytest.mark.parametrize(
    ("cause", "language", "words"),
    [
        (
            PauseCause.BOUNCES,
            "en",
            ["Of 200 addresses", "12 do not exist: 6%", "From 5% on", "old or bought"],
        ),
        (PauseCause.COMPLAINTS, "en", ["Of 188 people", "1 called it spam: 0.53%", "From 0.1% on", "early"]),
        (PauseCause.BOUNCES, "vi", ["Trong 200 địa chỉ", "12 địa chỉ không tồn tại: 6%", "Từ 5%"]),
    ],
)
def test_the_campaign_s_page_says_why_it_stands_still(
    signed_in: SignedIn, database: Database, cause: PauseCause, language: str, words: list[str]
) -> None:
    now = utc_now()
    with database.write() as db:
        office = Office(db, now)
        campaign = office.campaign(now)
        submission = life.submit(db, campaign, office.account("mai"), now)
        life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
        mailing = life.start(db, campaign, office.account("mai"), now)
        life.pause(db, campaign, office.account("mai"), now)
        threshold = 50_000 if cause is PauseCause.BOUNCES else 1_000
        counts = {"tried": 200, "accepted": 188, "bounced": 12, "complained": 1}
        db.add(AutomaticPause(mailing_id=mailing.id, at=now, cause=cause, threshold_ppm=threshold, **counts))
        number = campaign.id
    client = signed_in(Role.MARKETER, language=language)
    page = client.get(f"/campaigns/{number}/send").text
    assert [word for word in words if word not in page] == []
    assert ("once in a thousand times" in page) is ("early" in words)
    assert client.post(f"/campaigns/{number}/resume").status_code == 303
    assert words[0] not in client.get(f"/campaigns/{number}/send").text
    with database.read() as db:
        assert db.scalars(select(AutomaticPause)).one().resumed_at is not None
