"""A million contacts to search in: names as frequent as they are in Vietnam, each with all its keys.

The same on both databases, written as an import writes: by COPY, or with one prepared statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from campaign.contacts.addresses import phone_key
from campaign.contacts.csv_import.person import BLANK, INSERTED, written
from campaign.contacts.csv_import.writing import insert_rows, stamp
from campaign.contacts.names import search_key
from campaign.contacts.search.bulk import adding
from campaign.contacts.search.words import words_of
from campaign.db import Database
from campaign.models import Contact, ContactKind, ContactTag

SEED = 7
BATCH = 10_000
# about as frequent as they are (Lê Trung Hoa, "Họ và tên người Việt Nam", 2005), in percent
SURNAMES = {
    "Nguyễn": 38, "Trần": 11, "Lê": 9, "Phạm": 7, "Hoàng": 3, "Huỳnh": 2, "Phan": 5, "Vũ": 3, "Võ": 2,
    "Đặng": 2, "Bùi": 2, "Đỗ": 2, "Hồ": 1, "Ngô": 1, "Dương": 1, "Lý": 1,
}  # fmt: skip
RARE = (
    "Cao", "Châu", "Chu", "Đinh", "Đoàn", "Hà", "Kiều", "Lâm", "Lương", "Mai", "Quách", "Tạ", "Thái",
    "Tô", "Triệu", "Trịnh", "Trương", "Vương",
)  # fmt: skip
MIDDLES = (
    *("Thị",) * 6, *("Văn",) * 4, "Minh", "Ngọc", "Thanh", "Quốc", "Đức", "Hữu", "Thu", "Kim", "Xuân", "Anh",
    "Bảo", "Gia", "Hoài", "Phương", "Thùy", "Tuấn", "Hải", "Thị Thu", "Thị Ngọc",
)  # fmt: skip
GIVEN = (
    "An", "Á", "Anh", "Ánh", "Bách", "Bảo", "Bình", "Châu", "Chi", "Công", "Cường", "Diệp", "Dung",
    "Dũng", "Dương", "Đạt", "Đông", "Đức", "Giang", "Hà", "Hạ", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu",
    "Hoa", "Hoà", "Hòa", "Hóa", "Hoàng", "Hồng", "Huệ", "Hùng", "Huy", "Huyền", "Hương", "Khánh",
    "Khoa", "Kiên", "Lan", "Linh", "Loan", "Long", "Mai", "Minh", "My", "Nam", "Nga", "Ngân", "Ngọc",
    "Nhung", "Oanh", "Phong", "Phú", "Phúc", "Phượng", "Quân", "Quang", "Quỳnh", "Sơn", "Tâm", "Thảo",
    "Thắng", "Thịnh", "Thủy", "Thuỷ", "Tiên", "Trang", "Trúc", "Tuấn", "Tú", "Uyên", "Vân", "Việt",
    "Vinh", "Vy", "Xuân", "Yến",
)  # fmt: skip
HAN_SURNAMES, HAN_GIVEN = "王李張陳林黃劉吳", "明華麗芳偉強敏靜傑玉梅蘭"
FOREIGN = (
    "Emma Larsen",
    "James Whitaker",
    "Sarah O'Neill",
    "Thomas Müller",
    "José García",
    "Anne-Marie Dubois",
)
FORMS = ("Công ty TNHH", "Công ty Cổ phần", "Hợp tác xã", "Cửa hàng", "Trường Tiểu học", "Khách sạn")
NAMED = (
    "An Phát", "Bình Minh", "Hoa Sen", "Thành Công", "Đại Dương", "Mộc Lan", "Phú Quý", "Sao Mai", "Tân Tiến",
    "Hòa Bình", "Việt Hà", "Hương Tràm",
)  # fmt: skip
PROVIDERS = ("gmail.com", "gmail.com", "gmail.com", "yahoo.com", "outlook.com", "icloud.com")
DOMAINS = 2_000  # of companies
PROVINCES = (
    "Hà Nội", "Hà Nội", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Huế", "Đà Nẵng", "Hải Phòng",
    "Cần Thơ", "Nghệ An", "Lâm Đồng", "Quảng Ninh", "Thái Nguyên", "Điện Biên",
)  # fmt: skip
# one in so many
ORGANISATIONS, HAN, FOREIGNERS, EMPLOYED, SILENT = 20, 50, 50, 10, 10
TAGS = {"khách quen": 10, "hội chợ": 100, "báo chí": 5_000}


def fill(database: Database, rows: int, now: datetime) -> None:
    """Contacts with the ids from 1 on."""
    people = _people(Random(SEED), rows)
    while batch := list(islice(people, BATCH)):
        with database.write() as db:
            _write(db, batch, stamp(db, now))
    _settle(database)


def _write(db: Session, batch: list[dict[str, Any]], moment: str) -> None:
    blank = [None if name == "id" else written(BLANK[name]) for name in INSERTED]
    places = {name: at for at, name in enumerate(INSERTED)}
    lines = []
    for person in batch:
        row = blank.copy()
        for name, value in {**person, "created_at": moment, "updated_at": moment}.items():
            row[places[name]] = written(value)
        lines.append(row)
    with adding(db, batch[0]["id"], batch[-1]["id"]):
        insert_rows(db, Contact, INSERTED, lines)
    tags = [
        (person["id"], tag) for person in batch for tag, one_in in TAGS.items() if not person["id"] % one_in
    ]
    insert_rows(db, ContactTag, ("contact_id", "tag"), tags)


def _people(random: Random, rows: int) -> Iterator[dict[str, Any]]:
    houses: dict[int, str] = {}
    for number in range(1, rows + 1):
        facts: dict[str, Any] = {
            "id": number,
            "code": f"KH{number:07d}",
            "province": random.choice(PROVINCES),
        }
        organisation = ""
        if number % ORGANISATIONS == 1:
            facts |= {"kind": ContactKind.ORGANISATION, "full_name": _organisation(random, number)}
            houses[number] = facts["full_name"]
        else:
            facts["full_name"] = _name(random)
            if houses and not random.randrange(EMPLOYED):
                house = ORGANISATIONS * random.randrange(len(houses)) + 1
                facts["organisation_id"], organisation = house, houses[house]
        facts["email"] = facts["email_key"] = _email(random, facts["full_name"], number)
        facts["phone"] = f"09{number % 10}{random.randrange(10**7):07d}" if random.randrange(SILENT) else ""
        facts["name_key"], facts["phone_key"] = search_key(facts["full_name"]), phone_key(facts["phone"])
        facts["search_words"] = words_of(
            facts["full_name"], facts["code"], facts["email_key"], facts["phone_key"], organisation
        )
        yield facts


def _name(random: Random) -> str:
    if not random.randrange(HAN):
        return random.choice(HAN_SURNAMES) + "".join(random.choices(HAN_GIVEN, k=random.randint(1, 2)))
    if not random.randrange(FOREIGNERS):
        return random.choice(FOREIGN)
    surname = random.choices([*SURNAMES, ""], [*SURNAMES.values(), 10])[0] or random.choice(RARE)
    return f"{surname} {random.choice(MIDDLES)} {random.choice(GIVEN)}"


def _organisation(random: Random, number: int) -> str:
    return f"{random.choice(FORMS)} {random.choice(NAMED)} {number // (ORGANISATIONS * len(NAMED)) % 500}"


def _email(random: Random, name: str, number: int) -> str:
    if not random.randrange(SILENT):
        return ""
    domain = f"congty{number % DOMAINS}.example" if number % 3 == 0 else random.choice(PROVIDERS)
    words = [word for word in search_key(name).replace("'", "").split() if word.isascii()] or ["khach"]
    return f"{words[-1]}.{words[0]}{number}@{domain}"


def _settle(database: Database) -> None:
    """What the databases do by themselves some minutes after an import."""
    if database.is_sqlite:
        with database.write() as db:
            db.execute(text("INSERT INTO contact_search (contact_search, rank) VALUES ('merge', 500)"))
            db.execute(text("ANALYZE"))
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE) contact"))
        connection.execute(text("ANALYZE contact_tag"))
