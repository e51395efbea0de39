"""The keys that a check asks the DNS for are those that sign."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from campaign import config
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.dispatch.dkim import keys as signing
from campaign.models import DkimAlgorithm, DkimKey
from campaign.watch.domain import dkim, keys
from campaign.watch.domain.names import Names
from tests.name_server import name_server

SECRET = b"k" * 32


@pytest.fixture
def settings() -> Settings:
    return replace(config.load({}), dkim_selectors=("s1",))


def made(db: Session, domain: str = "tea.example") -> DkimKey:
    key = signing.new(db, None, domain, DkimAlgorithm.ED25519, SECRET, utc_now())
    signing.activate(db, None, key, lambda _name: [signing.record(key)], utc_now())
    return key


def test_ours_and_the_relay_s(db: Session, settings: Settings) -> None:
    key = made(db)
    found = keys.of(db, settings, "news.tea.example")
    assert [(one.selector, one.public, one.domain) for one in found] == [
        (key.selector, key.public, "tea.example"), ("s1", "", ""),
    ]  # fmt: skip
    signing.retire(db, None, key, utc_now())
    assert [one.selector for one in keys.of(db, settings, "news.tea.example")] == ["s1"]


@pytest.mark.parametrize(
    ("there", "said"),
    [("ours", "doctor-dkim-key"), ("another's", "doctor-dkim-other"), ("nothing", "doctor-dkim-none")],
)
def test_a_record_that_went_or_was_replaced_is_told(
    db: Session, settings: Settings, there: str, said: str
) -> None:
    """A key signs after its record was seen; that it stays there nobody has promised."""
    key, other = made(db), made(db, "other.example")
    text = {"ours": signing.record(key), "another's": signing.record(other)}.get(there)
    zone = {(signing.record_name(key), "TXT"): [f'"{text}"']} if text else {}
    asked = keys.of(db, replace(settings, dkim_selectors=()), "news.tea.example")
    with name_server(zone) as server:
        assert [one.key for one in dkim.check(Names(server), "news.tea.example", asked)] == [said]
