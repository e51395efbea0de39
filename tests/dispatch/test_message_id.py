"""A Message-ID names its delivery."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import message_id
from tests.factories import make_delivery


def test_a_delivery_is_found_by_what_it_bears(db: Session) -> None:
    others = [make_delivery(db) for _ in range(3)]
    for delivery in others:
        found = message_id.find(db, delivery.message_id_header)
        assert found is not None
        assert found.id == delivery.id


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.replace("0" * 12, "1" * 12),  # another installation's copy
        lambda header: header.replace("@house", "@haus"),
        lambda header: "9" + header,  # no such member
        lambda header: "9" * 40 + header,  # more than a column holds
        lambda header: header.partition("@")[0],
        lambda header: "",
    ],
)
def test_what_is_not_ours_is_nobodys(db: Session, change) -> None:
    delivery = make_delivery(db)
    assert message_id.find(db, change(delivery.message_id_header)) is None


def test_strangers_may_write_what_they_like(database: Database) -> None:
    digits = st.text("0123456789", min_size=1, max_size=30)

    @given(st.one_of(st.text(), st.builds("{}.{}.0123456789ab@{}".format, digits, digits, st.text())))
    def ask(written: str) -> None:
        with database.write() as db:
            ours = make_delivery(db).message_id_header
            for mine in (written, ours + written[:1] + "!", ours.partition("@")[0] + written):
                assert message_id.find(db, mine) is None
            db.rollback()

    ask()
