"""`campaign audit`: show and verify the audit log."""

from __future__ import annotations

import json
import sys

import click
from sqlalchemy import func, select

from campaign import audit
from campaign.cli import EXIT_NO
from campaign.cli.opening import reading
from campaign.models import AuditEntry


@click.group()
def command() -> None:
    """Show and verify the audit log."""


@command.command("list")
@click.option("--action", help="Only this action, e.g. account.created; a prefix such as account. will do.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="The newest N.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, oldest first.")
def list_(action: str | None, limit: int, as_json: bool) -> None:
    """Show the newest entries, oldest of them first."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if action:
        query = query.where(AuditEntry.action.startswith(action, autoescape=True))
    with reading() as db:
        for entry in reversed(db.scalars(query).all()):
            click.echo(json.dumps(_as_json(entry), ensure_ascii=False) if as_json else _as_line(entry))


@command.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify(as_json: bool) -> None:
    """Read the whole chain; exit 0 when it is whole, 1 when it is broken."""
    with reading() as db:
        broken = audit.verify(db)
        count = db.scalar(select(func.count()).select_from(AuditEntry)) or 0
    if as_json:
        found: dict[str, object] = {"whole": broken is None, "entries": count}
        if broken:
            found |= {"broken_at": broken.entry_id, "how": broken.how}
        click.echo(json.dumps(found))
    elif broken:
        click.echo(f"The chain is broken at entry {broken.entry_id}: {broken.how}.")
    else:
        click.echo(f"The chain is whole: {count} entries.")
    sys.exit(EXIT_NO if broken else 0)


def _as_line(entry: AuditEntry) -> str:
    detail = json.dumps(entry.detail, ensure_ascii=False) if entry.detail else ""
    at = entry.at.isoformat(sep=" ", timespec="seconds")
    return (
        f"{entry.id:>6}  {at}  {entry.actor}  {entry.action}  {entry.noun} {entry.noun_id}  {detail}".rstrip()
    )


def _as_json(entry: AuditEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "actor_id": entry.actor_id,
        "action": entry.action,
        "noun": entry.noun,
        "noun_id": entry.noun_id,
        "detail": entry.detail,
        "hash": entry.hash,
    }
