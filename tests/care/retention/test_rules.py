"""What has been kept long enough goes, in batches, with its count in the log; proof and people stay."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from campaign import audit
from campaign.care import retention
from campaign.care.retention import kind
from campaign.cli import group
from campaign.clock import utc_now
from campaign.contacts import consent
from campaign.contacts.csv_import import imports
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import (
    AuditEntry,
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    ContactImport,
    ImportKind,
    ImportRefusal,
    InboundMail,
    InboundState,
    Role,
    SignInFailure,
)
from campaign.storage import FileStore
from tests.contacts.test_imports import take
from tests.factories import make_contact, make_order, make_sender
from tests.web.conftest import SignedIn, app, settings, signed_in  # noqa: F401 (fixtures)

LONG = timedelta(days=800)
ROWS = "Họ tên,E-mail\nLan,lan@example.com\nHoa,hỏng\n".encode()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def mail(received: datetime, state: InboundState, name: str) -> InboundMail:
    return InboundMail(
        sha256=name, envelope_to="a@example.com", raw=b"From: Lan", state=state, received_at=received
    )


def furnish(database: Database, files: FileStore, now: datetime) -> None:
    """Of every kind one that is old and one that is not."""
    take(database, files, now - LONG, ROWS)
    take(database, files, now, ROWS.replace(b"lan@", b"mai@"))
    with database.write() as db:
        imports.upload(
            db, files, kind=ImportKind.CONTACTS, file_name="never.csv", file=io.BytesIO(ROWS), now=now - LONG
        )
        db.add(mail(now - LONG, InboundState.PARSED, "old"))
        db.add(mail(now - LONG, InboundState.SHELVED, "unclear"))
        db.add(mail(now, InboundState.PARSED, "new"))
        for at in (now - LONG, now):
            db.add(SignInFailure(email="a@example.com", address="192.0.2.1", at=at))


NOTHING = dict.fromkeys((each.name for each in retention.KINDS), 0)
EXPECTED = NOTHING | {"raw-mail": 1, "import-files": 2, "refused-rows": 1, "sign-ins": 1}


def test_old_things_go_and_new_ones_stay(database: Database, files: FileStore, now: datetime) -> None:
    furnish(database, files, now)
    with database.read() as db:
        assert retention.is_due(db, now)
        assert retention.would(db, now) == EXPECTED
    assert retention.apply(database, files, lambda: now) == EXPECTED
    with database.read() as db:
        assert retention.would(db, now) == NOTHING
        raws = {row.sha256: row.raw for row in db.scalars(select(InboundMail))}
        assert raws == {"old": b"", "unclear": b"From: Lan", "new": b"From: Lan"}
        kept = db.scalars(select(ContactImport).order_by(ContactImport.id)).all()
        assert [(one.file_key == "", one.preview == []) for one in kept] == [(True, True), (False, True)]
        assert kept[0].counts["refused"] == 1
        assert db.scalars(select(ImportRefusal.import_id)).all() == [kept[1].id]
        assert files.path(kept[1].file_key).is_file()
        assert len(list(files.path("imports").iterdir())) == 1
        assert db.scalar(select(func.count()).select_from(Contact)) == 2
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == retention.APPLIED)).one()
        assert entry.detail["gone"] == EXPECTED
        assert audit.verify(db) is None
        assert not retention.is_due(db, now + timedelta(hours=23))
        assert retention.is_due(db, now + timedelta(hours=24))


def test_an_import_whose_file_is_gone_can_still_be_taken_back(
    database: Database, files: FileStore, now: datetime
) -> None:
    from tests.contacts.test_import_undo import undo

    done = take(database, files, now - LONG, ROWS)
    retention.apply(database, files, lambda: now)
    assert undo(database, files, done.id, now).counts["removed"] == 1


def test_more_than_a_batch(
    database: Database, files: FileStore, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "BATCH", 2)
    with database.write() as db:
        for number in range(5):
            db.add(mail(now - LONG, InboundState.PARSED, str(number)))
    assert retention.apply(database, files, lambda: now)["raw-mail"] == 5
    asked: list[int] = []
    with database.write() as db:
        for number in range(5, 10):
            db.add(mail(now - LONG, InboundState.PARSED, str(number)))

    def stopping() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert retention.apply(database, files, lambda: now, stopping)["raw-mail"] == 2


def test_the_house_sets_its_days_or_none(database: Database, files: FileStore, now: datetime) -> None:
    furnish(database, files, now)
    with database.write() as db:
        retention.keep(db, {"raw-mail": None, "import-files": 3650}, None, now)
        assert retention.would(db, now)["raw-mail"] == retention.would(db, now)["import-files"] == 0
        assert retention.read(db)["refused-rows"] == 90
        for wrong in ({"raw-mail": 0}, {"raw-mail": 4000}, {"audit": 30}):
            with pytest.raises(InvalidInput):
                retention.keep(db, wrong, None, now)


def test_silent_people_are_proposed_and_nobody_else(database: Database, now: datetime) -> None:
    with database.write() as db:
        past = now - LONG
        silent = make_contact(db, now=past, full_name="Im Lặng")
        bought, agreed, refused = (make_contact(db, now=past) for _ in range(3))
        make_contact(db, now=now)
        make_order(db, bought, ordered_on=now.date())
        make_order(db, silent, ordered_on=past.date())
        sender = make_sender(db)
        terms = consent.Terms("x")
        email, marketing = Channel.EMAIL, ConsentPurpose.MARKETING
        consent.grant(db, agreed, sender.id, email, marketing, terms, source="x", now=past)
        consent.withdraw(db, refused, sender.id, email, marketing, source="x", now=past)
        assert retention.count_silent(db, now, 730) == 1
        assert db.scalars(select(Contact.id).where(retention.silent(now, 730))).all() == [silent.id]
    retention.apply(database, FileStore(Path("/nonexistent")), lambda: now)
    with database.read() as db:
        assert db.get_one(Contact, silent.id).full_name == "Im Lặng"
        assert db.scalar(select(func.count()).select_from(Consent)) == 2


def test_the_page_shows_the_figures_before(
    signed_in: SignedIn,  # noqa: F811
    database: Database,
    files: FileStore,
) -> None:
    furnish(database, files, utc_now())
    admin = signed_in(Role.ADMIN, language="en")
    page = admin.get("/retention").text
    assert "Now 2 would go." in page
    days = {name: str(value or "") for name, value in retention.defaults().items()}
    assert admin.post("/retention", data=days | {"raw-mail": "x"}).status_code == 422
    assert "Enter a number of days" in admin.post("/retention", data=days | {"raw-mail": "3"}).text
    assert admin.post("/retention", data=days | {"raw-mail": ""}).status_code == 303
    with database.read() as db:
        assert retention.read(db)["raw-mail"] is None
    looked = admin.post("/retention", data=days | {"import-files": "3650", "look": "yes"}).text
    assert "Nothing was saved" in looked
    assert "Now 2 would go." not in looked
    assert (
        "Enter a number of days from 60" in admin.post("/retention", data=days | {"frozen-values": "59"}).text
    )
    with database.read() as db:
        assert retention.read(db)["import-files"] == 90
    for role in (Role.MARKETER, Role.CARE, Role.REVIEWER):
        assert signed_in(role).get("/retention").status_code == 403
        assert signed_in(role).post("/retention", data=days).status_code == 403


def test_the_command_says_what_would_go_and_then_does_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    furnish(database, FileStore(tmp_path / "files"), utc_now())

    def run(*words: str) -> dict[str, object]:
        done = CliRunner().invoke(group, ["retention", *words], catch_exceptions=False)
        assert done.exit_code == 0
        told: dict[str, object] = json.loads(done.output)
        return told

    assert run("--dry-run", "--json")["counts"] == EXPECTED
    assert run("--json")["counts"] == EXPECTED
    assert run("--dry-run", "--json")["counts"] == NOTHING
