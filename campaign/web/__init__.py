"""The web application; one blueprint per kind of user."""

from flask import Flask

from campaign import config


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, ready for any WSGI server."""
    app = Flask("campaign.web")
    app.config["SETTINGS"] = settings or config.load()
    return app
