"""`campaign doctor`: look at the installation and say what is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from campaign import config, doctor
from campaign.doctor import Verdict

MARKS = {Verdict.OK: ("ok", "green"), Verdict.WARN: ("look", "yellow"), Verdict.BAD: ("bad", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(as_json: bool) -> None:
    """Look at Python, wheel, state folder, database, queue server, clock, mail in and out, base URL.

    Exit 0 when all is well or only worth a look, 1 when something is wrong.
    """
    remarks = []
    for remark in doctor.examine(config.load()):
        remarks.append(remark)
        if not as_json:
            word, colour = MARKS[remark.verdict]
            click.echo(f"{click.style(f'{word:<5}', fg=colour)} {remark.part:<9} {remark.text}")
    bad = any(remark.verdict is Verdict.BAD for remark in remarks)
    if as_json:
        click.echo(json.dumps({"ok": not bad, "remarks": [asdict(remark) for remark in remarks]}))
    if bad:
        raise SystemExit(1)
