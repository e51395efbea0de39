"""Terms, hours, tests, failures and additions as pages: by plain forms, each refusal at its field."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from campaign.approval.checklist import QUESTIONS
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import checking, life, terms, trials
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import progress
from campaign.models import (
    Account,
    AudienceCheck,
    Campaign,
    CheckState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Segment,
    Submission,
    Trial,
)
from tests.campaigns.helpers import Office, make_contact
from tests.web.campaigns.conftest import Desk, Rows

FORM = {
    "trial": "1", "arms": "2", "share": "50", "measure": "click", "hours": "12", "default": "b",
    "holdout": "10", "added": "1", "added_until": "2099-01-01",
}  # fmt: skip


def sign(desk: Desk) -> None:
    assert desk("mai").post("/messages/1/sign-off").status_code == 303
    assert desk("tam").post("/review/1/sign", data={"checked": list(QUESTIONS)}).status_code == 303


def begin(desk: Desk, database: Database, chosen: SendingTerms) -> None:
    with database.write() as db:
        mai = db.scalars(select(Account).where(Account.email == "mai@example.com")).one()
        terms.choose(db, db.get_one(Campaign, 1), chosen, mai, utc_now())
    sign(desk)
    assert desk("mai").post("/campaigns/1/start").status_code == 303


def test_terms_are_kept_and_lead_to_the_second_version(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    assert "/campaigns/1/terms" in client.get("/campaigns/1/whom").text
    answer = client.post("/campaigns/1/terms", data=FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/messages/1/write?language=vi.b")
    assert rows.campaign.terms["trial"] == {
        "arms": ["a", "b"], "share": 50, "measure": "click", "hours": 12, "default": "b",
    }  # fmt: skip
    page = client.get("/campaigns/1/terms").text
    assert 'value="50"' in page
    write = client.get("/messages/1/write?language=vi.b").text
    assert "Tiếng Việt · bản B" in write
    assert "Tiếng Việt · bản A" in write
    assert client.get("/messages/1/check").text.count("<h2") >= 2
    # letters by post are not opened for us to see, and each version is rendered
    assert client.get("/messages/1/documents/email?language=vi.b").status_code == 200
    assert desk("tam").post("/campaigns/1/terms", data=FORM).status_code == 403
    assert desk("tam").get("/campaigns/1/terms").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("share", "95", "từ 5 đến 80"),
        ("share", "", "từ 5 đến 80"),
        ("hours", "1000", "từ 1 đến 168"),
        ("arms", "9", "hai đến 4"),
        ("measure", "love", "chọn điều được đo"),
        ("default", "d", "một trong các bản"),
        ("holdout", "70", "từ 1 đến 50"),
        ("added_until", "2001-01-01", "ngày sắp tới"),
        ("added_until", "", "ngày sắp tới"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    desk: Desk, rows: Rows, field: str, value: str, words: str
) -> None:
    answer = desk("mai").post("/campaigns/1/terms", data=FORM | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-error"' in answer.text
    assert rows.campaign.terms == {}


def test_the_reviewer_sees_and_signs_every_version(desk: Desk) -> None:
    desk("mai").post("/campaigns/1/terms", data=FORM)
    desk("mai").post("/messages/1/sign-off")
    page = desk("tam").get("/review/1?language=vi.b").text
    assert "Tiếng Việt · bản A" in page
    assert "Tiếng Việt · bản B" in page
    assert "nhiều người bấm liên kết hơn" in page
    assert "không nhận thư, để so sánh" in page or "quá ít người" in page
    block = {"language": "vi.b", "block": "subject", "text": "Rõ hơn", "quote": ""}
    assert desk("tam").post("/review/1/remark", data=block).status_code == 303
    assert "Rõ hơn" in desk("mai").get("/messages/1/write?language=vi.b").text
    assert "Rõ hơn" not in desk("mai").get("/messages/1/write?language=vi").text


def next_last_sunday(month: int) -> str:
    """When Europe's clocks change: of next year, so that it is still to come."""
    last = date(utc_now().year + 1, month, 31)
    return (last - timedelta(days=last.isoweekday() % 7)).isoformat()


