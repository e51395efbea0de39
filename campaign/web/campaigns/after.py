"""What a person may still do once sending began: try failures again, decide a test, send to those added."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from campaign import approval
from campaign.audience.terms import TrialTerms
from campaign.campaigns import added, arms, checking, life, trials
from campaign.campaigns.arms import Figures
from campaign.campaigns.trials import Judged
from campaign.dispatch import progress
from campaign.errors import NotFound
from campaign.models import (
    Account,
    AudienceCheck,
    Campaign,
    CampaignState,
    Role,
    Submission,
    Trial,
    TrialState,
)
from campaign.queue import Job
from campaign.segments.asking import TooLong
from campaign.web import awaiting, unit
from campaign.web.access import roles
from campaign.web.campaigns import ringing
from campaign.web.campaigns.blueprint import READERS, blueprint, campaign_or_404
from campaign.web.campaigns.going import Going, of_campaign
from campaign.web.language import t


@dataclass(frozen=True)
class TrialNow:
    """A test with its figures at this moment."""

    trial: Trial
    terms: TrialTerms
    figures: Figures
    judged: Judged
    subjects: dict[str, str]
    by: str
    """Who decided, when a person did."""


@dataclass(frozen=True)
class AddedNow:
    """Who joined the segment since, and whether a reviewer has to be asked or was."""

    count: int | None
    """None: not counted yet, for the page must not wait for it."""
    by_itself: bool
    asked: Submission | None
    check: AudienceCheck | None
    """What was asked for last: it goes on, or says why nothing went out."""
    blocked: str
    """What the check found that nobody has a reason for."""
    problem: str = ""
    """Why nothing was counted."""


def trial_of(going: Going) -> TrialNow | None:
    """The test of the first mailing; those to added people have none."""
    db = unit.db()
    trial = trials.of_mailing(db, going.first)
    submission = db.get_one(Submission, going.first.submission_id)
    terms = trials.terms_of(submission).trial
    if trial is None or terms is None:
        return None
    figures = arms.figures(db, going.first, terms)
    by = db.get_one(Account, trial.account_id).name if trial.account_id else ""
    return TrialNow(trial, terms, figures, trials.judge(figures), arms.subjects(submission.content), by)


def added_of(campaign: Campaign, going: Going, count: bool) -> AddedNow:
    """For the page. Beside a large mailing the people of the segment are counted only when that is asked for:
    every one of them is compared with every recipient."""
    db, now = unit.db(), unit.now()
    asked = added.asked(db, campaign)
    check = checking.newest(db, campaign.message_id, added_people=True)
    goes_on = bool(check and check.state in checking.OPEN) or bool(asked and asked.state in approval.OPEN)
    blocked = checking.blocked(db, check, now) if check else None
    found = AddedNow(
        None,
        added.may_go_by_itself(db, campaign, now),
        asked,
        check,
        blocked.standing[0].message if blocked and blocked.standing else "",
    )
    if goes_on or not (count or going.all.total <= progress.LARGE):
        return found
    try:
        with unit.asking() as limited:
            return replace(found, count=added.waiting(limited, campaign, now))
    except TooLong as error:
        return replace(found, problem=t(error.key, **error.values))


@blueprint.get("/<int:campaign_id>/added")
@roles(Role.MARKETER)
def added_counted(campaign_id: int) -> str:
    """The section of the page alone, with its number."""
    campaign = campaign_or_404(campaign_id)
    now_going = of_campaign(campaign)
    if now_going is None or campaign.state not in added.MAY:
        raise NotFound()
    return render_template(
        "campaigns/_added.html", campaign=campaign, added=added_of(campaign, now_going, count=True)
    )


@blueprint.post("/<int:campaign_id>/retry")
@roles(Role.MARKETER)
def retry(campaign_id: int) -> Response:
    """Try again what failed for a passing reason."""
    campaign = campaign_or_404(campaign_id)
    count = life.retry(unit.db(), campaign, unit.account(), unit.now())
    ringing.ring_all(campaign)
    flash(t("sending-retried", count=count), "done")
    return _back(campaign)


@blueprint.get("/<int:campaign_id>/trial")
@roles(*READERS)
def trial_now(campaign_id: int) -> Response:
    """Its figures alone, asked for every ten seconds while it runs; when it is decided, the whole page."""
    campaign = campaign_or_404(campaign_id)
    now_going = of_campaign(campaign)
    now = trial_of(now_going) if now_going else None
    if now is None:
        raise NotFound()
    page = render_template("campaigns/_trial_figures.html", campaign=campaign, trial=now)
    answer = make_response(page)
    if now.trial.state is not TrialState.RUNNING or campaign.state is not CampaignState.RUNNING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.get("/<int:campaign_id>/trial/<arm>")
@roles(Role.MARKETER)
def confirm_arm(campaign_id: int, arm: str) -> ResponseReturnValue:
    """It goes to all the others and cannot be taken back, so it asks."""
    campaign = campaign_or_404(campaign_id)
    going = of_campaign(campaign)
    now = trial_of(going) if going else None
    if now is None or arm not in now.terms.arms:
        raise NotFound()
    if now.trial.state is TrialState.DECIDED:
        return _back(campaign)
    subject = now.subjects.get(arm, "")
    return render_template("campaigns/arm.html", campaign=campaign, arm=arm, subject=subject)


@blueprint.post("/<int:campaign_id>/trial")
@roles(Role.MARKETER)
def choose_arm(campaign_id: int) -> Response:
    """A person decides which arm the rest gets."""
    campaign = campaign_or_404(campaign_id)
    mailing = next(iter(life.mailings_of(unit.db(), campaign)), None)
    trial = trials.of_mailing(unit.db(), mailing) if mailing else None
    if trial is None:
        raise NotFound()
    arm = request.form.get("arm", "")
    trials.choose(unit.db(), trial, arm, unit.account(), unit.now())
    flash(t("sending-trial-chosen", arm=arm.upper()), "done")
    return _back(campaign)


@blueprint.post("/<int:campaign_id>/added")
@roles(Role.MARKETER)
def send_added(campaign_id: int) -> Response:
    """To those who joined since, by itself or by way of a reviewer: prepared in the background."""
    campaign = campaign_or_404(campaign_id)
    note = request.form.get("note", "")
    check = checking.ask_added(unit.db(), campaign, unit.account(), unit.now(), note)
    if check.state in checking.OPEN:
        unit.ring(Job.AUDIENCE_CHECK, check.id)
    return _back(campaign)


@blueprint.get("/<int:campaign_id>/added/progress")
@roles(Role.MARKETER)
def added_progress(campaign_id: int) -> Response:
    """How far the preparation is, asked for every two seconds while it goes on."""
    campaign = campaign_or_404(campaign_id)
    check = checking.newest(unit.db(), campaign.message_id, added_people=True)
    return awaiting.answer(check, "campaigns/_preparing.html", campaign=campaign)


@blueprint.post("/<int:campaign_id>/added/stop")
@roles(Role.MARKETER)
def stop_added(campaign_id: int) -> Response:
    """Not now."""
    campaign = campaign_or_404(campaign_id)
    checking.stop(unit.db(), campaign.message_id, unit.account(), unit.now(), added_people=True)
    flash(t("adding-stopped"), "done")
    return _back(campaign)


@blueprint.post("/<int:campaign_id>/added/<int:submission_id>")
@roles(Role.MARKETER)
def send_added_signed(campaign_id: int, submission_id: int) -> Response:
    """A reviewer has signed for them."""
    campaign = campaign_or_404(campaign_id)
    submission = unit.db().get(Submission, submission_id)
    if submission is None:
        raise NotFound()
    mailing = added.send_signed(unit.db(), campaign, submission, unit.account(), unit.now())
    ringing.ring(campaign, mailing)
    flash(t("sending-added-sent"), "done")
    return _back(campaign)


def _back(campaign: Campaign) -> Response:
    return redirect(url_for("campaigns.send", campaign_id=campaign.id), code=303)
