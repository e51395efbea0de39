"""Headers of every response: what a page may load, who may frame it, how long it may be kept.

Pages load from here alone and run no inline script or style. A preview of an e-mail or letter is a
document of its own (`as_preview`): no script, inline style allowed, pictures from the house, framed by
our pages only.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from campaign.web import unit

PAGE_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# a year, in seconds: what the field suggests for HSTS and for files whose name holds their hash
YEAR = 365 * 24 * 3600


def init(app: Flask) -> None:
    """Put them on every response that has none of its own."""
    app.after_request(_add)


def as_preview(response: Response) -> Response:
    """Mark the response as somebody's mail or letter, shown in a frame of ours."""
    # `sandbox` gives the document an origin of its own, so our address is named beside 'self'
    house = unit.settings().base_url
    response.headers["Content-Security-Policy"] = (
        f"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' {house}; "
        "frame-ancestors 'self'"
    )
    return response


def as_framed_file(response: Response) -> Response:
    """Mark a picture or PDF of ours that a page of ours shows in a frame."""
    response.headers["Content-Security-Policy"] = PAGE_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    return response


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if unit.settings().secure_cookies:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if request.endpoint != "static":
        # after sign-out the back button must not show a customer's page
        headers.setdefault("Cache-Control", "no-store")
    return response
