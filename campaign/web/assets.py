"""Static files: each address carries the content's hash and may be kept for a year.

The style sheet is one file made from the parts in `static/css` in the order of their names; there is
no build step.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

from campaign.web import access
from campaign.web.headers import YEAR

STATIC = Path(__file__).parent / "static"
HASH_CHARACTERS = 12
ICONS = "vendor/lucide-1.62.0/sprite.svg"


def init(app: Flask) -> None:
    """Serve the style sheet, open the static folder to all, offer `asset()` to templates."""
    access.public(app.view_functions["static"])
    app.add_url_rule("/static/app.css", "style_sheet", access.public(_serve_style_sheet))
    app.after_request(_keep)
    app.add_template_global(asset)
    app.add_template_global(style_sheet_url)
    app.add_template_global(icon_sprite)


def asset(path: str) -> str:
    """The address of a file under `static/`, changing with its content."""
    return url_for("static", filename=path, v=_digest(STATIC / path))


def style_sheet_url() -> str:
    """The address of the one style sheet."""
    return url_for("style_sheet", v=_hash(style_sheet()))


def icon_sprite() -> str:
    """The address of the file that holds all icons; `#name` follows."""
    return asset(ICONS)


@cache
def style_sheet() -> bytes:
    """All parts, in the order of their names: `00-layers.css` first."""
    return b"\n".join(path.read_bytes() for path in sorted((STATIC / "css").rglob("*.css")))


def _serve_style_sheet() -> Response:
    return Response(style_sheet(), mimetype="text/css")


def _keep(response: Response) -> Response:
    if request.endpoint in {"static", "style_sheet"} and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@cache
def _digest(path: Path) -> str:
    return _hash(path.read_bytes())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_CHARACTERS]
