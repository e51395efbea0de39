"""The lab's own PostgreSQL survives what the lab does to it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from campaign.db import Database
from campaign.lab import postgres


@pytest.mark.postgres
def test_what_was_committed_survives_a_kill() -> None:
    with postgres.running(fsync=False) as cluster:
        database = Database(cluster.url)
        with database.write() as db:
            db.execute(text("CREATE TABLE kept (number integer)"))
            db.execute(text("INSERT INTO kept VALUES (7)"))
        cluster.kill()
        assert not cluster.answers()
        database.close()
        with pytest.raises(OperationalError), database.write() as db:
            db.execute(text("SELECT 1"))
        cluster.start()
        cluster.wait()
        with database.read() as db:
            assert db.scalar(text("SELECT number FROM kept")) == 7
        database.close()
