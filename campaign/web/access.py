"""Who may see which page: every view says so with `@roles(...)`, `@signed_in` or `@public`.

    @blueprint.get("/segments")
    @roles(Role.MARKETER)
    def index() -> str: ...

The check stands in one place, before the view runs; a view that declares nothing is never run, and a
guard test finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.models import Role
from campaign.web import unit
from campaign.web.rights_table import TABLE, Action

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: frozenset[Role] = frozenset()
_MARK = "_campaign_access"
_ACTION = "_campaign_action"


def roles(*allowed: Role) -> Callable[[View], View]:
    """The view is for signed-in people who hold at least one of the roles."""
    if not allowed:
        raise ValueError("name at least one role, or use @signed_in or @public")

    def mark(view: View) -> View:
        setattr(view, _MARK, frozenset(allowed))
        return view

    return mark


def may(action: Action) -> Callable[[View], View]:
    """The view does this with data about people: for those whom the table of rights names."""

    def mark(view: View) -> View:
        setattr(view, _ACTION, action)
        return roles(*TABLE[action])(view)

    return mark


def action_of(view: Callable[..., Any]) -> Action | None:
    """The action a view was declared with, if it is one of the table's."""
    return getattr(view, _ACTION, None)


def signed_in(view: View) -> View:
    """The view is for everybody who works here."""
    return roles(*Role)(view)


def public(view: View) -> View:
    """The view is for anybody: recipients, sign-in, health."""
    setattr(view, _MARK, PUBLIC)
    return view


def declared(view: Callable[..., Any]) -> frozenset[Role] | None:
    """The roles of a view; empty for a public one, None when it says nothing."""
    return getattr(view, _MARK, None)


def may_see(endpoint: str) -> bool:
    """Whether the page is there and open to the person: links that lead nowhere are not shown."""
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    allowed = declared(view)
    if not allowed:
        return allowed is not None
    account = unit.account_or_none()
    return account is not None and not allowed.isdisjoint(account.roles)


def init(app: Flask) -> None:
    """Enforce before every request."""
    app.before_request(_enforce)


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None  # no such page; the error page follows
    allowed = declared(current_app.view_functions[request.endpoint])
    if allowed is None:
        raise RuntimeError(f"{request.endpoint} does not declare its roles")
    if allowed == PUBLIC:
        return None
    account = unit.account_or_none()
    if account is None:
        return _to_sign_in()
    if allowed.isdisjoint(account.roles):
        abort(403)
    return None


def _to_sign_in() -> Response:
    """To the sign-in page and back here afterwards; htmx goes there with the whole page."""
    back = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    target = url_for("auth.sign_in", next=None if back == "/" else back)
    if request.headers.get("HX-Request"):
        response = current_app.response_class(status=401)
        response.headers["HX-Redirect"] = url_for("auth.sign_in")
        return response
    return redirect(target, code=303)
