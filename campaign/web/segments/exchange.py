"""A segment as a JSON file: downloaded, and brought in with a look at it first."""

from __future__ import annotations

import json
import unicodedata

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from campaign.segments import exchange, to_json
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import EDIT, SEE, blueprint
from campaign.web.segments.panel import panel
from campaign.web.segments.show import found

UNPROCESSABLE = 422


@blueprint.get("/<int:segment_id>/segment.json")
@roles(*SEE)
def download(segment_id: int) -> Response:
    """The file; whoever sees the segment sees all that is in it."""
    segment = found(segment_id)
    response = make_response(exchange.text_of(exchange.write(unit.db(), segment)))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=_file_name(segment.name))
    return response


def _file_name(name: str) -> str:
    """`khach-quy.json`: what every system takes as a name."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain if ord(sign) < 768)
    return f"{'-'.join(kept.split())[:60] or 'segment'}.json"


@blueprint.get("/import")
@roles(*EDIT)
def ask_import() -> str:
    return render_template("segments/import.html", error="", place="", preview=None)


@blueprint.post("/import")
@roles(*EDIT)
@unit.reading
def look() -> ResponseReturnValue:
    """What the file says, and how many people that is; nothing is kept: the editor keeps it."""
    file = request.files.get("file")
    raw = file.read(exchange.BYTES_LIMIT + 1) if file else b""
    try:
        if not raw:
            raise exchange.BadFile("segjson-error-missing")
        read = exchange.read(unit.db(), raw)
    except exchange.BadFile as error:
        problem = t(error.key, **error.values)
        page = render_template("segments/import.html", error=problem, place=error.place, preview=None)
        return page, UNPROCESSABLE
    return render_template(
        "segments/import.html", error="", place="", preview=panel(read.rule), read=read,
        rule=json.dumps(to_json(read.rule), ensure_ascii=False),
    )  # fmt: skip
