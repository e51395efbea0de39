"""The bench of the search on a small list, on both databases: it runs and says what it is to say."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from campaign.cli import bench as commands

ROWS = 2_000


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_question_is_asked_and_answered(database: str) -> None:
    asked = ["search", "--rows", str(ROWS), "--rounds", "1", "--database", database, "--json"]
    done = CliRunner().invoke(commands.command, asked)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert (told["rows"], told["database"]) == (ROWS, database)
    questions = told["questions"]
    assert len(questions) >= 20
    assert told["worst_ms"] == max(one["ms"] for one in questions.values())
    assert questions["all, first page"]["found"] == ROWS
    assert questions["code"]["found"] == questions["e-mail address"]["found"] == 1
    assert questions["word that nobody has"]["found"] == 0
    assert questions["most frequent name"]["found"] > ROWS / 4
