"""The role that docs/segments.md names for counting: with its grants it counts, and does nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from campaign import config, segments
from campaign.config import Settings
from campaign.db import Database
from campaign.models import Base, ConsentPurpose, Segment, Sender
from campaign.segments import count, exchange, rule
from campaign.segments.asking import asking
from campaign.segments.exam import examine
from campaign.segments.saved import names_for
from tests.conftest import NOW
from tests.factories import make_account, make_consent, make_contact, make_order, make_segment, make_sender

DOCS = Path(__file__).parents[2] / "docs/segments.md"
ROLE = "campaign_reader"
# what may never be read with it, whole tables or columns
SECRET_TABLES = [
    "account_session", "account_role", "second_factor", "recovery_code", "sign_in_failure", "dkim_key",
    "inbound_mail", "reply", "audit_entry", "contact_note", "erasure_secret", "opt_in",
]  # fmt: skip
RULES: list[dict[str, Any]] = [
    {"type": "and", "rules": []},
    {"type": "attribute", "field": "province", "op": "is", "values": ["Hà Nội"]},
    {"type": "attribute", "field": "owner", "op": "is", "values": [1]},
    {"type": "reachable", "channel": "email", "purpose": "marketing", "sender_id": 1},
]


def granted() -> list[str]:
    """The statements of the documentation."""
    blocks = re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.S)
    (found,) = [block for block in blocks if ROLE in block]
    return [" ".join(statement.split()) for statement in found.split(";") if statement.strip()]


@pytest.fixture
def reader(database: Database) -> Iterator[str]:
    """The URL of the role, made by the documentation's own words; roles are the whole server's, so it has a
    name that no other test has."""
    if database.is_sqlite:
        pytest.skip("SQLite has no roles; there the connection refuses to write (test_asking)")
    role, password = f"{ROLE}_{secrets.token_hex(4)}", secrets.token_hex(8)
    with database.engine.begin() as admin:
        for statement in granted():
            here = statement.replace("'...'", f"'{password}'").replace(ROLE, role)
            here = here.replace("DATABASE campaign ", f'DATABASE "{database.url.database}" ')
            admin.execute(text(here))
    yield database.url.set(username=role, password=password).render_as_string(hide_password=False)
    with database.engine.begin() as admin:
        ended = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :role")
        admin.execute(ended, {"role": role})
        admin.execute(text(f"DROP OWNED BY {role}"))
        admin.execute(text(f"DROP ROLE {role}"))


@pytest.fixture
def engine(reader: str) -> Iterator[Engine]:
    made = create_engine(make_url(reader))
    yield made
    made.dispose()


@pytest.fixture
def settings(reader: str, tmp_path: Path) -> Settings:
    loaded = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "CAMPAIGN_SEGMENTS_DATABASE_URL": reader})
    return replace(loaded, segments_seconds=600)


@pytest.fixture
def house(database: Database) -> int:
    """Two people of whom one bought and agreed; the number of a segment."""
    with database.write() as db:
        account, sender = make_account(db), make_sender(db)
        lan = make_contact(
            db, full_name="Lan", email="lan@example.com", tags=["khách quen"], owner_id=account.id
        )
        make_contact(db, full_name="Mai", email="mai@example.com")
        make_order(db, lan)
        make_consent(db, lan, sender)
        owned = {"type": "attribute", "field": "owner", "op": "is", "values": [account.id]}
        return make_segment(db, account, rule=owned).id


def test_it_counts_examines_and_exports(database: Database, settings: Settings, house: int) -> None:
    with asking(database, settings) as db:
        assert str(db.scalar(text("SELECT current_user"))).startswith(ROLE)
        sender = db.scalars(select(Sender)).one()
        for given in RULES:
            asked = rule.parse(given)
            found = count(db, asked, sender_id=sender.id, purpose=ConsentPurpose.MARKETING, now=NOW)
            assert found.people == (2 if given == RULES[0] else found.people)
            segments.sample(db, asked, now=NOW)
        segment = db.get_one(Segment, house)
        assert examine(db, segment, sender=sender, purpose=ConsentPurpose.MARKETING, now=NOW).segment
        assert list(names_for(db).owners.values())
        assert exchange.write(db, segment)["names"]["owners"]


def tables() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables]


@pytest.mark.parametrize("read_only", [True, False])
def test_it_writes_nothing(engine: Engine, read_only: bool) -> None:
    """Also when it says that its transaction may write."""
    refused = "read-only" if read_only else "permission denied"
    for table in tables():
        for statement in (f'DELETE FROM "{table}"', f'TRUNCATE "{table}"', f'DROP TABLE "{table}"'):
            with engine.connect() as db, db.begin() as work:
                if not read_only:
                    db.execute(text("SET TRANSACTION READ WRITE"))
                with pytest.raises(DBAPIError, match=f"{refused}|must be owner"):
                    db.execute(text(statement))
                work.rollback()


def test_it_reads_no_secret(engine: Engine) -> None:
    """Nothing but what the documentation names; of accounts no password."""
    listed = " ".join(granted())
    for table in {*tables(), "pg_authid"}:
        with engine.connect() as db:
            if re.search(rf"\b{table}\b", listed) and table != "account":
                db.execute(text(f'SELECT * FROM "{table}" LIMIT 1'))
                assert table not in SECRET_TABLES
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.execute(text(f'SELECT * FROM "{table}" LIMIT 1'))
    for column in ("password_hash", "language", "created_at"):
        with engine.connect() as db, pytest.raises(ProgrammingError, match="permission denied"):
            db.execute(text(f"SELECT {column} FROM account"))
    assert set(SECRET_TABLES) <= set(tables())


def test_it_reaches_no_file_and_no_program(engine: Engine) -> None:
    for statement in (
        "SELECT pg_read_file('/etc/passwd')",
        "COPY contact TO '/tmp/contacts'",
        "COPY contact TO PROGRAM 'cat'",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "CREATE TABLE mine (a int)",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "CREATE ROLE other",
    ):
        with engine.connect() as db, db.begin() as work:
            db.execute(text("SET TRANSACTION READ WRITE"))
            with pytest.raises(DBAPIError, match=r"permission denied|must be superuser|must have|only roles"):
                db.execute(text(statement))
            work.rollback()
