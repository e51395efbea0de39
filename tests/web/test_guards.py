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


def test_only_who_brings_another_proof_posts_without_a_form_token(app: Flask) -> None:
    """Whoever holds a signed link is no signed-in person whose browser could be misled; a form on another
    site grants nothing by itself."""
    extension = app.extensions["csrf"]
    assert {name.removeprefix("campaign.web.public.") for name in extension._exempt_views} == {
        "mails.do_unsubscribe",
        "subscribe.submit",
        "subscribe.do_confirm",
        "wishes.choose",
    }
    assert not extension._exempt_blueprints
