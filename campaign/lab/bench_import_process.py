"""The importing process of `campaign bench import`: upload and run, as page and worker do.

python -m campaign.lab.bench_import_process URL FOLDER FILE
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from campaign.clock import utc_now
from campaign.contacts.csv_import import imports, running
from campaign.db import Database
from campaign.models import ImportKind
from campaign.storage import FileStore


def main() -> None:
    """One line of JSON: seconds, the most memory it held, the figures of the import."""
    url, folder, file = sys.argv[1:]
    database, files = Database(url), FileStore(Path(folder))
    began = time.perf_counter()
    with open(file, "rb") as opened:
        received = imports.receive(
            files, kind=ImportKind.CONTACTS, file_name="khach.csv", file=opened, now=utc_now()
        )
    with database.write() as db:
        begun = imports.keep(db, received, utc_now())
        options = {
            "source": "bench", "consent": "yes", "sender_id": "1", "wording": "Tôi đồng ý nhận thư.",
            "collected_by": "cửa hàng", "collected_on": f"{datetime.now(UTC):%Y-01-01}",
            "purposes": ["marketing"],
        }  # fmt: skip
        imports.ask_run_at_once(begun, begun.mapping, options)
    if not running.work(running.Work(database, files, begun.id, utc_now)):
        raise SystemExit("the import was not done")
    seconds = time.perf_counter() - began
    with database.read() as db:
        done = db.get_one(type(begun), begun.id)
        if done.error:
            raise SystemExit(str(done.error))
        counts = {**done.counts, "mapped": len(done.mapping)}
    files.path(begun.file_key).unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_rss_mb": peak, "counts": counts}) + "\n")


if __name__ == "__main__":
    main()
