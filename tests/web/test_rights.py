"""Who may do what with data about people: the table holds for all routes; nothing leaves without a reason."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.contacts.csv_import import imports
from campaign.db import Database
from campaign.models import AuditEntry, ImportKind, ImportRefusal, Role
from campaign.report.export import deliveries
from campaign.storage import FileStore
from campaign.web import access
from campaign.web.rights_table import EXPORTS, TABLE, Action
from tests.factories import make_contact, make_delivery, make_segment
from tests.report.test_numbers import make_campaign
from tests.web.conftest import SignedIn

FILE = b"Ten,Email\nA,b\n"
CODE = Path(__file__).parents[2] / "campaign"
# downloads that hold nobody's data: public keys, rules of the linter and of segments, the development mailbox
WITHOUT_PEOPLE = {
    "web/admin/evidence_key.py",
    "web/mailbox/__init__.py",
    "web/rules/settings.py",
    "web/segments/exchange.py",
}
# a print run is handed to the printer: it was signed for that, and its steps are in the log
HANDED_ON = {"web/letters/__init__.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        if not name.startswith("lab/"):  # benches write files of their own to read
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def test_all_views_of_an_action_are_for_the_roles_of_the_table(app: Flask) -> None:
    found: dict[Action, set[str]] = {}
    for endpoint, view in app.view_functions.items():
        action = access.action_of(view)
        if action is not None:
            assert access.declared(view) == frozenset(TABLE[action]), endpoint
            found.setdefault(action, set()).add(endpoint)
    assert EXPORTS | {Action.ERASE} <= set(found)


@pytest.mark.parametrize("area", ["contacts", "deliveries"])
def test_every_view_of_customers_is_in_the_table(app: Flask, area: str) -> None:
    rows = {frozenset(roles) for roles in TABLE.values()}
    views = {name: view for name, view in app.view_functions.items() if name.startswith(f"{area}.")}
    assert views
    strange = [name for name, view in views.items() if access.declared(view) not in rows]
    assert strange == []


def test_nobody_but_an_administrator_erases(app: Flask) -> None:
    erasing = [view for name, view in app.view_functions.items() if "erase" in name]
    assert erasing
    assert all(access.declared(view) == {Role.ADMIN} for view in erasing)


def test_files_leave_by_one_door() -> None:
    """A view that makes a file of its own would ask for no reason."""
    named = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in ("Content-Disposition", "text/csv")
    }
    assert named - WITHOUT_PEOPLE == {"web/exporting.py"} | ({"inbound/parse.py"} & named)
    sent = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "as_attachment" and not _is_false(node.value)
    }
    assert sent == HANDED_ON


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_one_module_alone_writes_tables_for_spreadsheets() -> None:
    """Whoever writes CSV or workbooks elsewhere would have to remember formulas."""
    writers = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("writerow", "writerows", "DictWriter"):
                writers.add(name)
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "csv.writer":
                writers.add(name)
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                if {part.partition(".")[0] for part in names} & {"openpyxl", "xlsxwriter", "xlwt", "pandas"}:
                    writers.add(name)
    assert writers == {"contacts/csv_safe.py"}


@pytest.fixture
def exports(database: Database, now: datetime, app: Flask) -> dict[str, tuple[Action, str]]:
    """Path to action and a piece of what it gives."""
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        contact = make_contact(db, full_name="Lan")
        make_delivery(db, mailing, contact)
        contact.full_name = "=1+1 Lan"
        files = FileStore(app.extensions["campaign"].settings.files_dir)
        begun = imports.upload(
            db,
            files,
            kind=ImportKind.CONTACTS,
            file_name="k.csv",
            file=io.BytesIO(FILE),
            now=now,
        )
        values = {"value": "b"}
        db.add(ImportRefusal(import_id=begun.id, row=2, reason="contacts-error-email", values=values,
                             cells=["=cmd()", "b"]))  # fmt: skip
        segment = make_segment(db)
        return {
            f"/reports/campaigns/{campaign.id}/deliveries.csv": (Action.EXPORT_RECIPIENTS, "'=1+1 Lan"),
            f"/reports/campaigns/{campaign.id}/summary.csv": (Action.EXPORT_FIGURES, "total"),
            f"/contacts/{contact.id}/export": (Action.EXPORT_PERSON, "PK\x03\x04"),
            f"/contacts/imports/{begun.id}/refused.csv": (Action.EXPORT_REFUSED, "'=cmd()"),
            f"/segments/{segment.id}/people.csv": (Action.EXPORT_RECIPIENTS, "'=1+1 Lan"),
        }


@pytest.mark.parametrize("role", list(Role))
def test_an_export_asks_who_and_why(
    signed_in: SignedIn, database: Database, exports: dict[str, tuple[Action, str]], role: Role
) -> None:
    browser = signed_in(role)
    for path, (action, piece) in exports.items():
        if role not in TABLE[action]:
            assert browser.get(path).status_code == 403
            assert browser.post(path, data={"reason": "x"}).status_code == 403
            continue
        asked = browser.get(path)
        assert "Lý do" in asked.text
        assert piece not in asked.text
        kept = select(AuditEntry.id).where(AuditEntry.action == action.value.replace("-", ".", 1))
        with database.read() as db:
            before = db.scalars(kept).all()
        for empty in ({}, {"reason": "  \t "}):
            refused = browser.post(path, data=empty)
            assert refused.status_code == 422
            assert piece not in refused.text
        with database.read() as db:
            assert db.scalars(kept).all() == before
        sent = browser.post(path, data={"reason": "for the auditor"})
        assert piece in sent.get_data().decode("utf-8", "replace")
        assert sent.headers["Content-Disposition"].startswith("attachment")
        with database.write() as db:
            entry = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
            assert (entry.action, entry.detail["reason"]) == (
                action.value.replace("-", ".", 1), "for the auditor",
            )  # fmt: skip


def test_strangers_export_nothing(client, exports: dict[str, tuple[Action, str]]) -> None:  # type: ignore[no-untyped-def]
    for path in exports:
        assert client.get(path).status_code == 303
        assert client.post(path, data={"reason": "x"}).status_code == 303


def test_the_page_shows_the_table(signed_in: SignedIn) -> None:
    page = signed_in(Role.CARE, language="en").get("/rights").text
    assert "Erase a person’s data" in page
    yes = sum(len(roles) for roles in TABLE.values())
    assert page.count(">yes<") == yes
    assert page.count(">no<") == len(TABLE) * len(Role) - yes


def test_refused_rows_are_sent_line_by_line(database: Database, now: datetime, tmp_path: Path) -> None:
    with database.write() as db:
        begun = imports.upload(
            db, FileStore(tmp_path), kind=ImportKind.CONTACTS, file_name="k.csv", now=now,
            file=io.BytesIO(FILE),
        )  # fmt: skip
        for row in range(2, 2_502):
            db.add(ImportRefusal(import_id=begun.id, row=row, reason="contacts-import-nobody", cells=["A"]))
        id_ = begun.id
    with database.read() as db:
        entries = imports.each_refusal(db, id_)
        assert next(entries).row == 2
        assert sum(isinstance(one, ImportRefusal) for one in db.identity_map.values()) <= imports.ROWS_AT_ONCE
        assert [entry.row for entry in entries][-1] == 2_501


def test_deliveries_are_sent_in_pieces(database: Database) -> None:
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        make_delivery(db, mailing, make_contact(db))
        assert iter(found := deliveries(db, campaign.id)) is found
        assert "".join(found).count("\n") == 2


def test_nobody_gets_anothers_data_by_number(signed_in: SignedIn) -> None:
    care = signed_in(Role.CARE)
    for path in ("/contacts/999999/export", "/contacts/imports/999999/refused.csv"):
        assert care.get(path).status_code in (403, 404)
        assert care.post(path, data={"reason": "x"}).status_code in (403, 404)
    assert signed_in(Role.REVIEWER).post("/contacts/1/export", data={"reason": "x"}).status_code == 403
