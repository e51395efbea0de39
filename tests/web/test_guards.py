"""Conventions that every page keeps."""

import re

from flask import Flask

from campaign.web import access


def test_every_route_says_who_may_see_it(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if access.declared(view) is None]
    assert silent == []


def test_paths_are_kebab_case(app: Flask) -> None:
    crooked = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not re.fullmatch(r"[a-z0-9./-]*", re.sub(r"<[^>]+>", "", rule.rule))
    ]
    assert crooked == []


def test_only_machines_post_without_a_form_token(app: Flask) -> None:
    """Exempt are the one-click unsubscribe of RFC 8058 and the pages for recipients, who have no cookie of
    ours: there a signed token in the address, or a signed stamp in the form, is the proof."""
    extension = app.extensions["csrf"]
    assert set(extension._exempt_views) == {
        "campaign.web.public.mails.do_unsubscribe",
        "campaign.web.public.subscribe.submit",
        "campaign.web.public.subscribe.do_confirm",
        "campaign.web.public.wishes.choose",
    }
    assert not extension._exempt_blueprints
