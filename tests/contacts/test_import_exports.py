"""The exports of other mailing systems come in as they are, and who is out there stays out here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.contacts import consent
from campaign.db import Database
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    ContactImport,
    Suppression,
    SuppressionReason,
)
from campaign.storage import FileStore
from tests.contacts.test_imports import take
from tests.factories import make_sender

HEAD = "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP"
TAIL = "LAST_CHANGED,LEID,EUID,NOTES,TAGS"
MIDDLE = ",5,2025-01-02 03:04:05,10.0.0.1,"
SUBSCRIBED = f'''{HEAD},{TAIL}
an@example.com,An,Nguyễn,,+84 912 345 678,03/09{MIDDLE}2025-01-02 03:04:05,1,a1,,"""vip"",""trà"""
nobody@example.com,,,,,{MIDDLE}2025-01-02 03:04:05,2,a2,,
'''
UNSUB = "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER"
UNSUBSCRIBED = f"""{HEAD},{UNSUB},{TAIL}
lan@example.com,Lan,Lê,,,{MIDDLE}2025-05-06 07:08:09,Xuân,c1,NORMAL,,2025-05-06 07:08:09,3,a3,,
"""
CLEANED = f"""{HEAD},CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,{TAIL}
mai@example.com,Mai,Trần,,,{MIDDLE}2025-05-06 07:08:09,Xuân,c1,2025-05-06 07:08:09,4,a4,,
"""
LISTMONK = """uuid,email,name,attributes,status,created_at,updated_at
u1,an@example.com,An Nguyễn,"{""city"": ""Huế""}",enabled,2025-01-02T03:04:05Z,2025-01-02T03:04:05Z
u2,lan@example.com,Lan Lê,{},blocklisted,2025-01-02T03:04:05Z,2025-01-02T03:04:05Z
u3,mai@example.com,Mai Trần,{},disabled,2025-01-02T03:04:05Z,2025-01-02T03:04:05Z
u4,hoa@example.com,Hoa,{},sleeping,2025-01-02T03:04:05Z,2025-01-02T03:04:05Z
"""


@pytest.fixture
def options(database: Database) -> dict[str, object]:
    with database.write() as db:
        sender = make_sender(db)
    return {
        "consent": "yes", "sender_id": str(sender.id), "wording": "Tôi đồng ý", "collected_by": "Mailchimp",
        "collected_on": "2026-03-01", "purposes": ["marketing"],
    }  # fmt: skip


def bring(
    database: Database, tmp_path: Path, now: datetime, text: str, options: dict[str, object]
) -> ContactImport:
    return take(database, FileStore(tmp_path), now, text.encode(), None, **options)


def writable(database: Database, options: dict[str, object]) -> set[str]:
    with database.read() as db:
        return {
            contact.email
            for contact in db.scalars(select(Contact))
            if consent.may_write(
                db, contact, Channel.EMAIL, ConsentPurpose.MARKETING, int(str(options["sender_id"]))
            )
        }


def never(database: Database) -> dict[str, SuppressionReason]:
    with database.read() as db:
        return {entry.address_key: entry.reason for entry in db.scalars(select(Suppression))}


def test_the_three_files_of_mailchimp(
    database: Database, now: datetime, tmp_path: Path, options: dict[str, object]
) -> None:
    done = bring(database, tmp_path, now, SUBSCRIBED, options)
    assert (done.counts["created"], done.counts["refused"], done.counts["suppressed"]) == (2, 0, 0)
    for text in (UNSUBSCRIBED, CLEANED):
        done = bring(database, tmp_path, now, text, options)
        assert (done.counts["created"], done.counts["suppressed"]) == (1, 1)
    assert never(database) == {
        "lan@example.com": SuppressionReason.UNSUBSCRIBED, "mai@example.com": SuppressionReason.BOUNCED,
    }  # fmt: skip
    assert writable(database, options) == {"an@example.com", "nobody@example.com"}
    with database.read() as db:
        an, nobody = (
            db.scalars(select(Contact).filter_by(email=f"{name}@example.com")).one()
            for name in ("an", "nobody")
        )
        assert (an.full_name, an.given_name, an.phone, an.tags) == (
            "An Nguyễn", "An", "+84 912 345 678", ["trà", "vip"]
        )  # fmt: skip
        assert an.birth_day is None  # month first there: not guessed
        assert nobody.full_name == "nobody@example.com"

    again = bring(database, tmp_path, now, UNSUBSCRIBED, options)
    assert (again.counts["unchanged"], again.counts["suppressed"]) == (1, 0)


def test_who_unsubscribed_there_is_silent_here_whatever_a_later_file_says(
    database: Database, now: datetime, tmp_path: Path, options: dict[str, object]
) -> None:
    bring(database, tmp_path, now, UNSUBSCRIBED, options)
    done = bring(database, tmp_path, now, "Họ tên,Email\nLan,lan@example.com\n", options)
    assert (done.counts["consents"], done.counts["kept_silent"]) == (0, 1)
    assert writable(database, options) == set()


def test_the_export_of_listmonk(
    database: Database, now: datetime, tmp_path: Path, options: dict[str, object]
) -> None:
    done = bring(database, tmp_path, now, LISTMONK, options)
    assert (done.counts["created"], done.counts["suppressed"], done.counts["consents"]) == (3, 1, 1)
    assert never(database) == {"lan@example.com": SuppressionReason.REQUESTED}
    assert writable(database, options) == {"an@example.com"}
    assert done.counts["refused"] == 1  # a status nobody knows may be a no
