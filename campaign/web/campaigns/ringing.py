"""The doorbells of a campaign: e-mail has its lanes, letters have their press."""

from __future__ import annotations

from campaign.campaigns import life
from campaign.models import Campaign, Mailing, MailingState
from campaign.queue import Job
from campaign.web import unit

JOBS = {
    "email": (Job.EMAIL_LANE,),
    "letter": (Job.PRINT_RUN,),
    "both": (Job.EMAIL_LANE, Job.PRINT_RUN),
}


def ring(campaign: Campaign, mailing: Mailing) -> None:
    """For one sending, on each channel that it goes out on."""
    for job in JOBS[campaign.channels]:
        unit.ring(job, mailing.id)


def ring_all(campaign: Campaign) -> None:
    """For all of its sendings that run."""
    for mailing in life.mailings_of(unit.db(), campaign):
        if mailing.state is MailingState.RUNNING:
            ring(campaign, mailing)
