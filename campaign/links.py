"""Signed tokens in links and addresses.

A token is `version ‖ payload ‖ mac`: the mac is HMAC-SHA256 over purpose and payload, cut to 128 bits
(RFC 2104 §5 allows half of the output), so that nobody turns one recipient's token into another's or one
purpose's into another's. Link tokens are base64url; address tokens are base32 in lower case, for a local
part is folded to lower case by mail servers on the way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from campaign.errors import TokenError

MAC_BYTES = 16
KEY_VERSION = 1
_VERSION = bytes([KEY_VERSION])
_SHORT = [bytes([number]) for number in range(0x80)]
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_BASE32 = b"abcdefghijklmnopqrstuvwxyz234567".ljust(256)
# of a lane of 64 bits: bits that move, bits that stay, how far; from 40 bits in a piece to eight pieces of 5
_HALVES = (
    (0x000000FFFFF00000, 0x00000000000FFFFF, 12),
    (0x000FFC00000FFC00, 0x000003FF000003FF, 6),
    (0x03E003E003E003E0, 0x001F001F001F001F, 3),
)


class Purpose(StrEnum):
    """What a token is good for; a token of one purpose is worth nothing for another."""

    OPEN = "open"
    CLICK = "click"
    UNSUBSCRIBE = "unsubscribe"
    VIEW = "view"  # the message in the browser
    REPLY = "reply"  # reply+<token>@
    BOUNCE = "bounce"  # bounce+<token>@
    FORM = "form"  # which version of a form was shown, and when
    CONFIRM = "confirm"  # the button "yes, it is me"
    PREFERENCES = "preferences"  # what somebody wants to hear


class Mac:
    """HMAC-SHA256 with the padded key hashed ahead (RFC 2104 §4): a third of the cost a token."""

    def __init__(self, key: bytes) -> None:
        """`key` has at most 64 bytes, SHA-256's block."""
        padded = key.ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def digest(self, message: bytes) -> bytes:
        """What `hmac.digest(key, message, "sha256")` gives."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()

    def sealed(self, payloads: Sequence[bytes]) -> list[bytes]:
        """Each payload and its mac."""
        begun_inner, begun_outer, found = self._inner.copy, self._outer.copy, []
        for payload in payloads:
            inner, outer = begun_inner(), begun_outer()
            inner.update(payload)
            outer.update(inner.digest())
            found.append(payload + outer.digest()[:MAC_BYTES])
        return found


class Signer:
    """Makes and reads tokens over a few unsigned integers (row ids)."""

    def __init__(self, secret_key: bytes) -> None:
        self._macs = {
            purpose: Mac(
                hmac.digest(secret_key, f"campaign token {KEY_VERSION} {purpose}".encode(), "sha256")
            )
            for purpose in Purpose
        }

    def link(self, purpose: Purpose, *ids: int) -> str:
        """A base64url token for a URL."""
        return link_texts([self.sealed(purpose, *ids)])[0]

    def address(self, purpose: Purpose, *ids: int) -> str:
        """A lower-case base32 token for the local part of an address."""
        return address_texts([self.sealed(purpose, *ids)])[0]

    def read_link(self, purpose: Purpose, token: str) -> tuple[int, ...]:
        """The ids in a link token; TokenError unless we signed exactly this for this purpose."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise TokenError from error
        ids = self._open(purpose, sealed)
        # base64 has spare bits: only the spelling that we wrote counts
        if not hmac.compare_digest(self.link(purpose, *ids), token):
            raise TokenError
        return ids

    def read_address(self, purpose: Purpose, token: str) -> tuple[int, ...]:
        """The ids in an address token, in any case."""
        folded = token.upper()
        try:
            sealed = base64.b32decode(folded + "=" * (-len(folded) % 8))
        except (binascii.Error, ValueError) as error:
            raise TokenError from error
        ids = self._open(purpose, sealed)
        if not hmac.compare_digest(self.address(purpose, *ids).encode(), token.lower().encode()):
            raise TokenError
        return ids

    def sealed(self, purpose: Purpose, *ids: int) -> bytes:
        """The token as bytes."""
        before = payload(*ids)
        return before + self._mac(purpose, before)

    def seal_all(self, purpose: Purpose, payloads: Sequence[bytes]) -> list[bytes]:
        """`sealed` for many `payload`s."""
        return self._macs[purpose].sealed(payloads)

    def _open(self, purpose: Purpose, sealed: bytes) -> tuple[int, ...]:
        payload, mac = sealed[:-MAC_BYTES], sealed[-MAC_BYTES:]
        if len(payload) < 2 or not hmac.compare_digest(mac, self._mac(purpose, payload)):
            raise TokenError
        return _read_varints(payload[1:])

    def _mac(self, purpose: Purpose, payload: bytes) -> bytes:
        return self._macs[purpose].digest(payload)[:MAC_BYTES]


def payload(*ids: int) -> bytes:
    """What of a token is not its mac."""
    return _VERSION + b"".join(map(_varint, ids))


def link_texts(sealed: Sequence[bytes]) -> list[str]:
    """Tokens as base64url; all together, for that is quicker than one by one."""
    lines = b"".join(map(binascii.b2a_base64, sealed))
    return lines.translate(_URL_SAFE, b"=").decode().split()


