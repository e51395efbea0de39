"""The migrations make exactly the tables of the models, on both databases, and can be taken back."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from campaign import migrations, schema
from campaign.db import Database
from campaign.errors import SetupError
from campaign.models import Base


def test_migrations_and_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": migrations.is_modelled}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_can_be_taken_back_and_run_again(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'there-and-back.db'}")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        config = migrations._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")
    migrations.require_current(database)


def test_the_files_tell_all_revisions_and_the_newest() -> None:
    scripts = ScriptDirectory.from_config(migrations._config())
    assert set(schema.ours()) == {one.revision for one in scripts.walk_revisions()}
    assert schema.ours()[-1] == scripts.get_current_head()


def test_a_web_process_knows_its_schema_without_alembic() -> None:
    look = "import sys, wsgi; assert 'campaign.schema' in sys.modules; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_an_unknown_schema_is_refused(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with pytest.raises(SetupError, match="campaign db upgrade"):
        migrations.require_current(database)


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_the_audit_log_takes_no_change(database: Database, act: str) -> None:
    insert = (
        "INSERT INTO audit_entry (at, actor, action, noun, noun_id, detail, previous_hash, hash) "
        "VALUES ('2026-03-09', 'a', 'b', 'c', '1', '{}', '', 'x')"
    )
    with database.engine.begin() as connection:
        connection.execute(text(insert))
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(act))
