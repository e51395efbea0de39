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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from campaign.errors import TokenError

MAC_BYTES = 16
KEY_VERSION = 1
_VERSION = bytes([KEY_VERSION])
_SHORT = [bytes([number]) for number in range(0x80)]
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Purpose(StrEnum):
    """What a token is good for; a token of one purpose is worth nothing for another."""

    OPEN = "open"
    CLICK = "click"
    UNSUBSCRIBE = "unsubscribe"
    VIEW = "view"  # the message in the browser
    REPLY = "reply"  # reply+<token>@
    BOUNCE = "bounce"  # bounce+<token>@


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


class Signer:
    """Makes and reads tokens over one or two unsigned integers (row ids)."""

    def __init__(self, secret_key: bytes) -> None:
        self._macs = {
            purpose: Mac(
                hmac.digest(secret_key, f"campaign token {KEY_VERSION} {purpose}".encode(), "sha256")
            )
            for purpose in Purpose
        }

    def link(self, purpose: Purpose, *ids: int) -> str:
        """A base64url token for a URL."""
        return link_text(self.sealed(purpose, *ids))

    def address(self, purpose: Purpose, *ids: int) -> str:
        """A lower-case base32 token for the local part of an address."""
        return address_text(self.sealed(purpose, *ids))

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
        payload = _VERSION + b"".join(map(_varint, ids))
        return payload + self._mac(purpose, payload)

    def sealer_for(self, one: int) -> Callable[[Purpose], bytes]:
        """`sealed` for tokens of several purposes over one id."""
        payload, macs = _VERSION + _varint(one), self._macs
        return lambda purpose: payload + macs[purpose].digest(payload)[:MAC_BYTES]

    def sealer(self, purpose: Purpose, first: int) -> Callable[[int], bytes]:
        """`sealed` for many tokens over two ids of which the first is the same."""
        before, digest = _VERSION + _varint(first), self._macs[purpose].digest

        def seal(second: int) -> bytes:
            payload = before + _varint(second)
            return payload + digest(payload)[:MAC_BYTES]

        return seal

    def _open(self, purpose: Purpose, sealed: bytes) -> tuple[int, ...]:
        payload, mac = sealed[:-MAC_BYTES], sealed[-MAC_BYTES:]
        if len(payload) < 2 or not hmac.compare_digest(mac, self._mac(purpose, payload)):
            raise TokenError
        return _read_varints(payload[1:])

    def _mac(self, purpose: Purpose, payload: bytes) -> bytes:
        return self._macs[purpose].digest(payload)[:MAC_BYTES]


def link_text(sealed: bytes) -> str:
    """A token as base64url."""
    return binascii.b2a_base64(sealed, newline=False).translate(_URL_SAFE).rstrip(b"=").decode()


def address_text(sealed: bytes) -> str:
    """A token as base32 in lower case."""
    return base64.b32encode(sealed).decode().rstrip("=").lower()


def _varint(number: int) -> bytes:
    """Seven bits a byte, low first; the high bit says that more follow."""
    if number < 0x4000:  # link rows
        return _SHORT[number] if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
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

    def clicks(self, delivery_id: int, link_ids: Mapping[str, int]) -> dict[str, str]:
        """`click` for each of the targets."""
        before, seal = f"{self._base_url}/c/", self.signer.sealer(Purpose.CLICK, delivery_id)
        return {url: before + link_text(seal(number)) for url, number in link_ids.items()}

    def unsubscribe(self, delivery_id: int) -> str:
        """For the visible link and for List-Unsubscribe (RFC 8058) alike."""
        return f"{self._base_url}/u/{self.signer.link(Purpose.UNSUBSCRIBE, delivery_id)}"

    def view(self, delivery_id: int) -> str:
        """The message in the browser."""
        return f"{self._base_url}/v/{self.signer.link(Purpose.VIEW, delivery_id)}"

    def reply(self, delivery_id: int) -> str:
        return f"reply+{self.signer.address(Purpose.REPLY, delivery_id)}@{self._inbound_domain}"

    def unsubscribe_mail(self, delivery_id: int) -> str:
        """For the `mailto:` of List-Unsubscribe; mail to it is carried out without asking back."""
        return f"unsubscribe+{self.signer.address(Purpose.UNSUBSCRIBE, delivery_id)}@{self._inbound_domain}"

    def bounce(self, delivery_id: int) -> str:
        """The envelope sender (VERP)."""
        return f"bounce+{self.signer.address(Purpose.BOUNCE, delivery_id)}@{self._inbound_domain}"

    def all_of(self, delivery_id: int) -> Reach:
        """Everything that one mail carries, except its links."""
        seal, base, domain = self.signer.sealer_for(delivery_id), self._base_url, self._inbound_domain
        leave = seal(Purpose.UNSUBSCRIBE)
        return Reach(
            open_pixel=f"{base}/o/{link_text(seal(Purpose.OPEN))}.gif",
            view=f"{base}/v/{link_text(seal(Purpose.VIEW))}",
            unsubscribe=f"{base}/u/{link_text(leave)}",
            unsubscribe_mail=f"unsubscribe+{address_text(leave)}@{domain}",
            reply=f"reply+{address_text(seal(Purpose.REPLY))}@{domain}",
            bounce=f"bounce+{address_text(seal(Purpose.BOUNCE))}@{domain}",
        )


@dataclass(slots=True)
class Reach:
    """The addresses of one delivery, by what they are for."""

    open_pixel: str
    view: str
    unsubscribe: str
    unsubscribe_mail: str
    reply: str
    bounce: str
