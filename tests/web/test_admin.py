"""The administrator's pages, over HTTP."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.db import Database
from campaign.models import Account, Role, Sender
from tests.test_senders import TEA
from tests.web.conftest import SignedIn

SENDER = {name: getattr(TEA, name) for name in TEA.__dataclass_fields__}


def test_a_person_is_added_and_a_bad_form_is_kept(signed_in: SignedIn, database: Database) -> None:
    admin = signed_in(Role.ADMIN)
    data = {"name": "Lê Thu Hà", "email": "ha@example.com", "password": "ngắn", "roles": ["reviewer", "king"]}
    refused = admin.post("/people", data=data)
    assert refused.status_code == 422
    assert 'value="Lê Thu Hà"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert 'value="reviewer" checked' in refused.text
    assert admin.post("/people", data=data | {"password": "trà sen mùa hạ"}).status_code == 303
    with database.read() as db:
        made = db.scalars(select(Account).where(Account.email == "ha@example.com")).one()
        assert made.roles == {Role.REVIEWER}
    assert "Lê Thu Hà" in admin.get("/people").text


def test_half_a_change_is_no_change(signed_in: SignedIn, database: Database) -> None:
    """Name and roles come in one form: when the roles are refused the name stays, too."""
    admin = signed_in(Role.ADMIN)
    with database.read() as db:
        account = db.scalars(select(Account)).one()
    data = {"name": "Tên Mới", "email": account.email, "roles": ["care"]}
    back = admin.post(
        f"/people/{account.id}", data=data, headers={"Referer": f"http://localhost/people/{account.id}"}
    )
    assert (back.status_code, back.location) == (303, f"/people/{account.id}")
    page = admin.get(back.location).text
    assert "người quản trị cuối cùng" in page
    assert "Tên Mới" not in page


def test_a_person_is_asked_about_before_they_are_deactivated(signed_in: SignedIn, database: Database) -> None:
    admin, _care = signed_in(Role.ADMIN), signed_in(Role.CARE)
    with database.read() as db:
        other = max(account.id for account in db.scalars(select(Account)))
    assert "Ngừng tài khoản của" in admin.get(f"/people/{other}/deactivate").text
    assert admin.post(f"/people/{other}/deactivate").status_code == 303
    assert _care.get("/").status_code == 303
    assert admin.post(f"/people/{other}/activate").status_code == 303


def test_a_sender_is_made_changed_and_retired(signed_in: SignedIn, database: Database) -> None:
    admin = signed_in(Role.ADMIN)
    assert "Chưa có người gửi nào" in admin.get("/senders").text
    assert admin.post("/senders", data=SENDER | {"colour": "#ffff00"}).status_code == 422
    assert admin.post("/senders", data=SENDER).status_code == 303
    assert admin.post("/senders/1", data=SENDER | {"tagline": "Bảy mùa sen"}).status_code == 303
    assert "Bảy mùa sen" in admin.get("/senders").text
    admin.post("/senders/1/active", data={"active": "0"})
    with database.read() as db:
        assert not db.scalars(select(Sender)).one().active


def test_the_log_is_searched_and_verified(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    admin.post("/senders", data=SENDER)
    assert "Thêm người gửi" in admin.get("/audit?q=sender").text
    assert "Không có dòng nào như vậy" in admin.get("/audit?q=kh%C3%B4ng-ai").text
    page = admin.post("/audit/verify", follow_redirects=True).text
    assert "Chuỗi nhật ký nguyên vẹn" in page


def test_reviewers_read_the_log_and_others_do_not(signed_in: SignedIn) -> None:
    assert signed_in(Role.REVIEWER).get("/audit").status_code == 200
    assert signed_in(Role.MARKETER).get("/audit").status_code == 403


def test_nobody_here_by_that_number(signed_in: SignedIn) -> None:
    admin: FlaskClient = signed_in(Role.ADMIN)
    for path in ("/people/99", "/senders/99"):
        assert admin.get(path).status_code == 404


def test_the_key_of_the_evidence_is_shown_in_its_public_half(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    shown = admin.get("/evidence-key.txt").text.strip()
    assert len(shown) == 64
    pem = admin.get("/evidence-key.pem")
    assert "BEGIN PUBLIC KEY" in pem.text
    assert "evidence-key.pem" in pem.headers["Content-Disposition"]
    page = admin.get("/evidence-key").text
    assert shown[:8] in page
    assert "PRIVATE" not in page + pem.text
    assert signed_in(Role.REVIEWER).get("/evidence-key").status_code == 200
    assert signed_in(Role.MARKETER).get("/evidence-key").status_code == 403


def test_what_is_no_pack_is_told_so(signed_in: SignedIn) -> None:
    reviewer = signed_in(Role.REVIEWER)
    assert "chọn tệp trước" in reviewer.post("/evidence-key", data={}).text
    for data in (b"", b"{}", b"%PDF-1.7", b"PK\x03\x04", b"[" * 100_000):
        answer = reviewer.post("/evidence-key", data={"pack": (io.BytesIO(data), "pack.bin")})
        assert answer.status_code == 200
        assert "Không kiểm được pack.bin" in answer.text
    assert signed_in(Role.MARKETER).post("/evidence-key").status_code == 403
