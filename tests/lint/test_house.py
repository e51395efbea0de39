"""The house's settings of the rules: kept in versions, read by every check, named by each sign-off."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.campaigns import life
from campaign.errors import Refused
from campaign.lint import house
from campaign.models import AuditEntry, HouseSetting
from lint_rules.config import Config, ConfigError
from lint_rules.toml import written
from lint_rules.version import rule_set_version
from tests.campaigns.helpers import Office

STRICT = "[limits.max_words]\nvi = 20\n"
LAW = '[rules.unproven-superlative]\nseverity = "off"\n'


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    made = Office(db, now)
    made.campaign(now)
    return made


def test_without_settings_the_rules_are_as_shipped(db: Session) -> None:
    assert house.config(db) == Config()
    assert house.rule_set(db) == rule_set_version()
    assert house.settings_hash(db) == ""


def test_what_is_submitted_is_checked_by_the_houses_settings(office: Office, now: datetime) -> None:
    house.change(office.db, STRICT, office.account("tam"), now)
    with pytest.raises(approval.Blocked) as blocked:
        life.submit(office.db, office.made, office.account("mai"), now)
    assert "word-limit" in {finding.rule for finding in blocked.value.findings}


def test_a_change_breaks_no_seal_and_the_sign_off_names_what_it_was_made_under(
    office: Office, now: datetime
) -> None:
    house.change(office.db, "[limits]\nexclamation_marks = 2", office.account("tam"), now)
    before = house.rule_set(office.db)
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    house.change(office.db, STRICT, office.account("tam"), now)
    assert approval.is_current(office.db, submission)
    assert submission.rule_set == before != house.rule_set(office.db)
    kept = house.kept_under(office.db, submission.rule_settings)
    assert kept is not None
    assert "exclamation_marks = 2" in kept.value["toml"]


def test_each_change_stands_in_the_log_with_old_and_new(office: Office, now: datetime) -> None:
    house.change(office.db, STRICT, office.account("tam"), now)
    house.change(office.db, STRICT + "\n", office.account("tam"), now)
    house.change(office.db, "", office.account("ba"), now)
    details = office.db.scalars(
        select(AuditEntry.detail).where(AuditEntry.action == "house.changed").order_by(AuditEntry.id)
    ).all()
    assert details == [{"toml": [None, STRICT]}, {"toml": [STRICT, ""]}]
    assert audit.verify(office.db) is None
    assert house.config(office.db) == Config()


def test_who_may_change_what(office: Office, now: datetime) -> None:
    with pytest.raises(Refused, match="rules-not-editor"):
        house.change(office.db, STRICT, office.account("mai"), now)
    with pytest.raises(Refused, match="rules-law-admin"):
        house.change(office.db, LAW, office.account("tam"), now)
    house.change(office.db, LAW, office.account("ba"), now)
    # what an administrator set stays when a reviewer changes something else
    house.change(office.db, LAW + STRICT, office.account("tam"), now)
    with pytest.raises(Refused, match="rules-law-admin"):
        house.change(office.db, STRICT, office.account("tam"), now)


@pytest.mark.parametrize("toml", ['[rules.no-consent-on-record]\nseverity = "off"', "[rules", "[x]\ny = 1"])
def test_what_is_wrong_is_not_kept(office: Office, now: datetime, toml: str) -> None:
    with pytest.raises(ConfigError):
        house.change(office.db, toml, office.account("ba"), now)
    assert office.db.scalars(select(HouseSetting)).all() == []


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
TABLE = st.dictionaries(WORDS, WORDS | st.integers(-(2**60), 2**60) | st.lists(WORDS, min_size=1, max_size=3))


@given(st.dictionaries(WORDS, TABLE.filter(bool)))
def test_settings_written_as_toml_are_read_as_they_were(values: dict[str, dict[str, object]]) -> None:
    assert tomllib.loads(written(values)) == values
