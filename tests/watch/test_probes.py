"""What the checks of /readyz say."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from campaign.db import Database
from campaign.watch.probes import database_answers


@pytest.mark.parametrize(
    ("schema", "well"),
    [
        ("0335", False),  # a backup of before was put in place under a running program
        ("9999", True),  # a newer version is being rolled out, and this program's turn comes
    ],
)
def test_a_schema_that_is_behind_is_red(database: Database, schema: str, well: bool) -> None:
    assert database_answers(database).ok
    with database.write() as db:
        mine = db.scalar(text("SELECT version_num FROM alembic_version"))
        db.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": schema})
    try:
        found = database_answers(database)
    finally:  # the fixture empties all tables but this one
        with database.write() as db:
            db.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": mine})
    assert found.ok is well
    assert ("campaign db upgrade" in found.text) is not well
