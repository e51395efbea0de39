"""The pages of contacts, as the three roles meet them."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.contacts import profile
from campaign.contacts.csv_import import running
from campaign.contacts.suppression import find, suppress
from campaign.db import Database
from campaign.models import Channel, Consent, Contact, ContactImport, Hold, Role, SuppressionReason
from campaign.storage import FileStore
from tests.conftest import NOW
from tests.factories import make_consent, make_contact, make_order, make_organisation, make_sender
from tests.web.conftest import SignedIn

FILE = "Họ tên;E-mail;Ngày sinh\nNguyễn Thị Ễn;en@example.com;15/8/1970\nHoa;hỏng;\n"


def one(database: Database) -> int:
    """A customer with something of everything; the id."""
    with database.write() as db:
        sender = make_sender(db)
        house = make_organisation(db)
        contact = make_contact(
            db, full_name="Đỗ Thị Ễn", tags=["vip"], organisation_id=house.id, position="Kế toán",
            birth_day=15, birth_month=8, birth_calendar="lunar", note="Thích trà sen",
        )  # fmt: skip
        make_consent(db, contact, sender)
        make_order(db, contact)
        db.add(Hold(contact_id=contact.id, reason="pause", starts_at=utc_now() - timedelta(days=1)))
        return contact.id


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_in_both_languages(database: Database, signed_in: SignedIn, language: str) -> None:
    contact_id = one(database)
    browser = signed_in(*Role, language=language)
    for path in (
        "/contacts", "/contacts?q=do+thi&kind=person&tag=vip&province=X", "/contacts/new",
        "/contacts/new?kind=organisation", f"/contacts/{contact_id}", f"/contacts/{contact_id - 1}",
        f"/contacts/{contact_id}/edit", f"/contacts/{contact_id}/history",
        f"/contacts/{contact_id}/consents/new", f"/contacts/{contact_id}/consents/new?action=withdrawn",
        "/contacts/fields", "/contacts/imports", "/contacts/imports/new",
    ):  # fmt: skip
        assert browser.get(path).status_code == 200, path
    assert browser.get("/contacts/999999").status_code == 404


def test_an_empty_house_says_what_to_do_first(signed_in: SignedIn) -> None:
    page = signed_in(Role.MARKETER).get("/contacts").text
    assert "Chưa có khách hàng nào" in page
    assert "/contacts/imports/new" in page


def test_search_finds_with_and_without_marks_by_code_phone_and_email(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as db:
        make_contact(db, full_name="Đỗ Thị Ễn", code="ERP-77", phone="0901 234 567", email="en@example.com")
        make_contact(db, full_name="Trần Văn Sơn", phone="", email="")
    browser = signed_in(Role.CARE)
    for asked in ("Đỗ thị ễn", "do thi en", "erp-7", "0901234", "234 567", "EN@example"):
        page = browser.get("/contacts", query_string={"q": asked}).text
        assert "Đỗ Thị Ễn" in page, asked
        assert "Trần Văn Sơn" not in page, asked
    for nothing in ("%", "_", "' OR 1=1"):
        assert "Không tìm thấy ai" in browser.get("/contacts", query_string={"q": nothing}).text


def test_roles_see_and_change_what_is_theirs(database: Database, signed_in: SignedIn) -> None:
    contact_id = one(database)
    marketer, care, reviewer = signed_in(Role.MARKETER), signed_in(Role.CARE), signed_in(Role.REVIEWER)
    assert reviewer.get("/contacts").status_code == 403
    assert marketer.get(f"/contacts/{contact_id}").status_code == 200
    assert marketer.get(f"/contacts/{contact_id}/edit").status_code == 403
    assert marketer.post(f"/contacts/{contact_id}/holds", data={"reason": "pause"}).status_code == 403
    assert care.get("/contacts/imports/new").status_code == 403
    assert f"/contacts/{contact_id}/edit" not in marketer.get(f"/contacts/{contact_id}").text


def test_care_adds_and_changes_a_profile(database: Database, signed_in: SignedIn) -> None:
    care = signed_in(Role.CARE)
    done = care.post(
        "/contacts/new", data={"full_name": "Lê Thị Sen", "email": "sen@example.com", "tags": "a, b"}
    )
    assert done.status_code == 303
    page = care.get(done.location).text
    assert "Lê Thị Sen" in page
    refused = care.post(done.location + "/edit", data={"full_name": "Lê Thị Sen", "email": "hỏng"})
    assert refused.status_code == 422
    assert "không phải là địa chỉ e-mail" in refused.text
    assert 'value="hỏng"' in refused.text
    care.post(done.location + "/edit", data={"full_name": "Lê Thị Sen", "phone": "0901 234 567"})
    with database.read() as db:
        contact = db.scalars(select(Contact)).one()
        assert (contact.phone, contact.email, contact.tags) == ("0901 234 567", "sen@example.com", ["a", "b"])
        assert profile.history(db, contact)[0].field == "phone"


def test_consent_is_recorded_and_withdrawn(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        sender_id, contact_id = make_sender(db).id, make_contact(db).id
    care = signed_in(Role.CARE)
    path = f"/contacts/{contact_id}/consents/new"
    given = {"sender_id": sender_id, "channel": "email", "purpose": "marketing", "date": "2026-01-02"}
    assert care.post(path, data=given).status_code == 422  # without the wording
    assert care.post(path, data=given | {"wording": "x", "date": "2999-01-01"}).status_code == 422
    assert care.post(path, data=given | {"wording": "Tôi đồng ý", "method": "paper"}).status_code == 303
    page = care.get(f"/contacts/{contact_id}").text
    assert "Tôi đồng ý" in page
    assert care.post(path, data=given | {"action": "withdrawn"}).status_code == 303
    with database.read() as db:
        assert [entry.action for entry in db.scalars(select(Consent).order_by(Consent.id))] == [
            "granted",
            "withdrawn",
        ]


def test_holds_and_blocked_addresses(database: Database, signed_in: SignedIn) -> None:
    contact_id = one(database)
    care = signed_in(Role.CARE)
    base = f"/contacts/{contact_id}"
    assert "Khách xin tạm nghỉ nhận tin" in care.get(base).text
    with database.read() as db:
        hold_id = db.scalars(select(Hold.id)).one()
    care.post(f"{base}/holds/{hold_id}/lift")
    assert "Khách xin tạm nghỉ nhận tin" not in care.get(base).text
    care.post(f"{base}/holds", data={"reason": "bereavement", "until": "2999-12-31"})
    assert "Gia đình có tang, tạm không viết" in care.get(base).text
    care.post(f"{base}/suppressions", data={"channel": "email"})
    with database.read() as db:
        key = db.get_one(Contact, contact_id).email_key
        assert find(db, Channel.EMAIL, key).reason is SuppressionReason.REQUESTED
    care.post(f"{base}/suppressions/lift", data={"channel": "email", "reason": ""})
    assert "Không bao giờ gửi e-mail" in care.get(base).text
    care.post(f"{base}/suppressions/lift", data={"channel": "email", "reason": "khách gọi lại"})
    assert "Không bao giờ gửi e-mail" not in care.get(base).text
    assert care.post(f"{base}/suppressions", data={"channel": "fax"}).status_code == 404


def test_a_wish_is_taken_where_a_letter_came_back(database: Database, signed_in: SignedIn) -> None:
    contact_id = one(database)
    with database.write() as db:
        key = db.get_one(Contact, contact_id).place_key
        suppress(db, Channel.LETTER, key, SuppressionReason.RETURNED, source="delivery 1", now=NOW)
    care, path = signed_in(Role.CARE), f"/contacts/{contact_id}"
    page = care.get(path).text
    assert "Bưu điện trả thư lại" in page
    assert "Chặn thư bưu điện" in page
    care.post(f"{path}/suppressions", data={"channel": "letter"})
    page = care.get(path).text
    assert "Khách yêu cầu ngày" in page
    assert "Địa chỉ này cũng không còn nhận được thư" in page
    assert "Chặn thư bưu điện" not in page
    assert "Địa chỉ cũng không còn nhận được thư" in care.get("/suppressions").text


def test_a_file_goes_its_way(database: Database, signed_in: SignedIn, tmp_path: Path) -> None:
    with database.write() as db:
        sender_id = make_sender(db).id
    marketer = signed_in(Role.MARKETER)
    mapping = _upload(marketer, FILE.encode())
    page = marketer.get(mapping).text
    assert "Nguyễn Thị Ễn" in page
    columns = {"column-0": "full_name", "column-1": "email", "column-2": "birthday"}
    assert marketer.post(mapping, data={"column-1": "email"}).status_code == 422
    consent = {"consent": "yes", "sender_id": sender_id, "purposes": "marketing", "wording": "Tôi đồng ý"}
    assert marketer.post(mapping, data=columns | consent).status_code == 422  # by whom, and when
    preview = marketer.post(
        mapping, data=columns | consent | {"collected_by": "Hương", "collected_on": "2026-01-05"}
    )
    waiting = marketer.get(preview.location).text
    assert "Đang xem trước kết quả" in waiting
    assert "0 trên 2 dòng" in marketer.get(preview.location + "/live").text
    _work(database, tmp_path)
    assert marketer.get(preview.location + "/live").headers["HX-Refresh"] == "true"
    shown = marketer.get(preview.location).text
    assert "2 dòng: 1 mới" in shown
    assert "nội dung trong tệp thay nội dung cũ" in shown
    assert "15/8/1970" in shown
    assert "không phải là địa chỉ e-mail" in shown
    with database.read() as db:
        assert db.scalars(select(Contact)).all() == []
    result = marketer.post(preview.location + "/finish")
    _work(database, tmp_path)
    assert "2 dòng: 1 mới" in marketer.get(result.location).text
    refused = marketer.post(result.location + "/refused.csv", data={"reason": "to mend"})
    assert refused.data.startswith(b"\xef\xbb\xbf")
    assert "hỏng" in refused.text
    assert marketer.post(preview.location + "/finish").status_code in (303, 409)
    with database.read() as db:
        assert [contact.full_name for contact in db.scalars(select(Contact))] == ["Nguyễn Thị Ễn"]
        assert db.scalars(select(Consent)).one().source.endswith(": Hương")

    asked = marketer.get(result.location + "/undo").text  # nothing happens yet
    assert "Xoá 1 người do tệp đưa vào." in asked
    assert "Rút lại 1 lời đồng ý ghi theo tệp" in asked
    assert "Giữ lại" not in asked
    assert 'action="/contacts/imports/1/undo"' in asked
    marketer.post(result.location + "/undo")
    assert marketer.get(result.location + "/undo").location == result.location  # it is asked once
    _work(database, tmp_path)
    page = marketer.get(result.location).text
    assert "Đã xoá 1 người" in page
    assert "Đã rút lại 1 đồng ý" in page


def test_a_file_in_an_old_encoding_is_read_again(signed_in: SignedIn) -> None:
    marketer = signed_in(Role.MARKETER)
    mapping = _upload(marketer, "Hoï teân,Email\nNguyeãn Vaên An,an@example.com\n".encode("latin-1"))
    assert "Nguyễn Văn An" not in marketer.get(mapping).text
    again = marketer.post(mapping.replace("mapping", "reading"), data={"encoding": "vni"})
    page = marketer.get(again.location).text
    assert "Nguyễn Văn An" in page
    assert "Họ tên" in page
    assert marketer.post(mapping.replace("mapping", "reading"), data={"encoding": "x"}).status_code == 422


def test_a_broken_file_gets_a_sentence_and_leaves_nothing(database: Database, signed_in: SignedIn) -> None:
    marketer = signed_in(Role.MARKETER)
    for content, words in (
        (b'a,b\n"Lan,x\n', "Dấu ngoặc kép"),
        (b"a\0b", "không phải tệp CSV"),
        (b"", "không có dòng nào"),
    ):
        data = {"kind": "contacts", "file": (io.BytesIO(content), "x.csv")}
        answer = marketer.post("/contacts/imports/new", data=data)
        assert answer.status_code == 422
        assert words in answer.text
    with database.read() as db:
        assert db.scalars(select(ContactImport)).all() == []


def test_own_fields_are_added_once(signed_in: SignedIn) -> None:
    marketer = signed_in(Role.MARKETER)
    assert marketer.post("/contacts/fields", data={"label": "Sở thích"}).status_code == 303
    assert "contact.custom.so_thich" in marketer.get("/contacts/fields").text
    assert marketer.post("/contacts/fields", data={"label": "Sở thích"}).status_code == 422


def _work(database: Database, tmp_path: Path) -> None:
    """What a worker would do now."""
    files = FileStore(tmp_path / "state" / "files")
    with database.read() as db:
        (import_id,) = running.waiting(db, utc_now())
    assert running.work(running.Work(database, files, import_id, utc_now))


def _upload(browser: FlaskClient, content: bytes) -> str:
    data = {"kind": "contacts", "file": (io.BytesIO(content), "khách.csv")}
    answer = browser.post("/contacts/imports/new", data=data)
    assert answer.status_code == 303
    return answer.location
