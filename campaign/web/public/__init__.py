"""What recipients see: leaving, the message in the browser, forms, choices, a link that does not work.

No cookie is read or set, nothing is loaded from elsewhere, and a page says nothing that the bearer of the
link does not know already.
"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from campaign.web.public import mails, subscribe, wishes  # noqa: E402, F401 (they add views)
