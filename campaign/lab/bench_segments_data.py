"""A shop's customers and orders, by the million and in seconds: made inside the database, by arithmetic.

The same numbers on both databases. Some buy often and many seldom, more of late than long ago; a twentieth
are organisations, some people belong to one, and most have agreed to mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from campaign.contacts import provinces

# multipliers of a linear congruence per column, so that columns do not go together; primes above 2**28
MULTIPLIERS = (2654435761, 2246822519, 3266489917, 668265263, 374761393, 1597334677, 2869860233, 3812015801)
MODULUS = 4294967291  # the largest prime below 2**32
DAYS = 1500  # how far back orders go
NAMES = (
    ("Nguyễn Văn An", "nguyen van an"), ("Trần Thị Sen", "tran thi sen"), ("Lê Hoa", "le hoa"),
    ("Phạm Thu Hà", "pham thu ha"), ("Đỗ Minh", "do minh"), ("Vũ Lan", "vu lan"),
)  # fmt: skip
PROVINCES = (
    "Hà Nội", "Hà Nội", "TP. Hồ Chí Minh", "TP. Hồ Chí Minh", "Huế", "Đà Nẵng", "Hải Phòng", "Cần Thơ",
    "Nghệ An", "Lâm Đồng", "Quảng Ninh", "Thái Nguyên",
)  # fmt: skip
LANGUAGES = ("vi",) * 18 + ("en", "zh")
PRODUCTS = (
    "Trà sen", "Trà nhài", "Trà ô long", "Trà xanh", "Ấm đất", "Chén sứ", "Hộp quà Tết", "Trà shan tuyết",
    "Mứt sen", "Bánh đậu xanh", "Trà gừng", "Cà phê",
)  # fmt: skip
TRAITS = (
    '{"income": "20–30 triệu", "household_size": "4"}', '{"income": "trên 50 triệu"}',
    '{"interests": "trà đạo, cây cảnh"}', '{"household_size": "2", "interests": "đọc sách"}',
)  # fmt: skip
CHANNELS = ("cửa hàng", "web", "điện thoại", "sàn")


def _pick(column: int, size: int, of: str = "s.i") -> str:
    """An expression: a number below `size` that looks accidental."""
    return f"(({of} * {MULTIPLIERS[column]} + {column}) % {MODULUS} % {size})"


def _one_of(column: int, words: tuple[str, ...]) -> str:
    cases = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
    return f"(CASE {_pick(column, len(words))} {cases} END)"


@dataclass(frozen=True)
class Sent:
    """A mailing to `share` of ten people; `column` is its place among the mailings."""

    mailing_id: int
    audience_id: int
    variant_id: int
    channel: str
    share: int
    column: int
    at: datetime


class Shop:
    """Fills an empty database whose sender is the one given."""

    def __init__(self, connection: Connection, contacts: int, today: date, now: datetime) -> None:
        self._connection = connection
        self._contacts = contacts
        self._today = today
        self._sqlite = connection.dialect.name == "sqlite"
        self._now = self._moment(now)

    def fill(self, sender_id: int, orders: int) -> None:
        self.people()
        self.consents(sender_id)
        self.refusals()
        self.orders(1, orders)

    def _moment(self, moment: datetime) -> str:
        return moment.strftime("'%Y-%m-%d %H:%M:%S.000000" + ("'" if self._sqlite else "+00'"))

    def people(self) -> None:
        n = self._contacts
        organisation = "s.i % 20 = 0"
        # organisations have the numbers 20, 40 ...; a tenth of the people belong to one
        theirs = f"({_pick(1, max(n // 20, 1))} + 1) * 20" if n >= 20 else "NULL"
        employer = f"CASE WHEN {organisation} OR {_pick(0, 10)} > 0 THEN NULL ELSE {theirs} END"
        # of a tenth of the people somebody knows more
        traits = f"CASE WHEN {_pick(6, 10)} = 0 THEN {_one_of(7, TRAITS)} ELSE '{{}}' END"
        if not self._sqlite:
            traits = f"CAST({traits} AS jsonb)"
        columns = {
            "id": "s.i", "code": "'KH' || s.i", "organisation_id": employer,
            "kind": f"CASE WHEN {organisation} THEN 'organisation' ELSE 'person' END",
            "full_name": _one_of(2, tuple(name for name, _ in NAMES)),
            "name_key": _one_of(2, tuple(key for _, key in NAMES)),
            "email": f"CASE WHEN {_pick(3, 7)} = 0 THEN '' ELSE 'kh' || s.i || '@example.com' END",
            "email_key": f"CASE WHEN {_pick(3, 7)} = 0 THEN '' ELSE 'kh' || s.i || '@example.com' END",
            "letter_key": f"CASE WHEN {_pick(4, 5)} < 2 THEN '' ELSE 'kh ' || s.i END",
            "place_key": f"CASE WHEN {_pick(4, 5)} < 2 THEN '' ELSE 'kh ' || s.i END",
            "province": _one_of(5, PROVINCES),
            "province_key": _one_of(5, tuple(provinces.key_of(name, "VN") for name in PROVINCES)),
            "traits": traits, "language": _one_of(6, LANGUAGES),
            "sex": f"CASE WHEN {_pick(7, 2)} = 0 THEN 'nữ' ELSE 'nam' END",
            "birth_month": f"CASE WHEN {_pick(1, 10)} < 3 THEN NULL ELSE 1 + {_pick(2, 12)} END",
            "birth_day": f"CASE WHEN {_pick(1, 10)} < 3 THEN NULL ELSE 1 + {_pick(3, 28)} END",
            "birth_calendar": f"CASE WHEN {_pick(4, 10)} = 0 THEN 'lunar' ELSE 'solar' END",
            "country": "'VN'", "time_zone": "'Asia/Ho_Chi_Minh'", "custom": "'{}'",
            "created_at": self._now, "updated_at": self._now,
        }  # fmt: skip
        empty = (
            "position", "given_name", "form_of_address", "phone", "street", "ward", "district", "postal_code",
            "occupation", "line_of_business", "legal_representative", "note",
        )  # fmt: skip
        self._make("contact", columns | dict.fromkeys(empty, "''"), 1, n)
        for tag, one_in in (("vip", 10), ("hội chợ", 5), ("đối thủ", 40)):
            self._make(
                "contact_tag",
                {"contact_id": "s.i", "tag": f"'{tag}'"},
                1,
                n,
                f"{_pick(one_in % 8, one_in)} = 1",
            )

    def consents(self, sender_id: int) -> None:
        """Seven in ten agreed; every twentieth of them took it back."""
        columns = {
            "contact_id": "s.i", "sender_id": str(sender_id), "channel": "'email'", "purpose": "'marketing'",
            "source": "'bench'", "at": self._now,
        } | dict.fromkeys(("wording", "content_kind", "frequency", "method"), "''")  # fmt: skip
        agreed = f"{_pick(0, 10)} < 7"
        self._make("consent", columns | {"action": "'granted'"}, 1, self._contacts, agreed)
        gone = f"{agreed} AND {_pick(5, 20)} = 0"
        self._make("consent", columns | {"action": "'withdrawn'"}, 1, self._contacts, gone)
        no_letters = columns | {"channel": "'letter'", "action": "'withdrawn'"}
        self._make("consent", no_letters, 1, self._contacts, f"{_pick(2, 20)} = 0")

    def refusals(self) -> None:
        """Of a hundred people's addresses two are suppressed and of their places one; five in a thousand
        people rest."""
        for channel, key, column, one_in in (("email", "email_key", 6, 50), ("letter", "place_key", 7, 100)):
            columns = {
                "channel": f"'{channel}'", "address_key": f"c.{key}", "reason": "'bounced'",
                "source": "'bench'", "at": self._now,
            }  # fmt: skip
            some = f"c.kind = 'person' AND c.{key} <> '' AND {_pick(column, one_in, 'c.id')} = 0"
            self._connection.execute(
                text(
                    f"INSERT INTO suppression ({', '.join(columns)}) SELECT {', '.join(columns.values())} "  # noqa: S608 (words of ours)
                    f"FROM contact AS c WHERE {some}"
                )
            )
        resting = {"contact_id": "s.i", "reason": "'pause'", "note": "''", "starts_at": self._now}
        self._make("hold", resting, 1, self._contacts, f"{_pick(0, 200)} = 3")

    def orders(self, first: int, last: int) -> None:
        """A fifth of the customers has four fifths of the orders; numbers squared: most are recent."""
        keen = f"{_pick(0, max(self._contacts // 5, 1))} * 5 + 1"
        customer = f"CASE WHEN {_pick(5, 5)} < 4 THEN {keen} ELSE {_pick(6, self._contacts)} + 1 END"
        age = f"({_pick(1, DAYS)} * {_pick(1, DAYS)} / {DAYS})"
        day = f"DATE '{self._today}' - CAST({age} AS integer)"
        if self._sqlite:
            day = f"date('{self._today}', '-' || {age} || ' days')"
        self._make(
            "customer_order",
            {
                "contact_id": customer, "number": "'B' || s.i",
                "ordered_on": day, "amount": f"(1 + {_pick(2, 400)}) * 5000", "currency": "'VND'",
                "product": _one_of(3, PRODUCTS), "channel": _one_of(4, CHANNELS),
            },
            first, last,
        )  # fmt: skip

    def deliveries(self, sent: Sent) -> None:
        """To those whom the channel reaches, organisations left out."""
        key, lacking = {
            "email": ("'kh' || s.i || '@example.com'", f"{_pick(3, 7)} = 0"),
            "letter": ("'kh ' || s.i", f"{_pick(4, 5)} < 2"),
        }[sent.channel]
        who = f"s.i % 20 <> 0 AND NOT {lacking} AND {_pick(sent.column, 10)} < {sent.share}"
        number = f"s.i + {sent.column * self._contacts}"
        both = {
            "id": number, "contact_id": "s.i", "channel": f"'{sent.channel}'",
            "variant_id": str(sent.variant_id), "address": key, "address_key": key,
        }  # fmt: skip
        members = both | {"audience_id": str(sent.audience_id), '"values"': "'{}'", "part": "'all'"}
        self._make("audience_member", members, 1, self._contacts, who)
        rows = both | {
            "mailing_id": str(sent.mailing_id), "audience_member_id": number, "state": "'accepted'",
            "settled_at": self._moment(sent.at), "attempt": "1", "fence": "1",
        }  # fmt: skip
        empty = ("reason", "lease_owner", "message_id_header", "body_sha256", "smtp_reply")
        self._make("delivery", rows | dict.fromkeys(empty, "''"), 1, self._contacts, who)

    def events(self, kind: str, *, machine: bool, share: int) -> None:
        """What came of so many of a hundred deliveries, a day after they left."""
        column = sum(map(ord, kind)) % len(MULTIPLIERS)
        later = "d.settled_at + INTERVAL '1 day'"
        if self._sqlite:
            later = "datetime(d.settled_at, '+1 day') || '.000000'"
        values = f"'{kind}', {str(machine).lower()}, d.id, {later}, '{{}}'"
        self._connection.execute(
            text(
                f"INSERT INTO event (kind, machine, delivery_id, at, detail) SELECT {values} "  # noqa: S608 (words of ours)
                f"FROM delivery AS d WHERE {_pick(column, 100, 'd.id')} < {share}"
            )
        )

    def _make(self, table: str, columns: dict[str, str], first: int, last: int, where: str = "true") -> None:
        # every word in these statements is ours
        numbers, start = f"SELECT CAST(i AS bigint) AS i FROM generate_series({first}, {last}) AS g(i)", ""  # noqa: S608 (words of ours)
        if self._sqlite:
            numbers = "SELECT i FROM g"
            start = (
                f"WITH RECURSIVE g(i) AS (VALUES ({first}) UNION ALL SELECT i + 1 FROM g WHERE i < {last}) "  # noqa: S608 (words of ours)
            )
        self._connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(columns)}) {start}"  # noqa: S608 (words of ours)
                f"SELECT {', '.join(columns.values())} FROM ({numbers}) AS s WHERE {where}"
            )
        )
