"""What a file knows of each person's consent is kept with it: who collected it, when, from where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from campaign.contacts import consent
from campaign.contacts.csv_import import imports
from campaign.contacts.csv_import.given import moment
from campaign.contacts.opt_in.asking import network_hash
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Consent, ConsentAction, ContactImport
from campaign.storage import FileStore
from tests.contacts.test_import_undo import undo
from tests.contacts.test_imports import take, upload, work
from tests.factories import make_contact, make_sender

SECRET = b"s" * 32
MAILCHIMP = """Email Address,First Name,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID
an@example.com,An,2024-05-06 07:08:09,203.0.113.7,2024-05-06 08:00:00,203.0.113.7,1,a1
lan@example.com,Lan,2023-02-03 04:05:06,,,,2,a2
hoa@example.com,Hoa,,,,,3,a3
"""


def bring(database: Database, folder: Path, now: datetime, text: str, **more: Any) -> ContactImport:
    files = FileStore(folder)
    options = {
        "consent": "yes", "wording": "Tôi đồng ý", "collected_by": "Hương", "collected_on": "2026-01-02",
        "purposes": ["marketing"],
    } | more  # fmt: skip
    with database.write() as db:
        options.setdefault("sender_id", str(make_sender(db).id))
        begun = upload(db, files, now, text.encode())
        imports.ask_run_at_once(begun, begun.mapping, options)
    return work(database, files, begun.id, now, secret=SECRET)


def ledger(database: Database) -> list[Consent]:
    with database.read() as db:
        return list(db.scalars(select(Consent).order_by(Consent.contact_id, Consent.at, Consent.id)))


def test_mailchimp_knows_when_and_from_where_each_agreed(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    done = bring(database, tmp_path, now, MAILCHIMP)
    assert done.counts["consents"] == 3
    an, lan, hoa = ledger(database)
    here = network_hash(SECRET, "203.0.113.7")
    assert an.at == datetime(2024, 5, 6, 8, tzinfo=UTC)
    assert an.evidence == {
        "import": done.id, "row": 2, "file_agreed_at": "2024-05-06T07:08:09+00:00", "file_agreed_from": here,
        "file_confirmed_at": "2024-05-06T08:00:00+00:00", "file_confirmed_from": here,
    }  # fmt: skip
    assert lan.at == datetime(2023, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (hoa.at, hoa.evidence["row"]) == (datetime(2026, 1, 2, tzinfo=UTC), 4)
    assert not any("203.0.113" in str(entry.evidence) for entry in (an, lan, hoa))


def test_a_row_is_named_for_every_consent(database: Database, now: datetime, tmp_path: Path) -> None:
    done = bring(database, tmp_path, now, "Họ tên,E-mail\nAn,an@example.com\n\nLan,lan@example.com\n")
    assert [entry.evidence for entry in ledger(database)] == [
        {"import": done.id, "row": 2}, {"import": done.id, "row": 4}
    ]  # fmt: skip


def test_the_time_of_a_row_comes_anew_after_an_undo(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.write() as db:
        make_contact(db, full_name="An", email="an@example.com")
    done = bring(database, tmp_path, now, MAILCHIMP)
    undo(database, FileStore(tmp_path), done.id, now + timedelta(days=1))
    with database.read() as db:
        sender_id = str(db.scalars(select(Consent.sender_id)).first())
    bring(database, tmp_path, now + timedelta(days=2), MAILCHIMP, sender_id=sender_id)
    newest = [entry for entry in ledger(database) if entry.contact_id == 1][-1]
    assert newest.action is ConsentAction.GRANTED
    assert (newest.at, consent.said_at(newest)) == (
        now + timedelta(days=1), datetime(2024, 5, 6, 8, tzinfo=UTC)
    )  # fmt: skip


def test_a_row_whose_time_cannot_be_read_is_refused(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    head, first, second, _ = MAILCHIMP.splitlines()
    text = "\n".join(
        (head, first.replace("2024-05-06 08:00:00", "hôm qua"), second.replace("2023-02-03", "2099-02-03"))
    )
    done = bring(database, tmp_path, now, text)
    assert (done.counts["refused"], done.counts["consents"]) == (2, 0)
    with database.write() as db:
        assert [entry.reason for entry in imports.refusals(db, done)] == [
            "contacts-error-date", "contacts-error-future"
        ]  # fmt: skip


def test_without_the_consent_step_nobody_reads_the_times(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    done = take(database, files, now, MAILCHIMP.replace("2024-05-06 08:00:00", "hôm qua").encode())
    assert (done.counts["refused"], done.counts["created"], ledger(database)) == (0, 3, [])


def test_who_collected_it_is_kept_beside_the_longest_source(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    by = "Nguyễn Thị Hương, quầy số 3"
    done = bring(
        database, tmp_path, now, "Họ tên,E-mail\nAn,an@example.com\n", collected_by=by, source="nguồn " * 40
    )
    (entry,) = ledger(database)
    assert entry.source.startswith(f"import:{done.id} nguồn nguồn")
    assert entry.source.endswith(f": {by}")
    assert len(entry.source) <= 200


def test_a_collector_of_many_words_is_refused_and_not_cut(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    text = "Họ tên,E-mail\nAn,an@example.com\n"
    stopped = bring(database, tmp_path, now, text, collected_by="x" * 101)
    assert stopped.error["key"] == "contacts-error-too-long"
    assert ledger(database) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-02 03:04:05", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2025-01-02 03:04:05 UTC", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2025-01-02T03:04:05Z", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2025-01-02T03:04:05+07:00", datetime(2025, 1, 1, 20, 4, 5, tzinfo=UTC)),
        ("2025-01-02", datetime(2025, 1, 2, tzinfo=UTC)),
        ("02/01/2025", datetime(2025, 1, 2, tzinfo=UTC)),
    ],
)
def test_times_as_systems_write_them(text: str, expected: datetime, now: datetime) -> None:
    assert moment("agreed_at", text, now) == expected


@pytest.mark.parametrize(
    "text",
    ["hôm qua", "32/01/2025", "2025-13-01 00:00:00", "0001-01-01T00:00:00+14:00", "1970-01-01 00:00:00"],
)
def test_what_is_no_time(text: str, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        moment("agreed_at", text, now)
