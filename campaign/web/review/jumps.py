"""The way from a finding to its place: in the sheet as it is shown, or on the tab that has it.

The sheet changes without the page around it, so its pane brings the ways of the whole list along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from campaign.compose.document import Part
from campaign.models import Channel, Submission
from campaign.web.compose.sheet import VIEWS, Sheet
from campaign.web.review.places import Placed


@dataclass(frozen=True)
class Jump:
    """`framed`: the place lies inside the frame of the e-mail; `view` and `contact`: it lies on another tab,
    which htmx brings without the page, and which shows its place under `anchor`."""

    href: str
    framed: bool = False
    view: str = ""
    contact: int = 0
    anchor: str = ""


def jumps(drawn: Sheet, submission: Submission) -> Callable[[Placed], Jump | None]:
    """None for what is marked nowhere: the line beside the subject, and what is not about words."""

    def jump(one: Placed) -> Jump | None:
        if one.language not in ("", drawn.language):
            return _in_another_language(submission, one, drawn)
        if here := _here(drawn, one):
            return here
        return _on_another_tab(drawn, one)

    return jump


def anchor_of(number: int) -> str:
    return f"finding-{number}"


def _here(drawn: Sheet, one: Placed) -> Jump | None:
    anchor = f"#{anchor_of(one.number)}"
    if drawn.view == "letter":
        return Jump(anchor) if one.number in drawn.marked else None
    if not (one.is_on(Channel.EMAIL) and _is_marked(one)):
        return None
    if _part(one) is Part.SUBJECT or drawn.view == "text":
        return Jump(anchor)
    return Jump(f"{drawn.frame}{anchor}", framed=True) if drawn.frame else None


def _on_another_tab(drawn: Sheet, one: Placed) -> Jump | None:
    view = _view_of(drawn, one)
    if view is None or (view == drawn.view and not _is_elsewhere(drawn, one)):
        return None
    contact = one.contact_id if one.channel else drawn.recipient.id if drawn.recipient else 0
    in_page = view == "letter" or _part(one) is Part.SUBJECT
    anchor = anchor_of(one.number) if in_page else "sheet"
    href = drawn.address(view=view, contact=contact or None, finding=one.number, _anchor=anchor)
    return Jump(href, view=view, contact=contact, anchor=anchor)


def _in_another_language(submission: Submission, one: Placed, drawn: Sheet) -> Jump | None:
    view = _view_of(drawn, one)
    if view is None:
        return None
    anchor = anchor_of(one.number) if view == "letter" or _part(one) is Part.SUBJECT else "sheet"
    return Jump(
        url_for(
            "review.read", submission_id=submission.id, language=one.language, view=view,
            contact=one.contact_id or None, finding=one.number, _anchor=anchor,
        )
    )  # fmt: skip


def _view_of(drawn: Sheet, one: Placed) -> str | None:
    """The tab that shows it; None when no tab does."""
    if not _is_marked(one):
        return None
    for channel in Channel:  # the e-mail first: what is about the copy is on both
        if one.is_on(channel) and (views := [view for view in VIEWS[channel] if view in drawn.views]):
            return drawn.view if drawn.view in views else views[0]
    return None


def _is_elsewhere(drawn: Sheet, one: Placed) -> bool:
    """Whether it was seen in the rendering of somebody else than the one shown."""
    shown = drawn.recipient.id if drawn.recipient else 0
    return bool(one.channel) and one.contact_id not in (0, shown)


def _is_marked(one: Placed) -> bool:
    return _part(one) not in (None, Part.PREHEADER)


def _part(one: Placed) -> Part | None:
    return one.block.part if one.block else None
