"""The builder's newer parts, without JavaScript: undo, files, tiers, cycles, and the kept exam."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from campaign.db import Database
from campaign.models import Role, Segment, SegmentExam
from campaign.segments import house_tiers, parse
from campaign.segments.house_tiers import By, Scheme
from campaign.segments.rule import And, Engagement, OrderDay
from campaign.web.segments import draft, draft_undo
from tests.factories import make_contact, make_order, make_segment, make_sender
from tests.web.conftest import SignedIn
from tests.web.test_segments import form_of as multi_form_of

VIP = {"type": "tag", "tag": "vip"}


def form_of(page: str) -> dict[str, str]:
    return multi_form_of(page).to_dict()


def test_the_last_change_is_taken_back_and_done_again(signed_in: SignedIn) -> None:
    browser = signed_in(Role.MARKETER)
    page = browser.get("/segments/new").text
    assert 'value="undo"' not in page
    # Enter in a field presses the first button: it counts, and keeps nothing
    first = BeautifulSoup(page, "html.parser").select_one("#editor button[type=submit]")
    assert first["formaction"] == "/segments/draft"
    form = form_of(page)
    form["r.0-value"] = "Huế"
    form = form_of(browser.post("/segments/draft", data={**form, "do": "count"}).text)
    form = form_of(browser.post("/segments/draft", data={**form, "do": "remove:r.0"}).text)
    assert form["r-children"] == "0"
    form = form_of(browser.post("/segments/draft", data={**form, "do": "undo"}).text)
    assert (form["r-children"], form["r.0-value"]) == ("1", "Huế")
    form = form_of(browser.post("/segments/draft", data={**form, "do": "undo"}).text)
    assert form["r-children"] == "0"
    for nonsense in ("", "[]", "{", '{"g": 1}', '{"g": [{"w": 1}]}', "[" * 100_000, "x" * 300_000):
        answer = browser.post("/segments/draft", data={**form, "before": nonsense, "do": "undo"})
        assert answer.status_code == 200
    assert draft_undo.back({"before": draft_undo.dump(draft.blank())}) == draft.blank()


def test_periods_are_asked_by_what_was_chosen(database: Database, signed_in: SignedIn) -> None:
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text)
    form["r.0-what"] = "mail:no_reply"
    form = form_of(browser.post("/segments/draft", data=form).text)
    assert form["r.0-days"] == ""
    form["r.0-when"] = "between"
    form = form_of(browser.post("/segments/draft", data={**form, "do": "add:r"}).text)
    form |= {"r.0-older": "30", "r.0-days": "90", "r.1-what": "order_day:last"}
    form = form_of(browser.post("/segments/draft", data=form).text)
    form["r.1-when"] = "dates"
    form = form_of(browser.post("/segments/draft", data=form).text)
    form |= {"r.1-since": "31/12/2025", "r.1-until": "hôm qua"}
    assert browser.post("/segments/new", data={**form, "name": "Im lặng"}).status_code == 422
    form["r.1-until"] = "1/2/2026"
    assert browser.post("/segments/new", data={**form, "name": "Im lặng"}).status_code == 303
    with database.read() as db:
        rule = parse(db.scalars(select(Segment)).one().rule)
    assert isinstance(rule, And)
    mail, day = rule.rules
    assert isinstance(mail, Engagement)
    assert (mail.act, mail.days, mail.older_than) == ("no_reply", 90, 30)
    assert isinstance(day, OrderDay)
    assert (str(day.since), str(day.until)) == ("2025-12-31", "2026-02-01")


@pytest.mark.parametrize("what", ["orders:evil", "mail:", "house_tier:x", "dated:sql", "x:y", "order_day:"])
def test_a_condition_that_there_is_not_is_none(signed_in: SignedIn, what: str) -> None:
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text) | {"r.0-what": what, "r.0-was": what}
    assert browser.post("/segments/draft", data=form).status_code == 200


def test_a_segment_that_asks_itself_is_told_on_the_page(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        first = make_segment(db, name="Một", rule=VIP)
        second = make_segment(db, name="Hai", rule={"type": "segment", "segment_id": first.id})
        first_id, second_id = first.id, second.id
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get(f"/segments/{first_id}/edit").text)
    form |= {"r.0-what": "segment", "r.0-was": "segment", "r.0-value": str(second_id)}
    page = browser.post("/segments/draft", data=form)
    assert "Nhóm không thể tự hỏi chính mình: “Một” → “Hai” → “Một”" in page.text
    assert browser.post(f"/segments/{first_id}/edit", data=form).status_code == 422
    assert "“Hai”" in browser.post(f"/segments/{first_id}/remove").text
    with database.read() as db:
        assert db.get(Segment, first_id) is not None


def test_a_file_goes_out_and_comes_in(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        make_sender(db)
        make_contact(db, tags=["vip"], full_name="Lan Quý")
        number = make_segment(db, name="Khách quý Đà Nẵng", rule=VIP).id
    browser = signed_in(Role.MARKETER)
    answer = browser.get(f"/segments/{number}/segment.json")
    assert "khach-quy-da-nang.json" in answer.headers["Content-Disposition"]
    assert json.loads(answer.text)["rule"] == VIP
    file = {"file": (io.BytesIO(answer.data), "a.json")}
    page = browser.post("/segments/import", data=file, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "Lan Quý" in page.text
    shown = BeautifulSoup(page.text, "html.parser").select_one("form[action$='/segments/begin']")
    brought = {one["name"]: one["value"] for one in shown.select("input[name]")}
    form = form_of(browser.post("/segments/begin", data=brought).text)
    assert form["r.0-value"] == "vip"
    assert form["name"] == "Khách quý Đà Nẵng"
    with database.read() as db:
        assert len(db.scalars(select(Segment)).all()) == 1  # a look keeps nothing
    bad = answer.text.replace('"tag": "vip"', '"tag": ["vip"]').encode()
    for data, words in ((bad, "rule.tag"), (b"", "Hãy chọn một tệp")):
        file = {"file": (io.BytesIO(data), "a.json")}
        page = browser.post("/segments/import", data=file, content_type="multipart/form-data")
        assert page.status_code == 422
        assert words in page.text


def test_tiers_are_looked_at_before_they_are_kept(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        for amount in (9_000_000, 50_000):
            make_order(db, make_contact(db), amount=amount, ordered_on=datetime.now(UTC).date())
    browser = signed_in(Role.MARKETER)
    typed = {"metals-by": "sales", "pyramid-by": "share_of_customers"}
    typed |= {"metals-0": "5.000.000", "metals-1": "1000000", "metals-2": "50000"}
    typed |= {"pyramid-0": "1%", "pyramid-1": "50", "pyramid-2": "99"}
    page = BeautifulSoup(browser.post("/segments/tiers", data=typed | {"do": "preview"}).text, "html.parser")
    people = [cell.get_text() for cell in page.select("tbody tr td:nth-of-type(1)")]
    assert people == ["1", "0", "1", "0", "1", "0", "1", "0"]
    with database.read() as db:
        assert house_tiers.read(db) == house_tiers.DEFAULTS
    wrong = browser.post("/segments/tiers", data=typed | {"metals-1": "6000000"})
    assert wrong.status_code == 422
    assert "giảm dần" in wrong.text
    assert browser.post("/segments/tiers", data=typed | {"metals-0": "x"}).status_code == 422
    assert browser.post("/segments/tiers", data=typed).status_code == 303
    with database.read() as db:
        kept = house_tiers.read(db)
    assert (kept[Scheme.METALS].by, kept[Scheme.METALS].ends) == (By.SALES, (5_000_000, 1_000_000, 50_000))
    assert "5000000" in browser.get("/segments/tiers").text
    assert signed_in(Role.CARE).post("/segments/tiers", data=typed).status_code == 403


def test_an_exam_is_kept_until_it_is_asked_anew_or_the_question_changes(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as db:
        sender = make_sender(db).id
        base = make_segment(db, rule=VIP).id
        number = make_segment(db, rule={"type": "segment", "segment_id": base}).id
    browser = signed_in(Role.MARKETER)
    long_ago = datetime(2026, 1, 2, tzinfo=UTC)

    def examined() -> datetime:
        assert browser.get(f"/segments/{number}/exam").status_code == 200
        with database.read() as db:
            return db.get_one(SegmentExam, (number, sender, "marketing")).at

    def age() -> None:
        with database.write() as db:
            db.execute(update(SegmentExam).values(at=long_ago))

    examined()
    age()
    assert examined() == long_ago
    assert browser.post(f"/segments/{number}/exam/again", data={"sender_id": sender}).status_code == 303
    assert examined() > long_ago
    age()
    with database.write() as db:  # what it asks is another question now
        db.get_one(Segment, base).rule = {"type": "tag", "tag": "khác"}
    assert examined() > long_ago
