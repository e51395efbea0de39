"""No cell of an export is a formula, and nothing is changed by that."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.contacts import csv_safe
from campaign.contacts.csv_import.csv_rows import FORMULA_STARTS
from campaign.models import EventKind
from campaign.report import export, numbers
from tests.factories import make_contact, make_delivery
from tests.report.test_numbers import happen, make_campaign


@given(st.text())
def test_a_neutral_cell_starts_no_formula_and_reads_back(text: str) -> None:
    cell = csv_safe.neutral(text)
    assert isinstance(cell, str)
    assert not cell.startswith(FORMULA_STARTS)
    assert csv_safe.restore(cell) == text


def test_numbers_stay_numbers() -> None:
    assert csv_safe.neutral(-3) == -3


def test_hostile_names_round_trip(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    names = ["=cmd|' /C calc'!A0", "+84901", "-1", "@SUM(A1)", "\tx", "\rx", "'x", 'Nguyễn "Ân", Ờ', "a\nb"]
    for name in names:
        contact = make_contact(db)
        make_delivery(db, mailing, contact)
        contact.full_name = name  # past the profile, which would have cleaned it
    text = "".join(export.deliveries(db, campaign.id))
    assert text.startswith(csv_safe.BOM)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(csv_safe.BOM), newline="")))
    assert [csv_safe.restore(row["name"]) for row in rows] == names
    for row in rows:
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())


def test_first_times_of_people(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    opened, scanned = make_delivery(db, mailing), make_delivery(db, mailing)
    happen(db, opened.id, EventKind.OPEN)
    happen(db, scanned.id, EventKind.OPEN, machine=True)
    text = "".join(export.deliveries(db, campaign.id)).removeprefix(csv_safe.BOM)
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert first["opened_at"] == "2026-03-09T02:00:00+00:00"
    assert second["opened_at"] == ""


def test_the_summary_has_a_row_per_channel(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    make_delivery(db, mailing)
    text = "".join(export.summary(numbers.of_campaign(db, campaign.id)))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(csv_safe.BOM), newline="")))
    assert [(row["channel"], row["sent"]) for row in rows] == [("email", "1"), ("total", "1")]