def address_texts(sealed: Sequence[bytes]) -> list[str]:
    """Tokens as base32 in lower case, all together: the standard library takes ten times as long.

    Five bytes are eight characters. Each five bytes get a lane of 64 bits in one large number; three times
    each lane is halved, its upper half moved up, until every five bits have a byte of their own.
    """
    size = -(-max(map(len, sealed), default=0) // 5) * 5
    packed = b"".join([token.ljust(size, b"\0") for token in sealed])
    lanes = bytearray(len(packed) // 5 * 8)
    for place in range(5):
        lanes[3 + place :: 8] = packed[place::5]
    number = int.from_bytes(lanes, "big")
    for upper, lower, shift in _halves(len(lanes) // 8):
        number = (number & upper) << shift | number & lower
    text = number.to_bytes(len(lanes), "big").translate(_BASE32).decode()
    width = size // 5 * 8
    return [
        text[at : at + -(-len(token) * 8 // 5)]
        for at, token in zip(range(0, len(text), width or 1), sealed, strict=True)
    ]


@lru_cache(maxsize=16)  # slices of rows are of few sizes
def _halves(lanes: int) -> list[tuple[int, int, int]]:
    """`_HALVES` for all lanes at once."""
    each = int.from_bytes(b"\0\0\0\0\0\0\0\1" * lanes, "big")
    return [(each * upper, each * lower, shift) for upper, lower, shift in _HALVES]


def _varint(number: int) -> bytes:
    """Seven bits a byte, low first; the high bit says that more follow."""
    if number < 0x4000:  # link rows
        return _SHORT[number] if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
    if number < 0x200000:
        return bytes((number & 0x7F | 0x80, number >> 7 & 0x7F | 0x80, number >> 14))
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _read_varints(data: bytes) -> tuple[int, ...]:
    numbers: list[int] = []
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(value)
            value = shift = 0
    if shift:
        raise TokenError
    return tuple(numbers)


class Addresses:
    """Where one delivery's recipient can reach us: public URLs and mail addresses, all signed.

    The paths are those that `campaign.track.middleware` and the public pages answer; the local parts
    those that `campaign.inbound` reads.
    """

    def __init__(self, signer: Signer, base_url: str, inbound_domain: str) -> None:
        self.signer = signer
        self._base_url = base_url.rstrip("/")
        self._inbound_domain = inbound_domain

    def open_pixel(self, delivery_id: int) -> str:
        return f"{self._base_url}/o/{self.signer.link(Purpose.OPEN, delivery_id)}.gif"

    def click(self, delivery_id: int, link_id: int) -> str:
        return f"{self._base_url}/c/{self.signer.link(Purpose.CLICK, delivery_id, link_id)}"

    def clicks(self, delivery_ids: Sequence[int], link_id: int) -> list[str]:
        """`click` of each delivery."""
        link = payload(link_id)[len(_VERSION) :]
        return self._urls(
            "c", self.signer.seal_all(Purpose.CLICK, [before + link for before in map(payload, delivery_ids)])
        )

    def unsubscribe(self, delivery_id: int) -> str:
        """For the visible link and for List-Unsubscribe (RFC 8058) alike."""
        return f"{self._base_url}/u/{self.signer.link(Purpose.UNSUBSCRIBE, delivery_id)}"

    def view(self, delivery_id: int) -> str:
        """The message in the browser."""
        return f"{self._base_url}/v/{self.signer.link(Purpose.VIEW, delivery_id)}"

    def form(self, key: str) -> str:
        """A form for everybody; the key is in it, and no token."""
        return f"{self._base_url}/f/{key}"

    def confirm(self, opt_in_id: int, nonce: int) -> str:
        """Where a double opt-in is confirmed."""
        return f"{self._base_url}/k/{self.signer.link(Purpose.CONFIRM, opt_in_id, nonce)}"

    def preferences(self, contact_id: int, sender_id: int, mark: int) -> str:
        """What one person wants to hear from one sender."""
        token = self.signer.link(Purpose.PREFERENCES, contact_id, sender_id, mark)
        return f"{self._base_url}/p/{token}"

    def reply(self, delivery_id: int) -> str:
        return f"reply+{self.signer.address(Purpose.REPLY, delivery_id)}@{self._inbound_domain}"

    def unsubscribe_mail(self, delivery_id: int) -> str:
        """For the `mailto:` of List-Unsubscribe; mail to it is carried out without asking back."""
        return f"unsubscribe+{self.signer.address(Purpose.UNSUBSCRIBE, delivery_id)}@{self._inbound_domain}"

    def bounce(self, delivery_id: int) -> str:
        """The envelope sender (VERP)."""
        return f"bounce+{self.signer.address(Purpose.BOUNCE, delivery_id)}@{self._inbound_domain}"

    def reach(self, delivery_ids: Sequence[int]) -> Reach:
        """Everything that mails carry, except their links."""
        payloads, seal, domain = list(map(payload, delivery_ids)), self.signer.seal_all, self._inbound_domain
        leave = seal(Purpose.UNSUBSCRIBE, payloads)
        backs = [*leave, *seal(Purpose.REPLY, payloads), *seal(Purpose.BOUNCE, payloads)]
        addresses, count = address_texts(backs), len(payloads)
        return Reach(
            open_pixel=[f"{url}.gif" for url in self._urls("o", seal(Purpose.OPEN, payloads))],
            view=self._urls("v", seal(Purpose.VIEW, payloads)),
            unsubscribe=self._urls("u", leave),
            unsubscribe_mail=[f"unsubscribe+{token}@{domain}" for token in addresses[:count]],
            reply=[f"reply+{token}@{domain}" for token in addresses[count : 2 * count]],
            bounce=[f"bounce+{token}@{domain}" for token in addresses[2 * count :]],
        )

    def _urls(self, way: str, sealed: Sequence[bytes]) -> list[str]:
        before = f"{self._base_url}/{way}/"
        return [before + token for token in link_texts(sealed)]


@dataclass(slots=True)
class Reach:
    """The addresses of deliveries, by what they are for: one for each, in their order."""

    open_pixel: list[str]
    view: list[str]
    unsubscribe: list[str]
    unsubscribe_mail: list[str]
    reply: list[str]
    bounce: list[str]
