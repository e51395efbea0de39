"""For any WSGI server: `wsgi:app`."""

from campaign import logs
from campaign.web import create_app

# without this an error's report would show the values of variables: a password among them
logs.set_up()
app = create_app()
