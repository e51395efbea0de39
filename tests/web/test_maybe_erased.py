"""The form of a person who may be somebody erased."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.db import Database
from campaign.models import Contact, Role
from tests.contacts.test_erased_wards import BEN_NGHE, LAN, facts, forget
from tests.web.conftest import SignedIn


def test_the_form_asks_whether_it_is_somebody_else(
    database: Database, signed_in: SignedIn, now: datetime
) -> None:
    with database.write() as db:
        forget(db, (LAN, "12 Lê Lợi", "", "TP. Hồ Chí Minh"), now)
    care: FlaskClient = signed_in(Role.CARE)
    form = facts((LAN, "12 Lê Lợi", BEN_NGHE, "TP.HCM")) | {"kind": "person", "country": "VN"}
    form |= {"language": "vi", "time_zone": "Asia/Ho_Chi_Minh"}
    assert "somebody_else" not in care.get("/contacts/new").text
    refused = care.post("/contacts/new", data=form)
    assert refused.status_code == 422
    assert "Đây là người khác" in refused.text
    assert care.post("/contacts/new", data=form | {"somebody_else": "1"}).status_code == 303
    with database.read() as db:
        assert db.scalars(select(Contact).where(Contact.full_name == LAN)).one().ward == BEN_NGHE
