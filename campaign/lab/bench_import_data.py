"""The file of customers that `campaign bench import` takes in, and what its empty database knows before."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from campaign import migrations
from campaign.clock import utc_now
from campaign.contacts import erased
from campaign.db import Database
from campaign.lab import bench_message as words
from campaign.models import (
    Channel,
    ErasedKind,
    Erasure,
    ErasureSecret,
    Sender,
    Suppression,
    SuppressionReason,
)

HEADINGS = ("Họ tên", "E-mail", "Điện thoại", "Địa chỉ", "Phường", "Tỉnh", "Ngày sinh", "Nhóm")
# one row in so many
TWICE, REFUSED, SUPPRESSED, WITHOUT_MAIL, ERASED = 50, 100, 200, 20, 1_000
DOMAINS = 200
SEED = 5


def furnish(database: Database, rows: int) -> None:
    """A sender, and addresses that nobody is to write to."""
    migrations.upgrade(database)
    with database.write() as db:
        db.add(
            Sender(
                name="Trà Mộc An", from_name="Trà Mộc An", from_email="thu@tramocan.example",
                organisation="Trà Mộc An", street="12 Hàng Gai", locality="Hà Nội", country="VN",
                phone="024 3826 0808", created_at=utc_now(),
            )
        )  # fmt: skip
        entries = [
            {
                "channel": Channel.EMAIL, "address_key": _address(number).lower(),
                "reason": SuppressionReason.UNSUBSCRIBED, "source": "bench", "at": utc_now(),
            }
            for number in range(0, rows, SUPPRESSED)
        ]  # fmt: skip
        db.execute(insert(Suppression), entries)
        _forget(db, rows)
        if not database.is_sqlite:
            db.execute(text("ANALYZE"))


def _forget(db: Session, rows: int) -> None:
    """People of the file who were erased: every key of every row is asked about."""
    secret = "5a" * erased.SECRET_BYTES
    db.add(ErasureSecret(id=1, secret=secret))
    hasher = erased.Hasher(secret)
    for number in range(9, rows, ERASED):  # none of those who are special otherwise
        entry = Erasure(contact_id=-1 - number, contact_created_at=utc_now(), at=utc_now())
        db.add(entry)
        db.flush()
        digest = hasher.digest(ErasedKind.EMAIL, _address(number).lower())
        erased.keep(db, entry.id, [(ErasedKind.EMAIL, digest)])


def _address(number: int) -> str:
    return f"Khach.{number}@mail{number % DOMAINS}.example.com"


def write(path: Path, rows: int) -> None:
    """Customers as a shop's spreadsheet has them: some twice in another writing, some broken."""
    random = Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            who = number - 1 if number % TWICE == 1 else number
            born = f"{1 + number % 28}/{1 + number % 12}/{1950 + number % 50}"
            name = (
                f"{random.choice(words.SURNAMES)} {random.choice(words.MIDDLES)} {random.choice(words.GIVEN)}"
            )
            address = _address(who)
            if number % REFUSED == 7:
                address = address.replace("@", " ")
            elif number % TWICE == 1:
                address = address.upper()
            elif number % WITHOUT_MAIL == 3:
                address = ""
            writer.writerow(
                (
                    name, address, f"09{who % 10**8:08d}", f"{number} phố Hàng Bạc", f"Phường {number % 97}",
                    random.choice(words.PROVINCES), born,
                    "vip" if number % 10 == 0 else "",
                )
            )  # fmt: skip
