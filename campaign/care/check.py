"""Every greeting is looked at before it goes: what nobody signed goes to a person instead of out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from campaign.approval import waiving
from campaign.errors import Refused
from campaign.lint import lint_audience
from campaign.models import Audience
from campaign.render.content import MessageContent


def require_fit(db: Session, content: MessageContent, audience: Audience, today: date) -> None:
    """Refused with the first blocking finding on these people's renderings that no waiver covers today.

    Its reviewer signed copy without one, so it is new: a name that cannot be printed, a value that is
    missing, a rule or a day that came after the sign-off.
    """
    findings = lint_audience(db, content, audience)
    if found := waiving.apply(db, content.message_id, findings, today).blocking:
        raise Refused("care-error-new-finding", what=found[0].message)
