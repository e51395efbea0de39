"""`campaign delivery show`: what exactly did she receive?"""

from __future__ import annotations

import json
import sys
from email import message_from_bytes, policy

import click

from campaign import config
from campaign.cli import EXIT_NO
from campaign.cli.opening import reading
from campaign.dispatch.rebuild import Rebuilt, Verdict, rebuild
from campaign.errors import NotFound
from campaign.i18n import translate
from campaign.models import Delivery


@click.group()
def command() -> None:
    """One message to one person."""


@command.command()
@click.argument("delivery", type=int)
@click.option(
    "--raw",
    is_flag=True,
    help="The message as bytes and nothing else: campaign delivery show 7 --raw > 7.eml",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show(delivery: int, raw: bool, as_json: bool) -> None:
    """Make the message of the delivery with that number again, and say whether it is exactly what was sent.

    It is made from the signed content, the frozen values and the date of the delivery, without the DKIM
    signatures, and held against the hash that was stored when it was sent. After an erasure, or when the
    house's days for the frozen values are over, only the hash is left. Exit 0 when it is exactly what was
    sent, 1 when not, 2 when there is no such delivery.
    """
    with reading() as db:
        row = db.get(Delivery, delivery)
        if row is None:
            raise NotFound(f"There is no delivery number {delivery}.")
        found = rebuild(db, config.load(), row)
        facts = _facts(row, found)
    if raw:
        sys.stdout.buffer.write(found.data or b"")
        click.echo(facts["sentence"], err=True)
    elif as_json:
        click.echo(json.dumps(facts | {"message": _text(found)}, ensure_ascii=False))
    else:
        click.echo(facts["sentence"])
        click.echo(_readable(found), nl=False)
    if found.verdict is not Verdict.EXACT:
        sys.exit(EXIT_NO)


def _facts(row: Delivery, found: Rebuilt) -> dict[str, object]:
    erased = found.verdict in (Verdict.ERASED, Verdict.GONE)
    return {
        "delivery": row.id,
        "mailing": row.mailing_id,
        "state": row.state.value,
        "address": None if erased else row.address,
        "message_id": row.message_id_header,
        "dated_at": row.dated_at.isoformat() if row.dated_at else None,
        "sha256": found.sha256,
        "verdict": found.verdict.value,
        "sentence": translate("en", f"received-{found.verdict}", why=found.why),
    }


def _text(found: Rebuilt) -> str | None:
    return found.data.decode("utf-8", "replace") if found.data else None


def _readable(found: Rebuilt) -> str:
    """Header and text part, as a mail program shows them."""
    if found.data is None:
        return f"SHA-256 {found.sha256}\n" if found.sha256 else ""
    message = message_from_bytes(found.data, policy=policy.default)
    head = "".join(f"{name}: {message[name]}\n" for name in message.keys())  # noqa: SIM118 (not a mapping)
    part = message.get_body(("plain",))
    return f"SHA-256 {found.sha256}\n\n{head}\n{part.get_content() if part else ''}"
