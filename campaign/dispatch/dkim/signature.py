"""DKIM-Signature fields for a message; the wire format of RFC 6376, Ed25519 by RFC 8463."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from campaign.dispatch.dkim import canonical

# RFC 6376 §5.4.1, and what our messages carry besides
SIGNED = frozenset(
    (
        "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
        "list-unsubscribe", "list-unsubscribe-post", "feedback-id", "auto-submitted", "mime-version",
        "content-type",
    )
)  # fmt: skip
# named once more than they occur: a second one, put in on the way, breaks the signature (§8.15)
NEVER_MORE = ("from", "to", "subject", "date")
# columns of a folded base64 value
FOLD = 72


@dataclass(frozen=True)
class SigningKey:
    """A private key and the name under which its public half stands in the DNS."""

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"SigningKey({self.selector}._domainkey.{self.domain})"

    @property
    def algorithm(self) -> str:
        """The `a=` of signatures."""
        return "rsa-sha256" if isinstance(self.private, RSAPrivateKey) else "ed25519-sha256"

    def seal(self, data: bytes) -> bytes:
        """The signature over the canonical header."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(hashlib.sha256(data).digest())  # RFC 8463 §3: over the hash


def sign(message: bytes, keys: Sequence[SigningKey], at: int) -> bytes:
    """The message with a DKIM-Signature of each key on top. `at` is Unix time in seconds.

    The body is hashed once for all keys; each signature covers the message, none the others.
    """
    head, _, body = message.partition(b"\r\n\r\n")
    digest = base64.b64encode(hashlib.sha256(canonical.body(body)).digest()).decode()
    present = [(name, value) for name, value in canonical.fields(head) if name.lower() in SIGNED]
    # a verifier takes fields of one name from the bottom up; ours occur once each (the guard sees to it)
    lines = [canonical.field(name, value) for name, value in present]
    covered = b"\r\n".join(lines) + b"\r\n"
    names = ":".join([name.lower() for name, _ in present] + list(NEVER_MORE))
    return b"".join(_signature(key, names, digest, covered, at) for key in keys) + message


def _signature(key: SigningKey, names: str, digest: str, covered: bytes, at: int) -> bytes:
    tags = (
        f" v=1; a={key.algorithm}; c=relaxed/relaxed; d={key.domain};\r\n"
        f" s={key.selector}; t={at};\r\n"
        f" h={_fold_names(names)};\r\n"
        f" bh={digest};\r\n"
        f" b="
    )
    seal = key.seal(covered + canonical.field("DKIM-Signature", tags.encode()))
    text = base64.b64encode(seal).decode()
    folded = "\r\n ".join(text[start : start + FOLD] for start in range(0, len(text), FOLD))
    return f"DKIM-Signature:{tags}{folded}\r\n".encode()


@lru_cache(maxsize=64)  # all mails of a message have the same
def _fold_names(names: str) -> str:
    """Folded after colons, where blanks mean nothing (RFC 6376 §3.5, `h=`)."""
    lines, line = [], ""
    for name in names.split(":"):
        if line and len(line) + len(name) > FOLD:
            lines.append(line)
            line = ""
        line += f"{name}:"
    return "\r\n ".join([*lines, line.rstrip(":")])
