"""Job: print runs of a mailing's queued letters."""

from __future__ import annotations

import structlog

from campaign.clock import utc_now
from campaign.dispatch import lock, print_run
from campaign.dispatch.print_letters import Press
from campaign.links import Addresses, Signer
from campaign.storage import FileStore
from workers.context import opened

log = structlog.get_logger()


def make_print_run(mailing_id: int) -> None:
    """Make one PDF, or a few of bounded size, of all letters that wait."""
    with opened() as here:
        settings = here.settings
        with here.database.write() as db:
            if locked := lock.check(db, settings, utc_now()):
                log.warning("locked", mailing=mailing_id, why=locked.sentence)
                return
        addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
        press = Press(here.database, FileStore(settings.files_dir), addresses, utc_now)
        made = print_run.make(press, mailing_id)
        log.info("print_runs", mailing=mailing_id, made=made)
