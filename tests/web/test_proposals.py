"""The page of proposals, and what a person's page and the list say of forms of address and old addresses."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.contacts import erasure
from campaign.db import Database
from campaign.models import Contact, ProposalBatch, Role
from tests.factories import make_contact, make_organisation
from tests.web.conftest import SignedIn

OLD = {"province": "Bình Dương", "ward": "Phường Phú Cường", "district": "TP. Thủ Dầu Một"}


def people(database: Database) -> dict[str, int]:
    with database.write() as db:
        unset = {"form_of_address": ""}
        made = {
            "elder": make_contact(db, full_name="Nguyễn Thanh Hà", sex="nữ", birth_year=1950, **unset),
            "other": make_contact(db, full_name="Lê Minh", sex="nữ", birth_year=1951, **unset),
            "title": make_contact(db, full_name="Chị Lan", **unset),
            "unknown": make_contact(db, full_name="Trần Linh", province="Biên Hoà 2", **unset),
            "old": make_contact(db, full_name="Phạm An", **OLD),
            "house": make_organisation(db, full_name="Công ty Mộc", province="Hải Dương"),
        }
        return {name: contact.id for name, contact in made.items()}


def contact(database: Database, id_: int) -> Contact:
    with database.read() as db:
        found = db.get_one(Contact, id_)
        db.expunge(found)
        return found


def group_of(page: str, heading: str) -> dict[str, str]:
    """The hidden fields of the group whose heading begins so."""
    part = page[re.search(rf'<h2 id="group-\d+">{heading}', page).start() :]  # type: ignore[union-attr]
    found = dict(re.findall(r'name="(group|until)" value="([^"]*)"', part)[:2])
    return {name: unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_in_both_languages(database: Database, signed_in: SignedIn, language: str) -> None:
    care = signed_in(Role.CARE, language=language)
    assert care.get("/contacts/proposals").status_code == 200  # with nobody on file
    ids = people(database)
    for path in (
        "/contacts/proposals", "/contacts/proposals?field=province", "/contacts/proposals?field=x",
        "/contacts?address=old", "/contacts?address=unknown", "/contacts?address=new", "/contacts?address=x",
        *(f"/contacts/{id_}" for id_ in ids.values()),
    ):  # fmt: skip
        assert care.get(path).status_code == 200, path


def test_a_group_is_taken_and_undone(database: Database, signed_in: SignedIn) -> None:
    ids = people(database)
    care = signed_in(Role.CARE)
    page = care.get("/contacts/proposals").text
    assert "Hồ sơ ghi nữ, sinh năm" in page
    assert "vì hồ sơ ghi “nữ” và sinh năm 1950" in page
    assert "Trần Linh" not in page  # nothing is known of them
    done = care.post(
        "/contacts/proposals", data=group_of(page, "Bà") | {"answer": "take"}, follow_redirects=True
    )
    assert "Đã ghi Bà cho 2 người." in done.text
    assert [contact(database, ids[name]).form_of_address for name in ("elder", "other", "title")] == [
        "Bà", "Bà", "",
    ]  # fmt: skip
    history = care.get(f"/contacts/{ids['elder']}/history").text
    assert "đề xuất, vì hồ sơ ghi “nữ” và sinh năm 1950" in history
    card = care.get(f"/contacts/{ids['elder']}").text  # on the card and in its time line, too
    assert "đề xuất, vì hồ sơ ghi “nữ” và sinh năm 1950" in card
    with database.read() as db:
        batch = db.scalars(select(ProposalBatch)).one().id
    path = f"/contacts/proposals/{batch}/undo"
    undone = care.post(path, follow_redirects=True).text
    assert "Đã hoàn tác cho 2 người." in undone
    assert contact(database, ids["elder"]).form_of_address == ""
    assert (
        "đã được hoàn tác rồi" in care.post(f"/contacts/proposals/{batch}/undo", follow_redirects=True).text
    )
    assert care.post("/contacts/proposals/99/undo").status_code == 404


def test_a_group_is_refused_and_one_is_taken(database: Database, signed_in: SignedIn) -> None:
    ids = people(database)
    care = signed_in(Role.CARE)
    page = care.get("/contacts/proposals").text
    care.post("/contacts/proposals", data=group_of(page, "Bà") | {"answer": "refuse"})
    left = care.get("/contacts/proposals").text
    assert "Nguyễn Thanh Hà" not in left
    data = {"field": "form_of_address", "value": "Chị", "answer": "take", "back": "list"}
    done = care.post(f"/contacts/{ids['title']}/proposals", data=data)
    assert done.location == "/contacts/proposals?field=form_of_address"
    lan = contact(database, ids["title"])
    assert (lan.form_of_address, lan.full_name) == ("Chị", "Lan")
    # pressed twice: nobody is left, and the page says so
    again = care.post(f"/contacts/{ids['title']}/proposals", data=data, follow_redirects=True).text
    assert "Không còn ai để trả lời" in again
    stale = care.post("/contacts/proposals", data={"group": "x", "until": "y"}, follow_redirects=True)
    assert stale.status_code == 200
    assert "Không còn ai để trả lời" in stale.text


def test_a_persons_page_proposes_and_somebody_sets(database: Database, signed_in: SignedIn) -> None:
    ids = people(database)
    care, marketer = signed_in(Role.CARE), signed_in(Role.MARKETER)
    page = care.get(f"/contacts/{ids['elder']}").text
    assert "Có thể xưng là Bà, vì hồ sơ ghi “nữ” và sinh năm 1950." in page
    assert "thư gọi người này là “Quý khách”" in page
    named = care.get(f"/contacts/{ids['title']}").text
    assert "vì tên ghi là “Chị Lan”; tên trong hồ sơ khi đó là “Lan”" in named
    assert "Hồ sơ chưa nói gì để đề xuất." in care.get(f"/contacts/{ids['unknown']}").text
    path = f"/contacts/{ids['unknown']}/form-of-address"
    assert marketer.post(path, data={"form_of_address": "Cô"}).status_code == 403
    assert f"{path}" not in marketer.get(f"/contacts/{ids['unknown']}").text
    too_long = care.post(path, data={"form_of_address": "x" * 31}, follow_redirects=True).text
    assert "30" in too_long
    care.post(path, data={"form_of_address": " Cô "})
    assert contact(database, ids["unknown"]).form_of_address == "Cô"
    assert "Chưa có xưng hô" not in care.get(f"/contacts/{ids['unknown']}").text


def test_an_old_address_is_flagged_and_renamed_with_one_click(
    database: Database, signed_in: SignedIn
) -> None:
    ids = people(database)
    care = signed_in(Role.CARE)
    page = care.get(f"/contacts/{ids['old']}").text
    assert "Bình Dương nay là Thành phố Hồ Chí Minh." in page
    assert "không còn cấp này" in page
    assert "không đoán phường mới" in page
    listed = care.get("/contacts?address=old").text
    assert "Phạm An" in listed
    assert "Công ty Mộc" in listed
    assert "Trần Linh" not in listed
    assert "địa chỉ cũ: Bình Dương nay là Thành phố Hồ Chí Minh." in listed
    assert "Trần Linh" in care.get("/contacts?address=unknown").text
    assert "“Biên Hoà 2” không phải tên tỉnh, thành nào" in care.get(f"/contacts/{ids['unknown']}").text
    assert "Phạm An" not in care.get("/contacts?address=new").text
    data = {"field": "province", "value": "Thành phố Hồ Chí Minh", "answer": "take"}
    done = care.post(f"/contacts/{ids['old']}/proposals", data=data)
    assert done.location == f"/contacts/{ids['old']}"
    after = contact(database, ids["old"])
    assert (after.province, after.ward, after.district) == (
        "Thành phố Hồ Chí Minh", OLD["ward"], OLD["district"],
    )  # fmt: skip
    page = care.get(f"/contacts/{ids['old']}").text
    assert "Địa chỉ còn ghi quận, huyện" in page  # still of the old kind, and nobody guesses the ward
    assert "Bình Dương nay là Thành phố Hồ Chí Minh." not in page


def test_only_those_who_may_change_profiles_answer(database: Database, signed_in: SignedIn) -> None:
    ids = people(database)
    marketer = signed_in(Role.MARKETER)
    assert marketer.get("/contacts/proposals").status_code == 403
    assert marketer.post("/contacts/proposals").status_code == 403
    assert marketer.post(f"/contacts/{ids['old']}/proposals").status_code == 403
    assert marketer.post("/contacts/proposals/1/undo").status_code == 403
    page = marketer.get(f"/contacts/{ids['old']}").text
    assert "Bình Dương nay là" in page
    assert "Giữ nguyên" not in page
    assert "/contacts/proposals" not in marketer.get("/contacts").text


def test_an_erased_profile_proposes_nothing(database: Database, signed_in: SignedIn) -> None:
    ids = people(database)
    with database.write() as db:
        erasure.empty(db, db.get_one(Contact, ids["old"]), utc_now())
    page = signed_in(Role.CARE).get(f"/contacts/{ids['old']}").text
    assert "Chưa có xưng hô" not in page
    assert "tháng 7/2025" not in page
