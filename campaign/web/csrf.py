"""Forms prove that they came from our own pages; Flask-WTF's protection alone, without its forms.

Templates write `{{ csrf_field() }}` in every form; htmx sends the same token in a header that the layout
sets. Who comes with another proof takes `@csrf.exempt`: holders of a signed link, the one-click unsubscribe
of RFC 8058, and sign-up forms on other sites, which grant nothing before the link in the mail is used.
"""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

_protect = CSRFProtect()

exempt = _protect.exempt


def init(app: Flask) -> None:
    """Check every form, and offer `csrf_field()` to templates."""
    # the form's cookie lives as long as the browser's session, so the token may, too
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # hosts are checked by TRUSTED_HOSTS; the referrer check would refuse privacy-minded browsers
    app.config["WTF_CSRF_SSL_STRICT"] = False
    _protect.init_app(app)
    app.add_template_global(csrf_field)


def csrf_field() -> Markup:
    """The hidden field that proves a form is ours."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
