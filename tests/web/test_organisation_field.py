"""The organisation of a person is typed and looked up; no page carries the list of all of them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.db import Database
from campaign.models import Contact, Role
from campaign.web.contacts.organisation import SHOWN
from tests.factories import make_contact, make_organisation
from tests.web.conftest import SignedIn

NAME = "Khách sạn Sông Hương"
FOUND = re.compile(r'type="radio" name="organisation_id" value="(\d+)"')


@pytest.fixture
def care(signed_in: SignedIn, database: Database) -> FlaskClient:
    with database.write() as db:
        make_organisation(db, full_name=NAME, code="KS1")
        make_organisation(db, full_name="Khách sạn Sông Hồng", code="KS2")
        make_contact(db, full_name="Khách Sông Hương")
    return signed_in(Role.CARE)


def id_of(database: Database, code: str) -> int:
    with database.read() as db:
        return db.scalars(select(Contact.id).where(Contact.code == code)).one()


def house_of(database: Database, name: str) -> str:
    with database.read() as db:
        contact = db.scalars(select(Contact).where(Contact.full_name == name)).one()
        return contact.organisation.full_name if contact.organisation else ""


def add(care: FlaskClient, **typed: object) -> object:
    return care.post("/contacts/new", data={"full_name": "Vũ Lan", "email": "lan@example.com"} | typed)


@pytest.mark.parametrize("typed", [NAME, "khach san song huong", "KS1", "  Khách sạn Sông Hương "])
def test_a_whole_name_or_code_is_enough(care: FlaskClient, database: Database, typed: str) -> None:
    assert add(care, organisation=typed).status_code == 303  # type: ignore[attr-defined]
    assert house_of(database, "Vũ Lan") == NAME


def test_part_of_a_name_is_asked_about_and_then_chosen(care: FlaskClient, database: Database) -> None:
    asked = add(care, organisation="khách sạn")
    assert asked.status_code == 422  # type: ignore[attr-defined]
    page = asked.text  # type: ignore[attr-defined]
    assert "chưa chỉ rõ một tổ chức" in page
    assert 'value="Vũ Lan"' in page  # nothing that was typed is lost
    houses = [id_of(database, code) for code in ("KS1", "KS2")]
    assert sorted(int(one) for one in FOUND.findall(page)) == sorted(houses)
    form = {"organisation": "khách sạn", "organisation_for": "khách sạn"}
    assert add(care, **form).status_code == 422  # type: ignore[attr-defined]
    assert add(care, **form, organisation_id=houses[1]).status_code == 303  # type: ignore[attr-defined]
    assert house_of(database, "Vũ Lan") == "Khách sạn Sông Hồng"


def test_a_choice_made_for_another_text_does_not_count(care: FlaskClient, database: Database) -> None:
    first = id_of(database, "KS1")
    add(care, organisation="Khách sạn Sông Hồng", organisation_for="khách sạn", organisation_id=first)
    assert house_of(database, "Vũ Lan") == "Khách sạn Sông Hồng"


def test_nobody_of_that_name_and_no_person_either(care: FlaskClient, database: Database) -> None:
    for typed in ("Trà Ô Long", "Khách Sông Hương", "x" * 1000):
        refused = add(care, organisation=typed)
        assert refused.status_code == 422  # type: ignore[attr-defined]
    person = id_of_name(database, "Khách Sông Hương")
    assert add(care, organisation_id=person).status_code == 422  # type: ignore[attr-defined]
    with database.read() as db:
        assert db.scalar(select(Contact).where(Contact.full_name == "Vũ Lan")) is None


def id_of_name(database: Database, name: str) -> int:
    with database.read() as db:
        return db.scalars(select(Contact.id).where(Contact.full_name == name)).one()


def test_it_stays_changes_and_goes(care: FlaskClient, database: Database) -> None:
    add(care, organisation=NAME)
    lan = id_of_name(database, "Vũ Lan")
    path = f"/contacts/{lan}/edit"
    page = care.get(path).text
    assert f'value="{NAME}"' in page
    assert "Khách sạn Sông Hồng" not in page  # the others are not in the page
    # a namesake came since: what stands there is still the same one
    with database.write() as db:
        make_organisation(db, full_name=NAME, code="KS3")
    kept = {"organisation": NAME, "organisation_for": NAME, "organisation_id": id_of(database, "KS1")}
    assert care.post(path, data={"full_name": "Vũ Lan", **kept}).status_code == 303
    with database.read() as db:
        assert db.get_one(Contact, lan).organisation_id == id_of(database, "KS1")
    assert care.post(path, data={"full_name": "Vũ Lan", "organisation": NAME}).status_code == 422
    assert care.post(path, data={"full_name": "Vũ Lan", **kept | {"organisation": ""}}).status_code == 303
    assert house_of(database, "Vũ Lan") == ""


def test_while_typing_a_bounded_list_comes(care: FlaskClient, database: Database) -> None:
    with database.write() as db:
        for number in range(SHOWN + 3):
            make_organisation(db, full_name=f"Trà Mộc {number}")
    answer = care.get("/contacts/organisations", query_string={"organisation": "tra moc"})
    assert len(FOUND.findall(answer.text)) == SHOWN
    assert "<html" not in answer.text
    assert 'name="organisation_for" value="tra moc"' in answer.text
    assert "chưa có tổ chức" in care.get("/contacts/organisations?organisation=xyz").text
    assert not FOUND.findall(care.get("/contacts/organisations").text)


def test_it_is_filled_in_from_the_organisations_page(care: FlaskClient, database: Database) -> None:
    page = care.get(f"/contacts/new?organisation_id={id_of(database, 'KS1')}").text
    assert f'value="{NAME}"' in page
    assert care.get("/contacts/new?organisation_id=999").status_code == 200
