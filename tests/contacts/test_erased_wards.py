"""Who was erased, where one of two addresses names no ward: a person decides, and strangers are let in."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.care import erasure
from campaign.contacts import erased, profile
from campaign.contacts.addresses import postal_keys_at
from campaign.contacts.place_keys import KEY_LIMIT, at_any_ward, at_no_ward
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import AuditEntry, Contact, ImportRefusal
from campaign.storage import FileStore
from tests.contacts.test_imports import take
from tests.factories import make_contact

WHERE = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")
LAN = "Nguyễn Thị Lan"
BEN_NGHE, SAI_GON = "Phường Bến Nghé", "Phường Sài Gòn"
PLACE = st.tuples(
    st.sampled_from((LAN, "NGUYEN THI LAN", "Trần Hoa")),
    st.sampled_from(("12 Lê Lợi", "Số 12 đường Lê Lợi", "Thôn Đoài", "14 Lê Lợi")),
    st.sampled_from(("", BEN_NGHE, "P. Bến Nghé", SAI_GON)),
    st.sampled_from(("TP. Hồ Chí Minh", "TP.HCM", "Hà Nội")),
)
Written = tuple[str, str, str, str]
# which are one is said here and not asked of the product
ONE = {
    "NGUYEN THI LAN": LAN, "Số 12 đường Lê Lợi": "12 Lê Lợi", "P. Bến Nghé": BEN_NGHE,
    "TP.HCM": "TP. Hồ Chí Minh",
}  # fmt: skip


def facts(place: Written) -> dict[str, str]:
    return dict(zip(("full_name", "street", "ward", "province"), place, strict=True)) | {"postal_code": ""}


def forget(db: Session, place: Written, now: datetime) -> None:
    contact = make_contact(db, **facts(place), email="", phone="")
    db.flush()
    erasure.erase(db, contact, WHERE, reason="asked", actor=None, now=now)


def expected(gone: Written, row: Written) -> str:
    was, now = ([ONE.get(part, part) for part in one] for one in (gone, row))
    if [was[0], was[1], was[3]] != [now[0], now[1], now[3]]:
        return ""
    if was[2] == now[2]:
        return erased.REASON
    return "" if was[2] and now[2] else erased.MAYBE


def said(ask: object, *given_: object, **more: object) -> str:
    try:
        ask(*given_, **more)  # type: ignore[operator]
    except InvalidInput as error:
        return error.key
    return ""


@given(gone=PLACE, row=PLACE)
@example(gone=(LAN, "12 Lê Lợi", "", "TP.HCM"), row=(LAN, "12 Lê Lợi", SAI_GON, "TP.HCM"))
@example(gone=(LAN, "12 Lê Lợi", BEN_NGHE, "TP.HCM"), row=(LAN, "12 Lê Lợi", SAI_GON, "TP.HCM"))
@example(gone=(LAN, "Thôn Đoài", BEN_NGHE, "Hà Nội"), row=(LAN, "Thôn Đoài", "", "Hà Nội"))
def test_a_ward_that_is_missing_is_a_doubt_and_one_that_differs_none(
    database: Database, now: datetime, gone: Written, row: Written
) -> None:
    with database.session() as db:
        forget(db, gone, now)
        keys = erased.Keys(place=postal_keys_at(row[0], Contact(**facts(row), country="VN")).place)
        listed = erased.Erased(db)
        listed.refresh()
        assert said(erased.refuse, db, keys) == expected(gone, row)
        assert said(listed.refuse, keys, erased.NONE) == expected(gone, row)
        # a yes of the person's own opens the place in each of its writings
        erased.may_return(db, keys, source="x", now=now)
        assert said(erased.refuse, db, keys) in ("", erased.MAYBE if row[2] else "")
        db.rollback()


@given(gone=PLACE, lives=PLACE, row=PLACE)
def test_whoever_lives_there_gets_their_ward_written(
    database: Database, now: datetime, gone: Written, lives: Written, row: Written
) -> None:
    """A doubt about somebody who lives there already is none: only a sure match is refused."""
    with database.session() as db:
        forget(db, gone, now)
        place, home = (
            postal_keys_at(one[0], Contact(**facts(one), country="VN")).place for one in (row, lives)
        )
        stays = [ONE.get(p, p) for p in (row[0], row[1], row[3])] == [
            ONE.get(p, p) for p in (lives[0], lives[1], lives[3])
        ]
        wanted = expected(gone, row)
        wanted = "" if stays and wanted == erased.MAYBE else wanted
        assert said(erased.refuse, db, erased.Keys(place=place), lives_at=home) == wanted
        db.rollback()


def test_a_key_too_long_to_be_read_is_compared_as_it_is() -> None:
    long = Contact(street="x" * 400, ward="", province="Hà Nội", country="VN", postal_code="")
    place = postal_keys_at(LAN, long).place
    assert len(place) == KEY_LIMIT
    assert at_any_ward(place) is None
    assert at_no_ward(place) == place


HEAD = "Họ tên,Địa chỉ,Phường,Tỉnh\n"


@pytest.mark.parametrize(
    ("gone", "row"),
    [("", "Phường Bến Nghé"), ("Phường Bến Nghé", ""), ("", "P. Bến Nghé"), ("phường bến nghé", "")],
)
def test_a_file_is_held_with_a_reason_and_without_a_word(
    database: Database, now: datetime, tmp_path_factory: pytest.TempPathFactory, gone: str, row: str
) -> None:
    with database.write() as db:
        forget(db, (LAN, "12 Lê Lợi", gone, "TP. Hồ Chí Minh"), now)
    rows = f"{LAN},12 Lê Lợi,{row},TP.HCM\nTrần Hoa,12 Lê Lợi,{row},TP.HCM\n{LAN},12 Lê Lợi,{row},Hà Nội\n"
    done = take(database, FileStore(tmp_path_factory.mktemp("files")), now, (HEAD + rows).encode())
    assert (done.counts["created"], done.counts["refused"]) == (2, 1)
    with database.read() as db:
        refused = db.scalars(select(ImportRefusal)).one()
        assert (refused.reason, refused.cells, refused.values) == (erased.MAYBE, [], {})


def test_a_namesake_in_another_ward_is_let_in(
    database: Database, now: datetime, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with database.write() as db:
        forget(db, (LAN, "12 Lê Lợi", BEN_NGHE, "TP. Hồ Chí Minh"), now)
    row = f"{LAN},12 Lê Lợi,{SAI_GON},TP.HCM\n"
    done = take(database, FileStore(tmp_path_factory.mktemp("files")), now, (HEAD + row).encode())
    assert (done.counts["created"], done.counts["refused"]) == (1, 0)


def test_a_person_may_say_that_it_is_somebody_else(db: Session, now: datetime) -> None:
    forget(db, (LAN, "12 Lê Lợi", "", "TP. Hồ Chí Minh"), now)
    given_ = facts((LAN, "12 Lê Lợi", BEN_NGHE, "TP.HCM"))
    with pytest.raises(InvalidInput, match=erased.MAYBE):
        profile.create(db, given_, source="form", now=now)
    made = profile.create(db, given_, source="form", now=now, somebody_else=True)
    note = db.scalars(select(AuditEntry).where(AuditEntry.action == "erasure.somebody_else")).one()
    assert note.noun_id == str(made.id)
    # who lives there may have the ward corrected; but not to the very words that were erased
    profile.change(db, made, {"ward": SAI_GON}, source="form", now=now)
    with pytest.raises(InvalidInput, match=erased.REASON):
        profile.change(db, made, {"ward": ""}, source="form", now=now, somebody_else=True)
    assert audit.verify(db) is None
