"""The page of those never to write to."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.contacts import domains
from campaign.db import Database
from campaign.models import AuditEntry, Role, SuppressedDomain, Suppression
from tests.conftest import NOW
from tests.factories import make_contact
from tests.web.conftest import SignedIn


@pytest.fixture
def care(signed_in: SignedIn) -> FlaskClient:
    return signed_in(Role.CARE)


def add(client: FlaskClient, entry: str, **facts: str) -> object:
    return client.post("/suppressions", data={"entry": entry, "reason": "đối thủ", **facts})


def test_an_empty_list_says_what_to_do(care: FlaskClient) -> None:
    assert "Chưa chặn ai" in care.get("/suppressions").text


def test_an_address_is_added_shown_found_and_lifted(care: FlaskClient, database: Database) -> None:
    add(care, "An@example.com")
    add(care, "binh@example.com")
    assert "an@example.com" in care.get("/suppressions?q=AN@").text
    assert "binh@example.com" not in care.get("/suppressions?q=an@").text
    with database.read() as db:
        entry = db.scalars(select(Suppression).order_by(Suppression.id)).first()
    assert entry is not None
    path = f"/suppressions/address/{entry.id}/lift"
    assert care.get(path).status_code == 200
    assert care.post(path, data={"reason": " "}).status_code == 422
    assert care.post(path, data={"reason": "chặn nhầm"}).status_code == 303
    assert care.post(path, data={"reason": "chặn nhầm"}).status_code == 404
    with database.read() as db:
        lifted = db.scalars(select(AuditEntry).where(AuditEntry.action == "lift_suppression")).one()
        assert lifted.detail["reason"] == "chặn nhầm"


def test_a_domain_with_people_is_asked_about(care: FlaskClient, database: Database) -> None:
    with database.write() as db:
        make_contact(db, email="an@shop.competitor.vn")
    asked = add(care, "competitor.vn")
    assert "1 người" in asked.text  # type: ignore[attr-defined]
    with database.read() as db:
        assert db.scalars(select(SuppressedDomain)).all() == []
    add(care, "competitor.vn", sure="yes")
    add(care, "nobody-there.vn")
    with database.read() as db:
        assert len(db.scalars(select(SuppressedDomain)).all()) == 2
        assert domains.of_address(db, "an@shop.competitor.vn") is not None
    page = care.get("/suppressions").text
    assert "competitor.vn" in page
    assert "đối thủ" in page


def test_a_list_as_a_file_and_what_was_wrong(care: FlaskClient, database: Database) -> None:
    file = (io.BytesIO(b"an@example.com\nxyz\ncompetitor.vn\n"), "list.csv")
    done = care.post("/suppressions/list", data={"file": file, "list_reason": "cũ"})
    assert "Dòng 2: xyz" in done.text
    assert "1 địa chỉ và 1 tên miền" in done.text
    with database.read() as db:
        assert len(db.scalars(select(Suppression)).all()) == 1
    latin = (io.BytesIO("an@example.com é".encode("latin-1")), "list.csv")
    assert care.post("/suppressions/list", data={"file": latin, "list_reason": "x"}).status_code == 422
    assert care.post("/suppressions/list", data={"list_reason": "x"}).status_code == 422


@pytest.mark.parametrize("entry", ["", "xyz", "com.vn", "<script>alert(1)</script>", "a@b@c"])
def test_what_is_neither_is_said(care: FlaskClient, entry: str) -> None:
    refused = add(care, entry)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "<script>alert" not in refused.text  # type: ignore[attr-defined]


def test_who_may_see_and_who_may_change(signed_in: SignedIn) -> None:
    marketer, reviewer = signed_in(Role.MARKETER), signed_in(Role.REVIEWER)
    assert marketer.get("/suppressions").status_code == 200
    assert add(marketer, "an@example.com").status_code == 403  # type: ignore[attr-defined]
    assert reviewer.get("/suppressions").status_code == 403
    assert reviewer.get("/forms").status_code == 403


def test_the_profile_says_that_the_domain_is_closed(care: FlaskClient, database: Database) -> None:
    with database.write() as db:
        contact = make_contact(db, email="an@competitor.vn")
        domains.suppress(db, "competitor.vn", reason="đối thủ", account=None, now=NOW)
    # a sender is needed for rights to be shown
    assert care.get(f"/contacts/{contact.id}").status_code == 200
