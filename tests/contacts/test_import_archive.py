"""The ZIP that Mailchimp delivers comes in as it is; one made to exhaust us does not."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.contacts.csv_import import archive, imports
from campaign.contacts.csv_import.outcome import refused_csv
from campaign.contacts.csv_import.reading import read
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Consent, Contact, SuppressionReason
from campaign.storage import FileStore
from tests.contacts.test_import_exports import CLEANED, SUBSCRIBED, UNSUBSCRIBED, never, writable
from tests.contacts.test_imports import take
from tests.factories import make_sender

NONSUBSCRIBED = SUBSCRIBED.splitlines()[0] + "\nmua@example.com,Mua,,,,,,,,,9,a9,,\n"
MAILCHIMP = {
    "subscribed_email_audience_export_1.csv": SUBSCRIBED,
    "unsubscribed_email_audience_export_1.csv": UNSUBSCRIBED,
    "cleaned_email_audience_export_1.csv": CLEANED,
    "nonsubscribed_email_audience_export_1.csv": NONSUBSCRIBED,
    "__MACOSX/._subscribed_email_audience_export_1.csv": "\0\1",
    "segments/list.txt": "x",
}


def packed(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def test_three_lists_in_one_file_each_with_its_standing(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        options = {
            "consent": "yes", "sender_id": str(make_sender(db).id), "wording": "Tôi đồng ý",
            "collected_by": "Mailchimp", "collected_on": "2026-03-01", "purposes": ["marketing"],
        }  # fmt: skip
    done = take(database, files, now, packed(MAILCHIMP), None, **options)
    assert (done.counts["rows"], done.counts["created"], done.counts["refused"]) == (5, 5, 0)
    assert (done.counts["consents"], done.counts["suppressed"]) == (2, 2)
    assert never(database) == {
        "lan@example.com": SuppressionReason.UNSUBSCRIBED, "mai@example.com": SuppressionReason.BOUNCED,
    }  # fmt: skip
    # who only bought something never agreed, though no column says so
    assert writable(database, options) == {"an@example.com", "nobody@example.com"}
    with database.read() as db:
        an = db.scalars(select(Contact).filter_by(email="an@example.com")).one()
        assert (an.full_name, an.tags) == ("An Nguyễn", ["trà", "vip"])
        assert set(db.scalars(select(Consent.at))) == {datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)}
    again = take(database, files, now, packed(MAILCHIMP), None, **options)
    assert (again.counts["unchanged"], again.counts["consents"], again.counts["suppressed"]) == (5, 0, 0)


def test_a_refused_row_says_which_file_it_is_from(database: Database, now: datetime, tmp_path: Path) -> None:
    content = packed({"a.csv": "Họ tên,Email\nLan,lan@example.com\n", "b.csv": "Email;SĐT\nhỏng;1\n"})
    done = take(database, FileStore(tmp_path), now, content)
    assert (done.counts["created"], done.counts["refused"]) == (1, 1)
    with database.write() as db:
        lines = "".join(refused_csv(done.options["headings"], imports.refusals(db, done), "en")).splitlines()
    assert lines[0].endswith("Họ tên,Email,SĐT,File in the archive")
    assert lines[1].startswith("3,")
    assert lines[1].endswith(",,hỏng,1,b.csv")


def test_tables_of_different_columns_encodings_and_titles_come_together() -> None:
    table = read(
        packed(
            {
                "một.csv": "Họ tên,E-mail\nLan,lan@example.com\n".encode("utf-16"),
                "hai.tsv": "DANH SÁCH\nE-mail\tSĐT\nhoa@example.com\t0912345678\n",
                "rỗng.csv": "",
            }
        )
    )
    assert table.headings == ("Họ tên", "E-mail", "SĐT", "column:file")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Lan", "lan@example.com", "", "một.csv")), (3, ("", "hoa@example.com", "0912345678", "hai.tsv"))
    ]  # fmt: skip


def test_a_row_with_too_many_cells_stays_one() -> None:
    table = read(packed({"a.csv": "Ten,Email\nLan,lan@example.com,x\n", "b.csv": "Ten,SDT\nHoa,1\n"}))
    assert len(table.rows[0].cells) == len(table.headings) + 1


SPACES = "Ten,Email\n" + "a,\n" * 5_000_000


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (packed({"a.txt": "a", "b/": ""}), "importread-archive-empty"),
        (packed({"a.csv": "", "b.csv": "\n \n"}), "importread-archive-empty"),
        (packed({"a.csv": SPACES}), "importread-archive-unpacked"),
        (packed({f"{n}.csv": "a,b\n" for n in range(archive.FILES_LIMIT + 1)}), "importread-archive-files"),
        (packed({"a.csv": 'a,b\n"x\n'}), "contacts-import-quotes"),
        (packed({f"{n}": "" for n in range(30_000)}), "contacts-import-workbook"),
        (packed(MAILCHIMP)[:-30], "contacts-import-workbook"),
    ],
)
def test_what_is_no_archive_of_tables_is_refused_with_a_sentence(content: bytes, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert refused.value.key == key


def test_a_damaged_table_is_refused_wherever_it_is_damaged() -> None:
    content = bytearray(packed({"a.csv": "Ten,Email\n" + "".join(f"Lan {n},{n}\n" for n in range(5000))}))
    for at in range(60, len(content) - 120, 997):
        broken = content.copy()
        broken[at] ^= 0xFF
        with pytest.raises(InvalidInput):
            read(bytes(broken))