def test_each_recipients_hour_is_said_in_words(desk: Desk, rows: Rows) -> None:
    sign(desk)
    form = {"day": "2098-03-10", "time": "09:00", "zone": "Europe/Berlin", "whose": "each", "late": "at_once"}
    assert desk("mai").post("/campaigns/1/schedule", data=form).status_code == 303
    page = desk("mai").get("/campaigns/1/send").text
    assert "theo đồng hồ của từng người nhận" in page
    assert "gửi ngay" in page
    (moment,) = re.findall(r"<th scope=\"row\">([^<]+)</th><td>([^<]+)</td><td class=\"number\">2</td>", page)
    assert moment == ("09:00, 10 thg 3 2098", "giờ Việt Nam"), "who gets it when, by our clock"
    assert (rows.campaign.timing["wall"], rows.campaign.timing["late"]) == ("2098-03-10T09:00", "at_once")
    # one clock, in a night in which it shows the hour twice, and in one in which it skips it
    twice = form | {"day": next_last_sunday(10), "time": "02:30", "whose": "one"}
    client = desk("mai")
    client.post("/campaigns/1/schedule", data=twice)
    page = client.get("/campaigns/1/send").text
    assert "Đêm đó đồng hồ chỉ 02:30 hai lần" in page
    assert "theo giờ Đức" in page
    assert "theo giờ của ta" in page, "the house's own clock is said beside another zone's"
    assert 'value="02:30"' in page, "the form begins with what was chosen"
    skipped = desk("mai").post("/campaigns/1/schedule", data=twice | {"day": next_last_sunday(3)})
    assert skipped.status_code == 422
    assert "không có giờ đó" in skipped.text


def test_a_missed_hour_offers_three_ways(desk: Desk, database: Database) -> None:
    sign(desk)
    with database.write() as db:
        campaign = db.get_one(Campaign, 1)
        mai = db.scalars(select(Account).where(Account.email == "mai@example.com")).one()
        life.schedule(db, campaign, mai, utc_now() + timedelta(hours=1), utc_now())
        life.start_due(db, utc_now() + timedelta(hours=4))
        campaign.send_at = utc_now() - timedelta(hours=3)
        office = {"zone": "Asia/Ho_Chi_Minh", "chosen_at": "2026-03-08T00:00:00+00:00", "each": False}
        campaign.timing = {"wall": "2026-03-09T09:00", "late": "next_day"} | office
    page = desk("mai").get("/campaigns/1/send").text
    assert 'value="2026-03-09"' not in page, "an hour that is past would be refused"
    notice = page.partition('class="notice notice-warning"')[2].partition("</section>")[0]
    for way in ("/campaigns/1/start", "#later", "/campaigns/1/cancel"):
        assert way in notice


def test_the_test_on_its_page_and_a_choice(desk: Desk, database: Database, office: Office) -> None:
    with database.write() as db:
        sender = db.get_one(Campaign, 1).message.sender
        for number in range(2, 12):
            make_contact(db, sender, number, utc_now())
    begin(desk, database, SendingTerms(trial=TrialTerms(share=50), holdout=40))
    page = desk("mai").get("/campaigns/1/send").text
    assert "Đến lúc đó những người còn lại chờ" in page
    assert "Còn quá ít số liệu" in page
    assert 'hx-get="/campaigns/1/trial"' in page
    assert "thư chờ kết quả đợt thử" in page
    figures = desk("mai").get("/campaigns/1/trial")
    assert "Còn quá ít số liệu" in figures.text
    assert "HX-Refresh" not in figures.headers
    assert "không nhận thư, để so sánh" in page
    assert "choose" not in desk("tam").get("/campaigns/1/send").text
    assert desk("tam").post("/campaigns/1/trial", data={"arm": "b"}).status_code == 403
    assert "Gửi bản B cho tất cả những người còn lại?" in desk("mai").get("/campaigns/1/trial/b").text
    assert desk("mai").get("/campaigns/1/trial/d").status_code == 404, "there is no such version"
    assert desk("mai").post("/campaigns/1/trial", data={"arm": "b"}).status_code == 303
    assert desk("mai").get("/campaigns/1/trial/a").status_code == 303, "it was decided already"
    with database.read() as db:
        assert db.scalars(select(Trial)).one().winner == "b"
    decided = desk("mai").get("/campaigns/1/trial")
    assert (decided.headers["HX-Refresh"], "hx-get" in decided.text) == ("true", False)
    assert "Mai đã chọn bản B" in desk("mai").get("/campaigns/1/send").text
    report = desk("mai").get("/reports/campaigns/1").text
    assert "Các bản trong đợt thử" in report
    with database.write() as db:
        assert trials.go_on(db, utc_now()) == []


def test_before_sending_it_asks(desk: Desk, rows: Rows) -> None:
    assert desk("mai").get("/campaigns/1/start").status_code == 303, "nothing is signed yet"
    sign(desk)
    client = desk("mai")
    assert 'href="/campaigns/1/start"' in client.get("/campaigns/1/send").text
    page = client.get("/campaigns/1/start").text
    assert "Gửi ngay đến 2 người?" in page
    assert "[QC] Tiết kiệm 30% cho bộ ấm trà Bát Tràng" in page
    assert rows.campaign.state == "approved", "asking sends nothing"
    assert desk("tam").get("/campaigns/1/start").status_code == 403
    assert client.post("/campaigns/1/start").status_code == 303
    assert client.get("/campaigns/1/start").headers["Location"] == "/campaigns/1/send"
    cancel = client.get("/campaigns/1/cancel").text
    assert "Thư chưa gửi, sẽ không gửi nữa" in cancel
    assert "<dd>4</dd>" in cancel


