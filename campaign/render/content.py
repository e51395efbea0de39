"""Everything a sign-off covers except the audience, in one frozen value with one hash.

`from_message` takes it from the rows as they are now; `to_json` is what a submission stores; `from_json`
brings back exactly what was signed, layouts included, whatever became of rows and files since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.contacts.reachable import purpose_of
from campaign.errors import NotFound
from campaign.models import (
    Channel,
    ConsentPurpose,
    Message,
    MessageKind,
    OfferType,
    Sender,
    variant_key,
)
from campaign.render import layouts
from campaign.render.colour import is_colour
from campaign.render.headers import ascii_address
from campaign.render.layouts import Layout

DEFAULT_COLOUR = "#7c2d26"  # the brown-red of a seal; white on it has a contrast of 9 to 1


@dataclass(frozen=True)
class SenderFacts:
    """The sender as printed: identity, postal address, brand (`colour` #rrggbb)."""

    id: int
    from_name: str
    from_email: str
    organisation: str
    street: str
    locality: str
    country: str
    phone: str = ""
    website: str = ""
    signatory: str = ""
    signatory_position: str = ""
    colour: str = DEFAULT_COLOUR
    tagline: str = ""

    @property
    def domain(self) -> str:
        """Of the From address, as its name stands in the DNS."""
        return ascii_address(self.from_email).rpartition("@")[2]

    @property
    def address(self) -> str:
        """The postal address on one line."""
        return ", ".join(part for part in (self.street, self.locality) if part)


@dataclass(frozen=True)
class Variant:
    """The copy in one language for one arm of a test; `id` is the row's."""

    id: int
    language: str
    arm: str
    document: Document

    @property
    def key(self) -> str:
        """How addresses and remarks name it: `vi`, and `vi.b` for another arm than the first."""
        return variant_key(self.language, self.arm)


@dataclass(frozen=True)
class MessageContent:
    """`layouts` holds one layout for each channel that the message goes out on."""

    message_id: int
    kind: MessageKind
    sender: SenderFacts
    variants: tuple[Variant, ...]
    layouts: Mapping[Channel, Layout]
    settings: Mapping[str, Any] = field(default_factory=dict)
    offer_type: OfferType | None = None

    @property
    def effective_kind(self) -> MessageKind:
        """The kind whose rules and laws apply: a greeting with an offer in it is marketing."""
        has_offer = any(variant.document.first(Part.OFFER) for variant in self.variants)
        return MessageKind.MARKETING if self.kind is MessageKind.GREETING and has_offer else self.kind

    @property
    def purpose(self) -> ConsentPurpose | None:
        """The consent it needs; None for what answers or serves the customer's own dealings."""
        return purpose_of(self.effective_kind)

    def variant(self, variant_id: int) -> Variant:
        """The variant with that id."""
        for variant in self.variants:
            if variant.id == variant_id:
                return variant
        raise NotFound("The message has no such variant.")

    def in_arm(self, variant_id: int, arm: str) -> Variant:
        """The same language's variant in another arm of a test; itself where there is none."""
        one = self.variant(variant_id)
        for variant in self.variants:
            if (variant.language, variant.arm) == (one.language, arm):
                return variant
        return one

    def layout(self, channel: Channel) -> Layout:
        """The layout for the channel."""
        if channel not in self.layouts:
            raise NotFound(f"The message has no layout for the channel {channel}.")
        return self.layouts[channel]

    def with_document(self, variant_id: int, document: Document) -> MessageContent:
        """The same message with other copy in one variant: what an editor previews before saving."""
        changed = (replace(v, document=document) if v.id == variant_id else v for v in self.variants)
        return replace(self, variants=tuple(changed))

    def to_json(self) -> dict[str, Any]:
        """What is hashed and stored; layouts by hash.

        What is offered stands there only when it was said: what was signed before one could say it keeps
        its hash.
        """
        said = {"offer_type": self.offer_type.value} if self.offer_type else {}
        return said | {
            "message_id": self.message_id,
            "kind": self.kind.value,
            "purpose": self.purpose.value if self.purpose else None,
            "sender": asdict(self.sender),
            "variants": [_variant_json(variant) for variant in self.variants],
            "layouts": {
                channel.value: {"name": layout.name, "sha256": layout.sha256}
                for channel, layout in self.layouts.items()
            },
            "settings": dict(self.settings),
        }

    @cached_property
    def sha256(self) -> str:
        """Over the canonical JSON, in hex."""
        return hash_json(self.to_json())


def hash_json(data: Any) -> str:
    """SHA-256 in hex over the canonical spelling: sorted keys, no blanks, UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def only_arms(content: MessageContent, arms: Collection[str]) -> MessageContent:
    """Without the arms that do not go out: a test that was given up keeps its words on the desk."""
    return replace(content, variants=tuple(one for one in content.variants if one.arm in arms))


def from_message(message: Message, **settings: Any) -> MessageContent:
    """The message as rows and layout files say now."""
    names = {Channel.EMAIL: message.email_layout, Channel.LETTER: message.letter_layout}
    return MessageContent(
        message_id=message.id,
        kind=message.kind,
        sender=sender_facts(message.sender),
        variants=tuple(
            Variant(row.id, row.language, row.arm, documents.from_json(row.document))
            for row in message.variants
        ),
        layouts={channel: layouts.load(channel, name) for channel, name in names.items() if name},
        settings=settings,
        offer_type=message.offer_type,
    )


def from_json(db: Session, data: Mapping[str, Any]) -> MessageContent:
    """What `to_json` stored; the layouts must have been kept with `keep_layouts`."""
    return MessageContent(
        message_id=data["message_id"],
        kind=MessageKind(data["kind"]),
        sender=SenderFacts(**data["sender"]),
        variants=tuple(
            Variant(item["id"], item["language"], item["arm"], documents.from_json(item["document"]))
            for item in data["variants"]
        ),
        layouts={
            Channel(channel): layouts.fetch(db, ref["sha256"]) for channel, ref in data["layouts"].items()
        },
        settings=data["settings"],
        offer_type=_offer_type(data),
    )


def keep_layouts(db: Session, content: MessageContent, now: datetime) -> None:
    """Store the layouts' files, so that what is signed can be rendered for ever; called at submission."""
    for layout in content.layouts.values():
        layouts.store(db, layout, now)


def sender_facts(sender: Sender) -> SenderFacts:
    """The printed facts of a sender's row."""
    colour = str(sender.brand.get("colour"))
    return SenderFacts(
        id=sender.id,
        from_name=sender.from_name,
        from_email=sender.from_email,
        organisation=sender.organisation,
        street=sender.street,
        locality=sender.locality,
        country=sender.country,
        phone=sender.phone,
        website=sender.website,
        signatory=sender.signatory,
        signatory_position=sender.signatory_position,
        colour=colour if is_colour(colour) else DEFAULT_COLOUR,
        tagline=str(sender.brand.get("tagline") or ""),
    )


def _offer_type(data: Mapping[str, Any]) -> OfferType | None:
    said = data.get("offer_type")
    return OfferType(said) if said else None


def _variant_json(variant: Variant) -> dict[str, Any]:
    return {
        "id": variant.id,
        "language": variant.language,
        "arm": variant.arm,
        "document": documents.to_json(variant.document),
    }
