"""For any WSGI server: `wsgi:app`."""

from campaign.web import create_app

app = create_app()
