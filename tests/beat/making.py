"""A beat of the test's own, and what it finds to mend."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from redis import Redis
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.db import Database
from campaign.dispatch import moves
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import Journal
from campaign.models import Channel, Mailing
from campaign.queue import Queues


def beat_on(database: Database, redis_url: str, tmp_path: Path) -> tuple[Beat, Queues]:
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url})
    queues = Queues(Redis.from_url(redis_url))
    return Beat(settings, database, queues), queues


def a_lane_dies(db: Session, mailing: Mailing, state_dir: Path, now: datetime) -> None:
    """It had claimed two rows and ended neither: its journal says nothing of them."""
    host = this_host(state_dir)
    journal = Journal(host, f"{host.id}:1:x")
    moves.claim(db, mailing.id, Channel.EMAIL, f"{host.id}:1:x", 2, now)
    db.commit()
    journal.leave()
