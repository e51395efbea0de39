"""What a form says and asks for: one frozen value with one spelling as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from campaign.contacts.facts import LANGUAGES
from campaign.contacts.names import clean
from campaign.contacts.profile import TAG_LIMIT
from campaign.errors import InvalidInput
from campaign.models import Channel, ConsentPurpose

# a line of a page, a paragraph of a page, a mail
LINE, PARAGRAPH, TEXT = 120, 1_000, 4_000
MOST_TOPICS, MOST_SITES = 12, 20
URL_LENGTH = 500


@dataclass(frozen=True)
class Words:
    """A form and its mail in one language."""

    title: str
    wording: str
    """What the person agrees to, beside the box; kept with the consent."""
    content_kind: str
    frequency: str
    button: str
    thanks: str
    mail_subject: str
    mail_text: str
    mail_button: str
    mail_closing: str
    lead: str = ""
    topics: tuple[str, ...] = ()
    """Names of the topics, in their order."""


LIMITS = {
    "title": LINE, "lead": PARAGRAPH, "wording": PARAGRAPH, "content_kind": 200, "frequency": 100,
    "button": 60, "thanks": PARAGRAPH, "mail_subject": LINE, "mail_text": TEXT, "mail_button": 60,
    "mail_closing": 300,
}  # fmt: skip
MANY_LINES = frozenset({"lead", "wording", "thanks", "mail_text", "mail_closing"})


@dataclass(frozen=True)
class FormContent:
    """`topics` are tags: whoever ticks one bears it. `sites` are origins (`https://example.com`) that may
    show the form in a frame and to which it may lead on."""

    channels: tuple[Channel, ...]
    purposes: tuple[ConsentPurpose, ...]
    words: Mapping[str, Words]
    topics: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    go_on_to: str = ""
    ask_name: bool = True

    def language(self, wanted: str) -> str:
        """That language, or the form's first one."""
        return wanted if wanted in self.words else next(iter(self.words))

    def topic_names(self, language: str) -> list[tuple[str, str]]:
        """Tags with their names in the language; a topic without a name is called as its tag."""
        names = self.words[language].topics
        return [
            (tag, names[place] if place < len(names) and names[place] else tag)
            for place, tag in enumerate(self.topics)
        ]


def to_json(content: FormContent) -> dict[str, Any]:
    return asdict(content) | {"words": {language: asdict(one) for language, one in content.words.items()}}


def from_json(data: Mapping[str, Any]) -> FormContent:
    """What `to_json` stored."""
    return FormContent(
        channels=tuple(Channel(name) for name in data["channels"]),
        purposes=tuple(ConsentPurpose(name) for name in data["purposes"]),
        words={
            language: Words(**one | {"topics": tuple(one["topics"])})
            for language, one in data["words"].items()
        },
        topics=tuple(data["topics"]),
        sites=tuple(data["sites"]),
        go_on_to=data["go_on_to"],
        ask_name=data["ask_name"],
    )


def checked(content: FormContent) -> FormContent:
    """The content in its clean spelling; InvalidInput with its `field` when something is missing or no good.
    Fields of words are `WORD.LANGUAGE`."""
    if Channel.EMAIL not in content.channels:
        raise InvalidInput("forms-error-email", field="channels")
    if not content.purposes:
        raise InvalidInput("contacts-error-no-purpose", field="purposes")
    if not content.words:
        raise InvalidInput("forms-error-language", field="languages")
    topics = tuple(dict.fromkeys(topic for line in content.topics if (topic := clean(line)[:TAG_LIMIT])))
    if len(topics) > MOST_TOPICS:
        raise InvalidInput("forms-error-topics", field="topics", limit=MOST_TOPICS)
    sites = tuple(dict.fromkeys(origin_of(line) for line in content.sites if line.strip()))
    if len(sites) > MOST_SITES:
        raise InvalidInput("forms-error-sites", field="sites", limit=MOST_SITES)
    ordered = [language for language in LANGUAGES if language in content.words]
    return FormContent(
        channels=tuple(one for one in Channel if one in content.channels),
        purposes=tuple(one for one in ConsentPurpose if one in content.purposes),
        words={language: _checked_words(language, content.words[language]) for language in ordered},
        topics=topics,
        sites=sites,
        go_on_to=_go_on_to(content.go_on_to.strip(), sites),
        ask_name=content.ask_name,
    )


def origin_of(text: str) -> str:
    """`https://example.com` of a site's address; InvalidInput when it is none. Nothing that could end a
    header or begin another directive in it comes through."""
    parts = _split(text.strip(), "sites")
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or "@" in parts.netloc:
        raise InvalidInput("forms-error-site", field="sites", value=text[:80])
    host = parts.hostname
    if not host.isascii():
        host = _idna(host, text)
    if not all(label and label.replace("-", "").isalnum() for label in host.split(".")):
        raise InvalidInput("forms-error-site", field="sites", value=text[:80])
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"


def lead_away(url: str, sites: Sequence[str]) -> bool:
    """Whether the address lies on none of the sites."""
    try:
        return origin_of(url) not in sites
    except InvalidInput:
        return True


def _go_on_to(url: str, sites: Sequence[str]) -> str:
    if not url:
        return ""
    if len(url) > URL_LENGTH or not url.isascii() or not url.isprintable() or set(url) & set(" \\<>\"'"):
        raise InvalidInput("forms-error-go-on", field="go_on_to")
    if lead_away(url, sites):
        raise InvalidInput("forms-error-go-on-site", field="go_on_to")
    return url


def _split(text: str, field: str) -> Any:
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number is found only when it is asked for
    except ValueError as error:
        raise InvalidInput("forms-error-site", field=field, value=text[:80]) from error
    return parts


def _idna(host: str, text: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError as error:
        raise InvalidInput("forms-error-site", field="sites", value=text[:80]) from error


def _checked_words(language: str, words: Words) -> Words:
    values: dict[str, Any] = {}
    for one in fields(Words):
        if one.name == "topics":
            continue
        text = str(getattr(words, one.name))
        text = "\n".join(map(clean, text.splitlines())).strip() if one.name in MANY_LINES else clean(text)
        if not text and one.name != "lead":
            raise InvalidInput("forms-error-empty", field=f"{one.name}.{language}")
        if len(text) > LIMITS[one.name]:
            raise InvalidInput("forms-error-too-long", field=f"{one.name}.{language}", limit=LIMITS[one.name])
        values[one.name] = text
    return Words(**values, topics=tuple(clean(name)[:TAG_LIMIT] for name in words.topics))