def test_what_is_put_off_says_why(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms())
    at = utc_now() + timedelta(hours=2)
    with database.write() as db:
        ids = list(db.scalars(select(Delivery.id).order_by(Delivery.id)))
        reasons = ["rcpt", "limit", "quiet_hours", ""]
        for row_id, reason in zip(ids, reasons, strict=True):
            values = {"state": DeliveryState.DEFERRED, "reason": reason, "next_attempt_at": at}
            db.execute(update(Delivery).where(Delivery.id == row_id).values(**values))
    page = desk("mai").get("/campaigns/1/send").text
    for words in (
        "1 thư: máy chủ bên nhận xin đợi",
        "1 thư chờ vì giới hạn nhịp gửi",
        "1 thư chờ hết giờ yên tĩnh",
        "1 thư chờ đến giờ của người nhận",
    ):
        assert words in page
    assert "/deliveries/campaigns/1?state=deferred" in page


def test_an_unknown_one_says_from_when_it_can_be_sent_again(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms())
    again = 'value="again"'
    for minutes, offered in ((1, False), (30, True)):
        with database.write() as db:
            lost = {"state": DeliveryState.UNKNOWN, "settled_at": utc_now() - timedelta(minutes=minutes)}
            db.execute(update(Delivery).where(Delivery.id == 1).values(**lost))
        page = desk("mai").get("/campaigns/1/send").text
        assert (again in page) is offered
        assert ("Gửi lại được từ" in page) is not offered


def test_failures_with_their_reasons_and_the_button(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms())
    with database.write() as db:
        db.execute(
            update(Delivery)
            .where(Delivery.contact_id == 1)
            .values(state=DeliveryState.EXPIRED, reason="deadline")
        )
    page = desk("mai").get("/campaigns/1/send").text
    assert "Máy chủ không nhận kịp thời hạn" in page
    assert "Thử lại 2 thư này" in page
    assert desk("mai").post("/campaigns/1/retry").status_code == 303
    again = desk("mai").post("/campaigns/1/retry", headers={"Referer": "http://localhost/campaigns/1/send"})
    assert again.status_code in (303, 409)
    with database.read() as db:
        assert DeliveryState.EXPIRED not in set(db.scalars(select(Delivery.state)))


def test_those_added_by_way_of_a_reviewer(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms())
    with database.write() as db:
        make_contact(db, db.get_one(Campaign, 1).message.sender, 7, utc_now())
    page = desk("mai").get("/campaigns/1/send").text
    assert "còn 1 người ngoài danh sách gửi" in page
    assert "phải hỏi người duyệt trước" in page
    assert desk("mai").post("/campaigns/1/added", data={"note": "Khách mới"}).status_code == 303
    prepare(database)
    assert "Đề nghị đang chờ người duyệt" in desk("mai").get("/campaigns/1/send").text
    assert desk("tam").get("/review/2").status_code == 200
    assert desk("tam").post("/review/2/sign", data={"checked": list(QUESTIONS)}).status_code == 303
    page = desk("mai").get("/campaigns/1/send").text
    assert "Người duyệt đã ký cho những người này" in page
    assert desk("mai").post("/campaigns/1/added/2").status_code == 303
    with database.read() as db:
        mailings = db.scalars(select(Mailing).order_by(Mailing.id)).all()
        assert [one.submission_id for one in mailings] == [1, 2]
        assert {one.state for one in mailings} == {MailingState.RUNNING}
        assert {one.state for one in db.scalars(select(Submission))} == {"approved"}
    assert "Trong 2 đợt gửi" in desk("mai").get("/campaigns/1/send").text


def test_a_new_finding_is_said_and_nothing_leaves(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms(added_until=(utc_now() + timedelta(days=9)).date()))
    with database.write() as db:
        made = make_contact(db, db.get_one(Campaign, 1).message.sender, 7, utc_now())
        made.full_name = "GIẢM GIÁ 50% CHỈ HÔM NAY!!! MUA NGAY!!!"
    desk_of = desk("mai")
    assert desk_of.post("/campaigns/1/added").status_code == 303
    prepare(database)
    assert "Kiểm tra thấy điều trước đây không có" in desk_of.get("/campaigns/1/send").text
    with database.read() as db:
        assert len(db.scalars(select(Mailing)).all()) == 1
    # with a note it is the reviewer's: the letters are not read a second time
    assert desk_of.post("/campaigns/1/added", data={"note": "Tên như vậy"}).status_code == 303
    assert "Đề nghị đang chờ người duyệt" in desk_of.get("/campaigns/1/send").text


