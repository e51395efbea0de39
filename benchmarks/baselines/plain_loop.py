"""What a sensible program without a campaign system does: a plain loop.

One persistent smtplib connection, premailer once, a compiled Jinja template, EmailMessage, and one commit a
row, so that a crash would repeat one message at most. As fast as that description allows: driver calls
without an ORM, rows read in one go, 8bit parts, policies made once. With --orm the rows are SQLAlchemy's
objects, as most programs have them; everything else stays.

    python plain_loop.py --port 2525 --messages 1000 --size 10000 --database postgresql+psycopg://… | sqlite:///…
"""

from __future__ import annotations

import argparse
import base64
import hmac
import json
import re
import smtplib
import sqlite3
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import premailer
import psycopg
from jinja2 import Environment, Template
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

HERE = Path(__file__).parent
KEY = b"a key of the house"
SENDER = "Trà Mộc An <thu@example.com>"
POLICY = SMTP.clone(cte_type="8bit")
TABLE = (
    "CREATE TABLE plain_loop (id integer PRIMARY KEY, address text NOT NULL, facts text NOT NULL, "
    "state text NOT NULL DEFAULT 'queued', sent_at text)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--size", type=int, required=True, help="bytes of a message; filled up with text")
    parser.add_argument("--database", required=True)
    parser.add_argument("--orm", action="store_true", help="rows as SQLAlchemy's objects")
    given = parser.parse_args()
    connection, mark = connect(given.database)
    prepare(connection, mark, given.messages)
    html, text = templates(given.size)
    smtp = smtplib.SMTP("127.0.0.1", given.port)
    rows = by_orm(given.database) if given.orm else by_driver(connection, mark)
    began, octets, count = time.monotonic(), 0, 0
    for row_id, address, facts_of_row, sent in rows:
        data = write(row_id, address, json.loads(facts_of_row), html, text)
        smtp.sendmail("bounce@example.com", [address], data, mail_options=["BODY=8BITMIME"])
        sent()
        octets, count = octets + len(data), count + 1
    seconds = time.monotonic() - began
    smtp.quit()
    connection.execute("DROP TABLE plain_loop")
    connection.commit()
    connection.close()
    print(json.dumps({"messages_per_second": count / seconds, "message_bytes": octets / count}))


def by_driver(connection, mark: str):
    """Each row, and what records and commits it as sent."""
    query = "SELECT id, address, facts FROM plain_loop WHERE state = 'queued'"
    for row_id, address, facts_of_row in connection.execute(query).fetchall():

        def sent(row_id: int = row_id) -> None:
            connection.execute(
                f"UPDATE plain_loop SET state = 'sent', sent_at = {mark} WHERE id = {mark}",
                (datetime.now(UTC).isoformat(), row_id),
            )
            connection.commit()

        yield row_id, address, facts_of_row, sent


def by_orm(url: str):
    """The same through one session of SQLAlchemy that expires nothing."""
    engine = create_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", lambda driver, _record: tune(driver))
    with Session(engine, expire_on_commit=False) as session:
        for row in session.scalars(select(Row).where(Row.state == "queued")).all():

            def sent(row: Row = row) -> None:
                row.state, row.sent_at = "sent", datetime.now(UTC).isoformat()
                session.commit()

            yield row.id, row.address, row.facts, sent
    engine.dispose()


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "plain_loop"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    facts: Mapped[str]
    state: Mapped[str]
    sent_at: Mapped[str | None]


def connect(url: str):
    """The driver's own connection, and how it marks a parameter."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=15)
        tune(connection)
        return connection, "?"
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)), "%s"


def tune(connection) -> None:
    """SQLite as the application has it."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def prepare(connection, mark: str, messages: int) -> None:
    """The rows; not timed."""
    connection.execute("DROP TABLE IF EXISTS plain_loop")
    connection.execute(TABLE)
    cursor = connection.cursor()
    cursor.executemany(
        f"INSERT INTO plain_loop (id, address, facts) VALUES ({mark}, {mark}, {mark})",
        [(number, f"khach{number}@example.com", facts(number)) for number in range(1, messages + 1)],
    )
    connection.commit()


def facts(number: int) -> str:
    return json.dumps(
        {
            "you": "chị Hương",
            "name": "Nguyễn Thị Lan Hương",
            "code": f"KH{number:06}",
            "points": 200 + number % 1800,
            "last_day": f"{1 + number % 28}/11",
            "last_product": "Hồng trà Tà Xùa 100 g",
            "shop": "Hàng Gai",
            "province": "Hà Nội",
            "tier": "Vàng",
            "discount": "8%",
            "clerk": "Trần Thu Khánh",
            "clerk_phone": f"024 38{number % 10**6:06}",
        },
        ensure_ascii=False,
    )


def links(row_id: int) -> dict[str, str]:
    """Four signed addresses, as ours."""
    return {
        name: f"https://thu.example.com/{name[0]}/{row_id}."
        + base64.urlsafe_b64encode(hmac.digest(KEY, f"{name}{row_id}".encode(), "sha256")[:16]).decode()
        for name in ("unsubscribe", "view", "pixel", "click")
    }


def write(row_id: int, address: str, values: dict, html: Template, text: Template) -> bytes:
    """One recipient's message."""
    values = values | links(row_id)
    message = EmailMessage(policy=POLICY)
    message["From"] = SENDER
    message["To"] = address
    message["Subject"] = f"[QC] {values['you']} ơi, {values['points']} điểm đổi được trà mới"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{row_id}.plain@example.com>"
    message["List-Unsubscribe"] = f"<{values['unsubscribe']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text.render(values), cte="8bit")
    message.add_alternative(html.render(values), subtype="html", cte="8bit")
    return message.as_bytes()


def templates(size: int) -> tuple[Template, Template]:
    """HTML with its styles inlined once, and text, filled up so that a message has `size` bytes."""
    html = premailer.transform(
        (HERE / "message.html").read_text(encoding="utf-8"), disable_link_rewrites=True
    )
    # premailer escapes the blanks within attributes
    html = re.sub(r"{{%20(\w+)%20}}", r"{{ \1 }}", html)
    text = (HERE / "message.txt").read_text(encoding="utf-8")
    made = _compiled(html, text)
    missing = size - len(write(1, "khach1@example.com", json.loads(facts(1)), *made))
    if missing > 0:
        line = "Tra moi hai, sao tay trong chao gang o ban Be, nuoc vang sanh, hau ngot lau.\n"
        filler = (line * (missing // len(line) + 1))[: max(0, missing - 8)]
        made = _compiled(html.replace("</body>", f"<p>{filler}</p></body>"), text)
    return made


def _compiled(html: str, text: str) -> tuple[Template, Template]:
    return Environment(autoescape=True).from_string(html), Environment(autoescape=False).from_string(text)


if __name__ == "__main__":
    main()
