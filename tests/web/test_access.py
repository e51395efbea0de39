"""Who gets in where."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.models import Role
from campaign.web import access
from tests.web.conftest import SignedIn


def test_a_stranger_is_led_to_the_door_and_back(client: FlaskClient) -> None:
    response = client.get("/people?page=2")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/people?page%3D2"


def test_htmx_is_led_there_with_the_whole_page(client: FlaskClient) -> None:
    response = client.get("/people", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in"


def test_another_role_is_refused_in_words(signed_in: SignedIn) -> None:
    response = signed_in(Role.CARE).get("/people")
    assert response.status_code == 403
    assert "không thuộc phần việc" in response.text


def test_places_that_lead_to_a_refusal_are_not_shown(signed_in: SignedIn) -> None:
    assert 'href="/people"' not in signed_in(Role.CARE).get("/").text
    assert 'href="/people"' in signed_in(Role.ADMIN).get("/").text


def test_a_view_that_declares_nothing_never_runs(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(RuntimeError, match="forgotten does not declare its roles"):
        app.test_client().get("/forgotten")


def test_naming_no_role_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one role"):
        access.roles()
