"""The demo's company and its customers: a small tea house in Hà Nội, the same every time.

Only data is made here; `campaign.lab.seed` puts it in place through the same functions as the pages do.
Dates are counted from `today`, so that there is always a birthday this week and an order last month.
All addresses end in example.com, .net or .org (RFC 2606), so that nothing can leave for a real person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from campaign.contacts.names import search_key
from campaign.occasions import lunar

SEED = 20260309
PEOPLE = 148
ORGANISATIONS = 12

SENDER: dict[str, Any] = {
    "name": "Trà Sen Tây Hồ",
    "from_name": "Trà Sen Tây Hồ",
    "from_email": "tho@trasen.example.com",
    "organisation": "Công ty TNHH Trà Sen Tây Hồ",
    "street": "Số 68 phố Tô Ngọc Vân",
    "locality": "Phường Tây Hồ, Hà Nội 11206",
    "country": "VN",
    "phone": "024 3718 6868",
    "website": "https://trasen.example.com",
    "signatory": "Nguyễn Thị Sen",
    "signatory_position": "Chủ tiệm",
    "brand": {"colour": "#7a2e3a", "tagline": "Trà ướp sen từ năm 1986"},
}

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý",
)  # fmt: skip
FAMILY_WEIGHTS = (
    38, 11, 10, 7, 5, 5, 5, 4, 4, 2, 2, 2, 1, 1, 1, 1,
)  # fmt: skip
WOMEN_MIDDLE = (
    "Thị", "Thị", "Thị", "Thu", "Ngọc", "Thanh", "Minh", "Kim", "Bích", "Hồng", "Quỳnh", "Phương",
    "Thùy", "Diệu",
)  # fmt: skip
WOMEN_GIVEN = (
    "Lan", "Hương", "Mai", "Hoa", "Linh", "Trang", "Hà", "Thảo", "Ngân", "Yến", "Nhung", "Dung", "Hạnh",
    "Vân", "Oanh", "Thủy", "Anh", "Chi", "My", "Tuyết", "Ễn",
)  # fmt: skip
MEN_MIDDLE = (
    "Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Quốc", "Công", "Xuân", "Thanh", "Tuấn", "Ngọc", "Anh",
)  # fmt: skip
MEN_GIVEN = (
    "Hùng", "Dũng", "Nam", "Sơn", "Long", "Tuấn", "Hải", "Thành", "Phúc", "Khoa", "Bình", "Kiên", "Đạt",
    "Hiếu", "Trung", "Vinh", "Quân", "Thắng", "Cường", "Khánh",
)  # fmt: skip
# ward and province of today (34 provinces, no districts); the last ones are addresses of before July 2025
PLACES = (
    ("Phường Tây Hồ", "", "Hà Nội", "11206", 26),
    ("Phường Hoàn Kiếm", "", "Hà Nội", "11017", 14),
    ("Phường Cầu Giấy", "", "Hà Nội", "11313", 12),
    ("Phường Bến Thành", "", "TP. Hồ Chí Minh", "71009", 16),
    ("Phường Thủ Đức", "", "TP. Hồ Chí Minh", "71306", 8),
    ("Phường Hải Châu", "", "Đà Nẵng", "50207", 8),
    ("Phường Hồng Gai", "", "Quảng Ninh", "01117", 4),
    ("Phường Ninh Kiều", "", "Cần Thơ", "94108", 4),
    ("Phường Thuận Hóa", "", "Huế", "49106", 3),
    ("Phường Quảng An", "Quận Tây Hồ", "Hà Nội", "11207", 6),
    ("Phường Đa Kao", "Quận 1", "TP. Hồ Chí Minh", "71006", 4),
    ("Phường Phú Cường", "TP. Thủ Dầu Một", "Bình Dương", "75109", 5),
    ("Phường Thắng Tam", "TP. Vũng Tàu", "BR-VT", "78207", 3),
    ("Phường Trần Phú", "TP. Hải Dương", "Hải Dương", "03112", 3),
)
STREETS = (
    "phố Hàng Bạc", "phố Phan Đình Phùng", "đường Lê Lợi", "đường Nguyễn Huệ", "phố Xuân Diệu",
    "đường Trần Hưng Đạo", "phố Bà Triệu", "đường Hai Bà Trưng", "ngõ Trúc Lạc", "phố Quán Thánh",
)  # fmt: skip
# name, price in đồng
PRODUCTS = (
    ("Trà sen Tây Hồ, hộp 100 g", 780_000),
    ("Trà ướp nhài, hộp 200 g", 260_000),
    ("Trà shan tuyết Hà Giang, gói 200 g", 420_000),
    ("Ấm đất Bát Tràng", 540_000),
    ("Hộp quà Tết An Khang", 1_290_000),
    ("Bộ chén sen vàng", 690_000),
)
CHANNELS = ("cửa hàng", "trang web", "điện thoại")
OCCUPATIONS = (
    "giáo viên", "kế toán", "kỹ sư", "bác sĩ", "chủ cửa hàng", "nội trợ", "hưu trí", "kiến trúc sư", "",
)  # fmt: skip
COMPANIES = (
    ("Công ty CP Du lịch Cánh Buồm", "du lịch"), ("Khách sạn Hồ Gươm Xanh", "khách sạn"),
    ("Nhà hàng Sen Trắng", "nhà hàng"), ("Công ty TNHH Gốm Bát Tràng Việt", "gốm sứ"),
    ("Trường Tiểu học Ban Mai", "giáo dục"), ("Công ty CP Phần mềm Lúa Mới", "phần mềm"),
    ("Phòng khám Đông y An Hòa", "y tế"), ("Nhà sách Cổ Nguyệt", "sách"),
    ("Công ty Luật Thái Dương", "luật"), ("Spa Hương Tràm", "làm đẹp"),
    ("Công ty TNHH Nội thất Mộc Lan", "nội thất"), ("Quỹ Học bổng Hạt Giống", "từ thiện"),
)  # fmt: skip
POSITIONS = ("Giám đốc", "Trưởng phòng hành chính", "Kế toán trưởng", "Thư ký")
# people who read another language
FOREIGN = (
    ("Emma Larsen", "Emma", "Ms", "en", "DK", "Nyhavn 12", "", "København", "1051"),
    ("James Whitaker", "James", "Mr", "en", "GB", "4 Mill Lane", "", "Bath", "BA1 1AA"),
    ("Sarah O'Neill", "Sarah", "Dr", "en", "US", "218 Cedar Street", "", "Portland, OR", "97205"),
    ("Thomas Müller", "Thomas", "Mr", "en", "DE", "Lindenallee 8", "", "Leipzig", "04177"),
    ("Aiko Tanaka", "Aiko", "Ms", "en", "VN", "Số 15 phố Liễu Giai", "Phường Ngọc Hà", "Hà Nội", "11110"),
    ("Daniel Brown", "Daniel", "Mr", "en", "VN", "Số 7 phố Xuân Diệu", "Phường Tây Hồ", "Hà Nội", "11206"),
)
# of so many people one comes from a file without a form of address
UNADDRESSED = 9
# addresses decide what the simulated people do: counted from here, one answers in English, one unsubscribes
FOREIGN_MAILBOX = 1490


@dataclass(frozen=True)
class Purchase:
    """One order: number, day, amount in đồng, product, channel."""

    number: str
    ordered_on: date
    amount: int
    product: str
    channel: str


@dataclass(frozen=True)
class Customer:
    """Facts are columns of `Contact`; consents are the purposes agreed to by e-mail."""

    facts: dict[str, Any]
    tags: tuple[str, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    email_consents: tuple[str, ...] = ()
    contact_persons: tuple[Customer, ...] = field(default=())


def customers(today: date) -> Iterator[Customer]:
    """All customers of the demo, organisations with their contact persons last."""
    random = Random(SEED)
    for number in range(PEOPLE):
        yield _person(random, today, number)
    for number, foreigner in enumerate(FOREIGN):
        yield _foreigner(random, today, number, foreigner)
    for number, (name, line) in enumerate(COMPANIES):
        yield _company(random, today, number, name, line)


def _person(random: Random, today: date, number: int) -> Customer:
    woman = random.random() < 0.58
    full_name, given = _name(random, woman=woman)
    birth = _birthday(random, today, number)
    age = today.year - birth["birth_year"]
    facts = {
        "code": f"KH{number + 1:06d}",
        "full_name": full_name,
        "given_name": given,
        "form_of_address": _form_of_address(woman=woman, age=age),
        "sex": "nữ" if woman else "nam",
        "occupation": random.choice(OCCUPATIONS),
        "phone": f"09{random.randrange(10):d}{random.randrange(10_000_000):07d}",
        "email": _email(random, full_name, number),
        **_address(random),
        **birth,
    }
    if random.random() < 0.09:
        facts["email"] = ""  # known by post only
    if number % 23 == 7:
        facts |= {"street": "", "ward": "", "district": "", "postal_code": ""}  # known by e-mail only
    if number % UNADDRESSED == 4:
        facts |= _unaddressed(facts, number)
    purchases = tuple(_purchases(random, today, number))
    consents = ("marketing", "greeting") if random.random() < 0.8 else ("greeting",) if number % 3 else ()
    return Customer(facts, _tags(random, purchases, today), purchases, consents if facts["email"] else ())


def _unaddressed(facts: dict[str, Any], number: int) -> dict[str, Any]:
    """Nobody has set how to address them: some files give the sex, some a title in the name, some nothing."""
    form = facts["form_of_address"]
    by_file: tuple[dict[str, Any], ...] = (
        {},
        {"birth_year": None},
        {"sex": "", "full_name": f"{form} {facts['given_name']}"} if form != "Anh" else {"sex": ""},
        {"sex": "", "occupation": ""},
    )
    return {"form_of_address": "", **by_file[number // UNADDRESSED % len(by_file)]}


def _foreigner(random: Random, today: date, number: int, row: tuple[str, ...]) -> Customer:
    name, given, form, language, country, street, ward, city, code = row
    facts = {
        "code": f"KH{900 + number:06d}",
        "full_name": name,
        "given_name": given,
        "form_of_address": form,
        "email": _email(random, name, FOREIGN_MAILBOX + number),
        "street": street,
        "ward": ward,
        "province": city,
        "postal_code": code,
        "country": country,
        "language": language,
        "time_zone": {"DK": "Europe/Copenhagen", "GB": "Europe/London", "US": "America/Los_Angeles"}.get(
            country, "Europe/Berlin" if country == "DE" else "Asia/Ho_Chi_Minh"
        ),
        **_birthday(random, today, 41 + number * 5),  # never a lunar one
    }
    return Customer(
        facts,
        ("khách nước ngoài",),
        tuple(_purchases(random, today, 900 + number)),
        ("marketing", "greeting"),
    )


def _company(random: Random, today: date, number: int, name: str, line: str) -> Customer:
    founded = today + timedelta(days=(3, 9, 20, 45, 80, 120, 150, 190, 220, 260, 300, 340)[number])
    facts = {
        "code": f"DN{number + 1:06d}",
        "kind": "organisation",
        "full_name": name,
        "line_of_business": line,
        "founded_on": founded.replace(year=today.year - random.randrange(3, 30), day=min(founded.day, 28)),
        "phone": f"024 3{random.randrange(1_000_000):06d}",
        **_address(random),
    }
    persons = tuple(_contact_person(random, today, number, place, facts) for place in range(1 + number % 2))
    return Customer(facts, ("doanh nghiệp",), tuple(_purchases(random, today, 700 + number)), (), persons)


def _contact_person(random: Random, today: date, company: int, place: int, at: dict[str, Any]) -> Customer:
    woman = random.random() < 0.5
    full_name, given = _name(random, woman=woman)
    number = 500 + company * 2 + place
    birth = _birthday(random, today, number)
    facts = {
        "code": f"KH{number:06d}",
        "full_name": full_name,
        "given_name": given,
        "form_of_address": "Bà" if woman else "Ông",
        "position": POSITIONS[place],
        "email": _email(random, full_name, number),
        **{key: at[key] for key in ("street", "ward", "district", "province", "postal_code")},
        **birth,
    }
    return Customer(facts, ("doanh nghiệp",), (), ("marketing", "greeting"))


def _name(random: Random, *, woman: bool) -> tuple[str, str]:
    family = random.choices(FAMILY, FAMILY_WEIGHTS)[0]
    middle = random.choice(WOMEN_MIDDLE if woman else MEN_MIDDLE)
    given = random.choice(WOMEN_GIVEN if woman else MEN_GIVEN)
    return f"{family} {middle} {given}", given


def _form_of_address(*, woman: bool, age: int) -> str:
    if age >= 58:
        return "Bác"
    if age >= 45:
        return "Cô" if woman else "Chú"
    return "Chị" if woman else "Anh"


def _email(random: Random, full_name: str, number: int) -> str:
    """`lan.nguyen.42@example.com`: unique by its number."""
    words = search_key(full_name).replace("'", "").split()
    host = random.choices(("example.com", "example.net", "example.org"), (6, 2, 2))[0]
    return f"{words[-1]}.{words[0]}.{number}@{host}"


def _address(random: Random) -> dict[str, str]:
    ward, district, province, code, _ = random.choices(PLACES, [place[4] for place in PLACES])[0]
    return {
        "street": f"Số {random.randrange(1, 240)} {random.choice(STREETS)}",
        "ward": ward,
        "district": district,
        "province": province,
        "postal_code": code,
    }


def _birthday(random: Random, today: date, number: int) -> dict[str, Any]:
    """Every eighth person has a birthday in the coming fortnight; every fifth keeps the lunar one."""
    year = today.year - random.randrange(22, 78)
    day = today + timedelta(days=random.randrange(14) if number % 8 == 0 else random.randrange(365))
    if number % 5 == 0:
        found = lunar.to_lunar(day)
        return {
            "birth_year": year,
            "birth_month": found.month,
            "birth_day": found.day,
            "birth_calendar": "lunar",
        }
    return {
        "birth_year": year,
        "birth_month": day.month,
        "birth_day": min(day.day, 28),
        "birth_calendar": "solar",
    }


def _purchases(random: Random, today: date, number: int) -> Iterator[Purchase]:
    """Some buy every month, most now and then, some have stopped."""
    habit = random.choices(("regular", "sometimes", "lapsed", "never"), (18, 50, 22, 10))[0]
    count = {
        "regular": random.randrange(6, 14),
        "sometimes": random.randrange(1, 5),
        "lapsed": random.randrange(1, 4),
    }
    first, last = (400, 900) if habit == "lapsed" else (1, 300)
    for place in range(count.get(habit, 0)):
        product, price = random.choice(PRODUCTS)
        yield Purchase(
            number=f"DH{number:04d}-{place + 1:02d}",
            ordered_on=today - timedelta(days=random.randrange(first, last)),
            amount=price * random.choices((1, 2, 3), (7, 2, 1))[0],
            product=product,
            channel=random.choice(CHANNELS),
        )


def _tags(random: Random, purchases: tuple[Purchase, ...], today: date) -> tuple[str, ...]:
    tags = []
    if sum(purchase.amount for purchase in purchases) >= 6_000_000:
        tags.append("khách quý")
    if any("sen" in purchase.product for purchase in purchases):
        tags.append("mê trà sen")
    if random.random() < 0.08:
        tags.append("câu lạc bộ trà")
    return tuple(tags)
