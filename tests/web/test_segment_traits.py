"""The builder asks about traits: by lists of what the profiles hold, and by numbers."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sqlalchemy import select

from campaign.contacts.traits import TRAITS
from campaign.db import Database
from campaign.models import Role, Segment
from campaign.segments import parse
from campaign.segments.rule import And, Attribute, Dated, Op
from tests.factories import make_contact
from tests.web.conftest import SignedIn
from tests.web.test_segment_builder import form_of


def test_every_trait_is_in_the_list_once(signed_in: SignedIn) -> None:
    page = BeautifulSoup(signed_in(Role.MARKETER).get("/segments/new").text, "html.parser")
    offered = [one["value"] for one in page.select("select[name='r.0-what'] option")]
    assert len(offered) == len(set(offered))
    assert {f"attribute:trait_{name}" for name in TRAITS} | {"dated:left", "dated:asked"} <= set(offered)


def test_a_trait_is_chosen_from_what_the_profiles_hold(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        make_contact(db, full_name="Lan", traits={"education": "đại học", "household_size": "4"})
        make_contact(db, full_name="Hoa", traits={"education": "<b>'\""})
        make_contact(db, full_name="Mai")
    browser = signed_in(Role.MARKETER)
    form = form_of(browser.get("/segments/new").text)
    form["r.0-what"] = "attribute:trait_education"
    text = browser.post("/segments/draft", data={**form, "do": "add:r"}).text
    page, form = BeautifulSoup(text, "html.parser"), form_of(text)
    assert {one["value"] for one in page.select("datalist[id='r.0-list'] option")} == {"đại học", "<b>'\""}
    form |= {"r.0-value": "đại học", "r.1-what": "attribute:trait_household_size"}
    form = form_of(browser.post("/segments/draft", data={**form, "do": "add:r"}).text)
    form |= {"r.1-op": "at_least", "r.1-value": "bốn", "r.2-what": "dated:left"}
    form = form_of(browser.post("/segments/draft", data={**form}).text)
    form |= {"r.2-days": "90", "r.2-negated": "1"}
    assert browser.post("/segments/new", data={**form, "name": "Nhà đông"}).status_code == 422
    form["r.1-value"] = "4"
    assert browser.post("/segments/new", data={**form, "name": "Nhà đông"}).status_code == 303
    with database.read() as db:
        segment = db.scalars(select(Segment)).one()
    rule = parse(segment.rule)
    assert isinstance(rule, And)
    assert rule.rules[:2] == (
        Attribute("trait_education", Op.IS, ("đại học",)),
        Attribute("trait_household_size", Op.AT_LEAST, (4,)),
    )
    assert isinstance(rule.rules[2].rule, Dated)
    shown = browser.get(f"/segments/{segment.id}").text
    assert "Lan" in shown
    assert "Mai" not in shown
    again = form_of(browser.get(f"/segments/{segment.id}/edit").text)
    assert (again["r.1-op"], again["r.1-value"]) == ("at_least", "4")
