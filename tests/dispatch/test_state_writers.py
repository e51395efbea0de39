"""Nobody but the table of transitions changes the state of a delivery: the sources are read."""

from __future__ import annotations

from pathlib import Path

import pytest

import campaign
from tests.dispatch.state_writers import writers

ROOT = Path(campaign.__file__).parent.parent
FOLDERS = ("campaign", "workers", "scripts")
# what may stand there, by its beginning, and why
ALLOWED = {
    "campaign/dispatch/states.py": ["update(Delivery)"],  # the table itself
    "campaign/dispatch/plan.py": ["table.insert(Delivery.__table__)"],  # rows begin as queued
    # moves of the table, with facts beside them
    "campaign/dispatch/moves/attempts.py": ["move(transition, by_id=True)"],
    "campaign/dispatch/moves/people.py": ["move('count_as_sent')"],
    # columns beside the state, given as a dict or further down
    "campaign/dispatch/moves/erased.py": ["update(Delivery)"],
    "campaign/dispatch/moves/trial.py": ["update(Delivery)"],
    # states that are not a delivery's
    "campaign/approval/remarks.py": ["remark.state, "],
    "campaign/approval/signoff.py": ["submission.state = state"],
    "campaign/campaigns/checking.py": ["check.state, "],
    "campaign/campaigns/states.py": ["campaign.state = MOVES[act].target"],
    "campaign/contacts/csv_import/imports.py": ["begun.state, "],
    # figures of a report
    "campaign/report/numbers.py": ["setattr(numbers, state.value, ", "setattr(numbers, name, "],
    # a bench makes up what was sent; an old layout becomes a new one
    "campaign/lab/bench_pages_data.py": ["update(Delivery)"],
    "campaign/migrations/versions/0120_journal.py": ['"UPDATE delivery', "'UPDATE delivery"],
}


def _sources() -> list[Path]:
    return [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]


def test_nobody_else_changes_the_state_of_a_delivery() -> None:
    found = [
        (str(path.relative_to(ROOT)), line)
        for path in _sources()
        for line in writers(path.read_text(encoding="utf-8"))
    ]
    allowed = {name: tuple(beginnings) for name, beginnings in ALLOWED.items()}
    assert [one for one in found if not one[1].startswith(allowed.get(one[0], ()))] == []
    assert {name for name, _ in found} == set(ALLOWED), "what is no longer there need not be allowed"


@pytest.mark.parametrize(
    "line",
    [
        "update(Delivery).values(state='queued')",
        "update(Delivery).where(x).values(values)",
        "update(Delivery).values(**facts)",
        "update(Delivery.__table__).values({'state': x})",
        "update(models.Delivery).values(state=x)",
        "db.execute(update(Delivery), rows)",
        "rows = Delivery.__table__\nrows.update().values(state=x)",
        "table = cast(Table, Delivery.__table__)\nstatement = sqlite.insert(table)",
        "db.query(Delivery).filter(x).update({'state': y})",
        "db.bulk_update_mappings(Delivery, rows)",
        "Delivery(state=x)",
        "update(Delivery).values(place=1).values(state=x)",
        "held = update(Delivery).values(place=1)\nheld.values(state=x)",
        "from campaign.models import Delivery as Row\nupdate(Row).values(state=x)",
        "found.state = DeliveryState.QUEUED",
        "found.reason, found.state = '', State.QUEUED",
        "anything.state = target",
        "setattr(found, 'state', x)",
        "for one in db.scalars(select(Delivery)):\n    setattr(one, name, x)",
        "text('UPDATE delivery SET state = 1')",
        "text('insert or ignore into delivery (state) values (1)')",
    ],
)
def test_what_writes_it_is_found(line: str) -> None:
    assert writers(line)


@pytest.mark.parametrize(
    "line",
    [
        "update(Delivery).where(Delivery.state == x).values(lease_until=y)",
        "select(Delivery.state).where(Delivery.state == x)",
        "from campaign.models import MailingState\nmailing.state = MailingState.FINISHED",
        "update(OptIn).values(state=x)",
        "setattr(view, 'mark', x)",
        "text('SELECT state FROM delivery')",
        "state = Delivery.state",
    ],
)
def test_what_does_not_is_left_alone(line: str) -> None:
    assert writers(line) == []
