"""One blueprint, and what its views look up first."""

from __future__ import annotations

from flask import Blueprint

from campaign.errors import NotFound
from campaign.models import Role, Submission
from campaign.web import unit

blueprint = Blueprint("review", __name__, url_prefix="/review")

# authors may read what they submitted; the decision is the reviewers'
READERS = (Role.REVIEWER, Role.MARKETER, Role.CARE)


def submission_or_404(submission_id: int) -> Submission:
    """The submission by its number."""
    found = unit.db().get(Submission, submission_id)
    if found is None:
        raise NotFound()
    return found
