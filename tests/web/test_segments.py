"""The editor of segments, by plain submit buttons as without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from campaign.db import Database
from campaign.models import Campaign, Role, Segment
from campaign.segments.rule import EVERYBODY, And, Or, Rule, parse
from campaign.web.segments import draft
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_message,
    make_order,
    make_segment,
    make_sender,
)
from tests.segments.rules import rules
from tests.web.conftest import SignedIn


def form_of(page: str) -> MultiDict[str, str]:
    """What a browser would send of the editor."""
    form = BeautifulSoup(page, "html.parser").find("form", id="editor")
    assert form is not None
    found: MultiDict[str, str] = MultiDict()
    for control in form.find_all(["input", "select"]):
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            found.add(control["name"], chosen["value"] if chosen else "")
        elif control.get("type") != "checkbox" or control.has_attr("checked"):
            found.add(control["name"], control.get("value", ""))
    return found


def test_a_segment_is_built_with_buttons_alone(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        sender = make_sender(db)
        lan = make_contact(db, province="Huế", full_name="Lan Huế", tags=["vip"])
        make_consent(db, lan, sender)
        make_contact(db, province="Hà Nội")
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text)
    form["r.0-value"] = "Huế"
    page = browser.post("/segments/draft", data={**form, "do": "add:r"})
    assert page.status_code == 200
    assert "Lan Huế" not in page.text  # the second condition is not complete yet
    form = form_of(page.text)
    assert form["r.0-value"] == "Huế"
    form["r.1-what"] = "tag"
    form = form_of(browser.post("/segments/draft", data=form).text)
    form["r.1-value"] = "vip"
    page = browser.post("/segments/draft", data={**form, "do": "count"}).text
    assert "Lan Huế" in page
    assert "Khách hàng có tỉnh, thành phố là “Huế” và mang thẻ “vip”." in page
    assert browser.post("/segments/new", data=form).status_code == 422  # a name is missing
    done = browser.post("/segments/new", data={**form, "name": "Huế thân"})
    assert done.status_code == 303
    shown = BeautifulSoup(browser.get(done.location).text, "html.parser")
    assert shown.find(class_="reach-number").strong.text == "1"
    again = browser.get(done.location + "/edit").text
    assert form_of(again)["r.1-value"] == "vip"


def test_groups_are_added_and_removed(signed_in: SignedIn) -> None:
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text)
    form["r.0-value"] = "Huế"
    for action in ("group:r", "organisation:r", "add:r.1"):
        form = form_of(browser.post("/segments/draft", data={**form, "do": action}).text)
    assert (form["r-children"], form["r.1-children"], form["r.2-organisation"]) == ("3", "2", "1")
    form = form_of(browser.post("/segments/draft", data={**form, "do": "remove:r.1"}).text)
    assert (form["r-children"], form["r.1-organisation"]) == ("2", "1")
    for nonsense in ("remove:r.9.9", "add:x", "group:r.0", "", "explode:r", "remove:r"):
        assert browser.post("/segments/draft", data={**form, "do": nonsense}).status_code == 200


def test_an_unfinished_segment_is_not_kept_and_says_where(database: Database, signed_in: SignedIn) -> None:
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text)
    answer = browser.post("/segments/new", data={**form, "name": "Thiếu"})
    assert answer.status_code == 422
    assert "Chưa lưu được: còn 1 điều kiện chưa điền xong." in answer.text
    assert "condition-wrong" in answer.text
    with database.read() as db:
        assert db.scalars(select(Segment)).all() == []


@given(rule=rules())
def test_every_rule_goes_through_the_form_and_back(rule: Rule) -> None:
    """Up to what means the same: doubled negations and groups of one stay, `;` in a value divides it."""
    if ";" in str(rule):
        return
    node = draft.of_rule(rule)
    again = draft.of_rule(draft.to_rule(draft.read(_form(node))))
    assert draft.to_rule(again) == draft.to_rule(node)


def test_the_root_of_the_editor_is_a_group() -> None:
    leaf = parse({"type": "tag", "tag": "x"})
    assert draft.to_rule(draft.of_rule(leaf)) == And((leaf,))
    assert draft.to_rule(draft.of_rule(EVERYBODY)) == EVERYBODY
    assert draft.to_rule(draft.of_rule(Or((leaf,)))) == Or((leaf,))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_condition_has_its_fields(
    database: Database, signed_in: SignedIn, language: str
) -> None:
    leaves: list[dict[str, Any]] = [
        {"type": "attribute", "field": "kind", "op": "is", "values": ["person"]},
        {"type": "attribute", "field": "birth_year", "op": "at_least", "values": [1990]},
        {"type": "attribute", "field": "province", "op": "filled", "values": []},
        {"type": "tag", "tag": "vip"},
        {"type": "birthday", "days": 7},
        {"type": "orders", "measure": "sum", "op": "at_least", "value": 1_000_000, "days": 90},
        {"type": "reachable", "channel": "letter", "purpose": "greeting", "sender_id": 1},
        {"type": "rfm", "r": [4, 5], "f": [1, 5], "m": [2, 2], "currency": "USD"},
        {"type": "rfm_group", "group": "at_risk"},
        {"type": "tier", "tier": "a"},
        {"type": "stage", "stage": "lapsing"},
        {"type": "contact_person_of", "rule": {"type": "tag", "tag": "vip"}},
        {"type": "not", "rule": {"type": "custom", "key": "hoa", "op": "is", "values": ["sen"]}},
    ]
    with database.write() as db:
        make_sender(db)
        segment_id = make_segment(db, rule={"type": "or", "rules": leaves}).id
    browser = signed_in(Role.MARKETER, language=language)
    for path in ("/segments", f"/segments/{segment_id}", f"/segments/{segment_id}/remove"):
        assert browser.get(path).status_code == 200
    page = browser.get(f"/segments/{segment_id}/edit")
    form = form_of(page.text)
    assert form["r.5-value"] == "1000000"
    saved = browser.post(f"/segments/{segment_id}/edit", data=form)
    assert saved.status_code == 303, saved.text
    with database.read() as db:
        kept = parse(db.get_one(Segment, segment_id).rule)
    assert draft.to_rule(draft.of_rule(kept)) == draft.to_rule(
        draft.of_rule(parse({"type": "or", "rules": leaves}))
    )


def test_a_segment_in_use_stays_and_roles_hold(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        segment = make_segment(db)
        author, message = make_account(db), make_message(db)
        used = make_segment(db)
        db.add(
            Campaign(
                name="Trà mới", segment_id=used.id, message_id=message.id, account_id=author.id,
                created_at=message.created_at, updated_at=message.created_at,
            )
        )  # fmt: skip
        free_id, used_id = segment.id, used.id
    marketer, care = signed_in(Role.MARKETER), signed_in(Role.CARE)
    assert care.get(f"/segments/{free_id}").status_code == 200
    assert care.get(f"/segments/{free_id}/edit").status_code == 403
    assert care.post(f"/segments/{free_id}/remove").status_code == 403
    assert marketer.post(f"/segments/{used_id}/remove").status_code == 409
    assert marketer.post(f"/segments/{free_id}/remove").status_code == 303
    with database.read() as db:
        assert [one.id for one in db.scalars(select(Segment))] == [used_id]


def _form(node: draft.Node, path: str = draft.ROOT) -> dict[str, str]:
    """The names and texts under which the page writes a node."""
    form = {f"{path}-negated": "1" if node.negated else ""}
    if not node.group:
        return (
            form | {f"{path}-what": node.what} | {f"{path}-{part}": text for part, text in node.given.items()}
        )
    form |= {f"{path}-group": "1", f"{path}-children": str(len(node.children)), f"{path}-join": node.join}
    form[f"{path}-organisation"] = "1" if node.organisation else ""
    for place, child in enumerate(node.children):
        form |= _form(child, f"{path}.{place}")
    return form


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_value(database: Database, signed_in: SignedIn, language: str) -> None:
    browser = signed_in(Role.MARKETER, language=language)
    assert 'class="empty"' in browser.get("/segments/value").text
    with database.write() as db:
        make_sender(db)
        lan = make_contact(db)
        make_order(db, lan, amount=260_000)
        make_order(db, make_contact(db), amount=40_000)
        make_order(db, lan, amount=500, currency="USD")
    page = BeautifulSoup(browser.get("/segments/value").text, "html.parser")
    cell = page.select_one(".rfm a")
    assert cell is not None
    assert cell.strong is not None
    assert cell.strong.text == "2"
    assert page.find("svg", class_="chart-pareto") is not None
    # a cell, a group and a tier open the editor with their rule
    for link in [cell, *page.select(".value-table a")]:
        opened = browser.get(str(link["href"]))
        assert opened.status_code == 200
        assert 'class="reach-number"' in opened.text
    dollars = BeautifulSoup(browser.get("/segments/value?currency=USD").text, "html.parser")
    assert [one.text for one in dollars.select(".rfm strong")] == ["1"]
    past = browser.get("/segments/value?day=01/01/2020")
    assert 'class="empty"' in past.text
    wrong = browser.get("/segments/value?day=soon")
    assert wrong.status_code == 200
    assert "field-error" in wrong.text


def test_who_may_not_make_segments_sees_the_value_without_links(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as db:
        make_order(db, make_contact(db))
    page = BeautifulSoup(signed_in(Role.CARE).get("/segments/value").text, "html.parser")
    assert page.select(".rfm strong")
    assert not page.select(".rfm a, .value-table a")
    assert signed_in(Role.REVIEWER).get("/segments/value").status_code == 403


@pytest.mark.parametrize("rule", ["", "x", "{}", "[" * 100_000, '{"type":"sql"}'])
def test_an_address_with_a_wrong_rule_opens_nothing(signed_in: SignedIn, rule: str) -> None:
    status = signed_in(Role.MARKETER).get("/segments/new", query_string={"rule": rule}).status_code
    assert status == (404 if rule else 200)
