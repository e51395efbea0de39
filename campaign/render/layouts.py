"""Layouts: folders under `templates/email/` and `templates/letters/`, and their frozen versions.

What was signed must stay renderable after somebody edits a file, so a signed layout is stored as a row
under the hash of its content (`store`), and rendered from that row (`fetch`).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from campaign.errors import IntegrityError, NotFound, TemplateError
from campaign.models import Channel, LayoutVersion

FOLDERS = {Channel.EMAIL: "email", Channel.LETTER: "letters"}
FACTS_FILE = "layout.toml"
# what a layout is made of; samples and pictures for people beside it do not change what goes out
SUFFIXES = frozenset({".html", ".css", ".txt", ".toml", ".typ"})


@dataclass(frozen=True)
class Layout:
    """One layout as it is, or was: file names to texts, and the SHA-256 over all of them in hex."""

    channel: Channel
    name: str
    files: Mapping[str, str]
    sha256: str

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The content of `layout.toml`."""
        try:
            return tomllib.loads(self.files[FACTS_FILE])
        except (KeyError, tomllib.TOMLDecodeError) as error:
            raise TemplateError(f"The layout {self.name} has no readable {FACTS_FILE}: {error}") from error

    def title(self, language: str) -> str:
        """How people call it."""
        return _in_language(self.facts.get("name", {}), language) or self.name

    def description(self, language: str) -> str:
        """What it is good for, in one sentence."""
        return _in_language(self.facts.get("description", {}), language)

    def words(self, language: str) -> dict[str, str]:
        """The layout's own words in the language of the message (`[words.vi]`); signed with the layout."""
        tables = self.facts.get("words", {})
        return {**tables.get("en", {}), **tables.get(language, {})}


def load(channel: Channel, name: str) -> Layout:
    """The layout as its files say now; NotFound when there is no such folder."""
    folder = _root() / FOLDERS[channel] / name
    if not _is_name(name) or not (folder / FACTS_FILE).is_file():
        raise NotFound(f"There is no layout {name!r} under templates/{FOLDERS[channel]}/.")
    files = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir())
        if path.suffix in SUFFIXES
    }
    return Layout(channel, name, files, _hash(channel, name, files))


def all_of(channel: Channel) -> list[Layout]:
    """Every layout of a channel, by name."""
    folder = _root() / FOLDERS[channel]
    if not folder.is_dir():
        return []
    return [load(channel, path.parent.name) for path in sorted(folder.glob(f"*/{FACTS_FILE}"))]


def sample_path(channel: Channel, name: str) -> Path:
    """Where the layout's sample copy lies (`sample.json`: language to document, facts and values)."""
    return _root() / FOLDERS[channel] / name / "sample.json"


def store(db: Session, layout: Layout, now: datetime) -> None:
    """Keep the layout as it is, so that `fetch` finds it by its hash."""
    if db.get(LayoutVersion, layout.sha256) is None:
        db.add(
            LayoutVersion(
                sha256=layout.sha256,
                channel=layout.channel.value,
                name=layout.name,
                files=dict(layout.files),
                created_at=now,
            )
        )
        db.flush()


def fetch(db: Session, sha256: str) -> Layout:
    """The layout that was stored under that hash; IntegrityError when its files no longer agree with it."""
    row = db.get(LayoutVersion, sha256)
    if row is None:
        raise NotFound("This version of the layout was never stored.")
    channel = Channel(row.channel)
    if _hash(channel, row.name, row.files) != sha256:
        raise IntegrityError(f"The stored layout {row.name} is not what was signed.")
    return Layout(channel, row.name, dict(row.files), sha256)


def _root() -> Path:
    return Path(str(resources.files("templates")))


def _is_name(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _hash(channel: Channel, name: str, files: Mapping[str, str]) -> str:
    return layout_hash(channel.value, name, files)


def layout_hash(channel: str, name: str, files: Mapping[str, str]) -> str:
    """SHA-256 in hex over a layout's channel, name and files."""
    text = json.dumps([channel, name, dict(files)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _in_language(table: Mapping[str, str], language: str) -> str:
    return table.get(language) or table.get("en", "")
