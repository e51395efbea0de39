"""The house's own settings of the rules: kept in the database, read wherever a message is checked.

A change voids no seal: a sign-off keeps the version that it was made under (`rule_set`, `settings_hash`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import house
from campaign.errors import Refused
from campaign.models import Account, HouseSetting, Role
from lint_rules.config import Config, by_kind, parsed
from lint_rules.registry import all_rules
from lint_rules.toml import written
from lint_rules.version import rule_set_version

NAME = "rules"
EDITORS = frozenset({Role.ADMIN, Role.REVIEWER})
LAW = "LAW"
LONGEST_TOML = 100_000
EMPTY = ""


def text(db: Session) -> str:
    """The settings that hold, as TOML; empty while the house changed nothing."""
    kept = house.current(db, NAME)
    return str(kept.value["toml"]) if kept else EMPTY


def config(db: Session) -> Config:
    """The settings that hold, as the rules read them."""
    return _config(text(db))


@lru_cache(maxsize=8)
def _config(toml: str) -> Config:
    return Config.kept(toml) if toml else Config()


def rule_set(db: Session) -> str:
    """Which rules with which settings: what a sign-off keeps."""
    toml = text(db)
    version = rule_set_version()
    return hashlib.sha256(f"{version}\0{toml}".encode()).hexdigest() if toml else version


def settings_hash(db: Session) -> str:
    """SHA-256 of the settings that hold; empty for none."""
    toml = text(db)
    return hashlib.sha256(toml.encode()).hexdigest() if toml else ""


def kept_under(db: Session, sha256: str) -> HouseSetting | None:
    """The version with that hash, the first one that said so."""
    versions = db.scalars(select(HouseSetting).where(HouseSetting.name == NAME).order_by(HouseSetting.id))
    return next(
        (one for one in versions if hashlib.sha256(str(one.value["toml"]).encode()).hexdigest() == sha256),
        None,
    )


def change(db: Session, toml: str, account: Account, now: datetime) -> None:
    """Other settings. ConfigError for what is wrong; Refused for who may not.

    A reviewer alone does not lower what the law asks: the weight of law rules is an administrator's.
    """
    if not account.roles & EDITORS:
        raise Refused("rules-not-editor")
    if len(toml) > LONGEST_TOML:
        raise Refused("rules-too-long", most=LONGEST_TOML)
    toml = toml.replace("\r\n", "\n").strip()
    Config.from_toml(toml)
    if _law(parsed(toml)) != _law(parsed(text(db))) and Role.ADMIN not in account.roles:
        raise Refused("rules-law-admin")
    house.keep(db, NAME, {"toml": f"{toml}\n" if toml else EMPTY}, account, now)


def change_values(db: Session, values: Mapping[str, Any], account: Account, now: datetime) -> None:
    """As `change`, from values by table; what is empty is left out."""
    change(db, written(values), account, now)


def _law(given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    law = {rule.id for rule in all_rules() if rule.code.startswith(LAW)}
    return {
        rule_id: by_kind(table["severity"])
        for rule_id, table in given.get("rules", {}).items()
        if rule_id in law and table.get("severity")
    }
