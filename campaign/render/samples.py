"""Sample copy of each layout (`sample.json`): what a layout looks like before anyone has written for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from campaign.compose import document as documents
from campaign.compose.document import Document
from campaign.errors import NotFound
from campaign.models import Channel, MessageKind, OfferType
from campaign.render import layouts
from campaign.render.content import MessageContent, SenderFacts, Variant


@dataclass(frozen=True)
class Sample:
    """Copy and one recipient's values by language (`vi`, `en`, `zh`)."""

    kind: MessageKind
    documents: Mapping[str, Document]
    values: Mapping[str, dict[str, Any]]
    offer_type: OfferType | None = None


def load_sample(channel: Channel, name: str) -> Sample:
    """The layout's sample; NotFound when it has none."""
    path = layouts.sample_path(channel, name)
    if not path.is_file():
        raise NotFound(f"The layout {name} has no sample.json.")
    data = json.loads(path.read_text(encoding="utf-8"))
    return Sample(
        kind=MessageKind(data["kind"]),
        documents={language: documents.from_json(text) for language, text in data["documents"].items()},
        values=data["values"],
        offer_type=OfferType(data["offer_type"]) if "offer_type" in data else None,
    )


def sample_sender() -> SenderFacts:
    """The tea house that the samples write for."""
    text = (resources.files("templates") / "sender.json").read_text(encoding="utf-8")
    return SenderFacts(id=0, **json.loads(text))


def sample_content(channel: Channel, name: str, language: str) -> MessageContent:
    """A message of the sample in one language; its only variant has the id 0."""
    sample = load_sample(channel, name)
    if language not in sample.documents:
        raise NotFound(f"The sample of {name} is not written in {language!r}.")
    variant = Variant(0, language, "a", sample.documents[language])
    return MessageContent(
        message_id=0,
        kind=sample.kind,
        sender=sample_sender(),
        variants=(variant,),
        layouts={channel: layouts.load(channel, name)},
        offer_type=sample.offer_type,
    )


def sample_system(today: date, base_url: str) -> dict[str, str]:
    """What the system would fill, leading nowhere."""
    return {
        "unsubscribe_url": f"{base_url}/unsubscribe/sample",
        "view_url": f"{base_url}/view/sample",
        "reply_code": "K7F39QXM",
        "today": today.isoformat(),
    }
