"""Every error becomes a page here and nowhere else: what happened and what to do now."""

from __future__ import annotations

from urllib.parse import urlsplit

import structlog
from flask import Flask, current_app, flash, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.wrappers import Response

from campaign.errors import CampaignError, NotFound, Refused, TokenError
from campaign.i18n import LANGUAGES, translate
from campaign.web import unit
from campaign.web.language import t

# statuses with words of their own in common.ftl: `common-error-404-title`, `-text`
WORDED = frozenset({400, 401, 403, 404, 405, 409, 413, 429, 500})

log = structlog.get_logger()


def init(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(TokenError, _bad_token)
    app.register_error_handler(CampaignError, _fault)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, text: str | None = None, title: str | None = None) -> Response:
    """The page (or, for htmx, the notice) for a status."""
    worded = status if status in WORDED else (500 if status >= 500 else 400)
    title = title or t(f"common-error-{worded}-title")
    text = text or t(f"common-error-{worded}-text")
    if request.headers.get("HX-Request"):
        response = current_app.make_response(
            (render_template("errors/notice.html", title=title, text=text), status)
        )
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    return current_app.make_response(
        (render_template("errors/error.html", status=status, title=title, text=text), status)
    )


def _http(error: HTTPException) -> Response:
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    if status < unit.FIRST_ERROR_STATUS:  # a redirect of the router's own
        return error.get_response()
    if isinstance(error, SecurityError):
        return bare_page(400)  # with a forged host no address can be made
    response = error_page(status)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or []))
    return response


def _form_too_old(error: CSRFError) -> Response:
    return error_page(400, t("common-error-csrf-text"), t("common-error-csrf-title"))


def _refused(error: Refused) -> Response:
    """Back to the page it came from, with the reason on top; a page of its own when that is unknown."""
    sentence = t(error.key, **error.values)
    back = _came_from()
    if request.method == "POST" and back and not request.headers.get("HX-Request"):
        unit.give_up()
        flash(sentence, "refused")
        return redirect(back, code=303)
    return error_page(409, sentence)


def _not_found(_error: NotFound) -> Response:
    return error_page(404)


def _bad_token(_error: TokenError) -> Response:
    return error_page(404, t("common-error-token-text"), t("common-error-token-title"))


def _fault(error: Exception) -> Response:
    log.error("a request failed", path=request.path, endpoint=request.endpoint, exc_info=error)
    if current_app.testing:
        raise error
    try:
        return error_page(500)
    except Exception as second:
        log.error("the error page failed, too", exc_info=second)
        return bare_page(500)


def bare_page(status: int) -> Response:
    """A page that needs neither database nor addresses, in every language we speak."""
    sections = [
        f'<section lang="{each}"><h1>{escape(translate(each, f"common-error-{status}-title"))}</h1>'
        f"<p>{escape(translate(each, f'common-error-{status}-text'))}</p></section>"
        for each in LANGUAGES
    ]
    page = '<!doctype html><meta charset="utf-8"><title>Campaign</title>' + "".join(sections)
    return current_app.response_class(page, status=status, mimetype="text/html")


def _came_from() -> str | None:
    """The path of our own page that sent the form, if the browser said so."""
    referrer = urlsplit(request.referrer or "")
    if not referrer.path or referrer.netloc != request.host:
        return None
    try:
        current_app.create_url_adapter(request).match(referrer.path, method="GET")  # type: ignore[union-attr]  # within a request there is one
    except HTTPException:
        return None  # the answer to another form, which cannot be asked for again
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")
