"""Write a migration from the difference between the models and the newest schema: NAME is its title."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from campaign import migrations
from campaign.db import Database

with tempfile.TemporaryDirectory() as folder:
    database = Database(f"sqlite:///{Path(folder) / 'schema.db'}")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        config = migrations._config()
        config.attributes["connection"] = connection
        existing = len(list((Path(migrations.__file__).parent / "versions").glob("*.py")))
        command.revision(config, sys.argv[1], autogenerate=True, rev_id=f"{existing + 1:04d}")