def test_the_page_shows_how_far_the_preparation_is(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms(added_until=(utc_now() + timedelta(days=9)).date()))
    with database.write() as db:
        make_contact(db, db.get_one(Campaign, 1).message.sender, 7, utc_now())
    mai = desk("mai")
    assert mai.post("/campaigns/1/added").status_code == 303
    assert mai.post("/campaigns/1/added").status_code == 303, "pressed twice, prepared once"
    page = mai.get("/campaigns/1/send").text
    assert "Đang chốt danh sách những người vào sau" in page
    assert 'hx-get="/campaigns/1/added/progress"' in page
    assert 'name="note"' not in page, "nobody asks twice"
    assert "HX-Refresh" not in mai.get("/campaigns/1/added/progress").headers
    assert checking.go_on(database, 1, utc_now, lambda: False)
    assert "Đã soát 0 trên 2 lá thư" in mai.get("/campaigns/1/added/progress").text
    assert 'id="checking"' not in mai.get("/messages/1/sign-off").text, "it is no sign-off"
    with database.read() as db:
        assert len(db.scalars(select(Mailing)).all()) == 1, "nothing left before all letters were read"
    prepare(database)
    assert mai.get("/campaigns/1/added/progress").headers["HX-Refresh"] == "true"
    page = mai.get("/campaigns/1/send").text
    assert 'id="preparing"' not in page
    assert "Trong 2 đợt gửi" in page
    with database.read() as db:
        assert [one.state for one in db.scalars(select(Mailing))] == [MailingState.RUNNING] * 2


def test_what_keeps_it_from_going_out_is_said(desk: Desk, database: Database) -> None:
    begin(desk, database, SendingTerms())
    mai = desk("mai")
    assert mai.post("/campaigns/1/added").status_code == 303
    prepare(database)
    assert "Chưa có ai mới vào nhóm mà được phép gửi" in mai.get("/campaigns/1/send").text
    with database.write() as db:
        make_contact(db, db.get_one(Campaign, 1).message.sender, 7, utc_now())
        segment = db.get_one(Campaign, 1).segment
        assert segment is not None
    mai.post("/campaigns/1/added")
    assert checking.go_on(database, 2, utc_now, lambda: False)
    with database.write() as db:  # the rule is a part of what a reviewer would see
        db.get_one(Segment, segment.id).rule = {"type": "and", "rules": [{"type": "and", "rules": []}]}
    prepare(database, 2)
    assert "đã được sửa trong lúc máy soát" in mai.get("/campaigns/1/send").text
    mai.post("/campaigns/1/added")
    assert mai.post("/campaigns/1/added/stop").status_code == 303
    prepare(database, 3)
    assert "Trong nhóm còn 1 người ngoài danh sách gửi" in mai.get("/campaigns/1/send").text
    # cancelled while it is prepared: the refusal of the end is shown as well
    mai.post("/campaigns/1/added")
    assert checking.go_on(database, 4, utc_now, lambda: False)
    assert mai.post("/campaigns/1/pause").status_code == 303
    prepare(database, 4)
    with database.read() as db:
        check = db.get_one(AudienceCheck, 4)
        assert (check.state, check.refusal["key"]) == (CheckState.REFUSED, "campaigns-cannot-extend")
        assert len(db.scalars(select(Mailing)).all()) == 1
    assert desk("tam").post("/campaigns/1/added/stop").status_code == 403


def prepare(database: Database, check_id: int = 1) -> None:
    """What the worker does."""
    while checking.go_on(database, check_id, utc_now, lambda: False):
        pass


def test_beside_a_large_mailing_those_added_are_counted_after_the_page(
    desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By itself where there is JavaScript, by a link where there is none."""
    begin(desk, database, SendingTerms())
    with database.write() as db:
        campaign = db.get_one(Campaign, 1)
        make_contact(db, campaign.message.sender, 7_000, utc_now())
    client = desk("mai")
    counted = "Trong nhóm còn 1 người ngoài danh sách gửi"
    assert counted in client.get("/campaigns/1/send").text
    monkeypatch.setattr(progress, "LARGE", 0)
    page = client.get("/campaigns/1/send").text
    assert counted not in page
    assert 'hx-get="/campaigns/1/added"' in page
    assert "/campaigns/1/send?count=1#added" in page
    section = client.get("/campaigns/1/added").text
    assert counted in section
    assert "hx-get" not in section
    assert counted in client.get("/campaigns/1/send?count=1").text
    assert desk("tam").get("/campaigns/1/added").status_code == 403
