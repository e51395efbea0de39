"""The web application: pages for the people who work here, and the few that recipients see.

`create_app` puts the frame together; each area is a blueprint in a package of its own, named in
`blueprints.py`. A view declares who may see it (`access`), takes its session, account and time from
`unit`, calls one stage and renders.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign import config
from campaign.contacts.csv_import.reading import SIZE_LIMIT
from campaign.db import Database
from campaign.links import Signer
from campaign.queue import Queues, connect
from campaign.track.middleware import Tracking
from campaign.watch import probes
from campaign.watch.monitor import Monitor
from campaign.web import access, assets, blueprints, csrf, errors, headers, hosts, templating, unit

# a customer list of 100,000 rows is about 20 MB as CSV
MAX_UPLOAD_BYTES = 32 * 1024 * 1024
# a list of a million customers, to be imported; it is spooled to disk
MAX_IMPORT_BYTES = SIZE_LIMIT + 1024 * 1024
# fields of one form held in memory; the longest copy is far below
MAX_FORM_BYTES = 2 * 1024 * 1024


def _allow_imports() -> None:
    if request.endpoint == "contacts.import_upload":
        request.max_content_length = MAX_IMPORT_BYTES


def create_app(
    settings: config.Settings | None = None,
    database: Database | None = None,
    queues: Queues | None = None,
) -> Flask:
    """The application, ready for any WSGI server.

    Without arguments everything comes from the environment; tests pass their own.
    """
    settings = settings or config.load()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.url_map.strict_slashes = False  # nobody remembers which page ends in a slash
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="campaign_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        TRUSTED_HOSTS=hosts.trusted(settings),
    )
    database = database or Database(settings.database_url)
    watching = Monitor(probes.all_of(settings, database))
    unit.init(app, unit.House(settings, database, queues or Queues(connect(settings)), watching))
    app.before_request(_allow_imports)  # before the form is read for its token
    csrf.init(app)
    access.init(app)
    templating.init(app)
    assets.init(app)
    errors.init(app)
    headers.init(app)
    blueprints.register(app)
    tracking = Tracking(app.wsgi_app, database, Signer(settings.secret_key))
    app.extensions["campaign-tracking"] = tracking
    app.wsgi_app = tracking  # type: ignore[method-assign]  # as Flask's own documentation wraps it
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask's own documentation wraps it
    return app
