"""Every component on one page, with real words: to look at, to test, to copy from."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.paging import Page

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/styleguide")
@signed_in
def index() -> ResponseReturnValue:
    """The words on it are examples in Vietnamese whatever the page's language: they test the marks."""
    return render_template(
        "styleguide/index.html",
        page=Page(list(range(50)), 2, 50, 1284),
        yesterday=unit.now() - timedelta(days=1),
        steps=[
            {"label": "Gửi cho ai", "state": "done", "href": "#steps", "note": "1.284 khách, hai kênh"},
            {"label": "Nội dung", "state": "done", "href": "#steps", "note": "Bản tiếng Việt và tiếng Anh"},
            {"label": "Soát lỗi", "state": "stop", "href": "#steps", "note": "2 chỗ phải sửa"},
            {"label": "Ký duyệt", "state": "here", "href": "#steps", "note": "Chờ chị Hà"},
            {"label": "Gửi đi", "state": "open", "href": None, "note": None},
        ],
    )
