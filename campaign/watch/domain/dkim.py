"""DKIM's public keys (RFC 6376 §3.6.1, RFC 8463): published, whole, long enough, and ours."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, bad, ok, warn

PART = "dkim"
# RFC 8301 §3.2: verifiers refuse less than 1024 bits; signers should use 2048
LEAST_BITS, GOOD_BITS = 1024, 2048
ED25519_BYTES = 32


@dataclass(frozen=True)
class Key:
    """A key that mail is signed with: its selector and, when we hold the key, the `p=` that must be there and
    the domain that it stands under, which may be one above."""

    selector: str
    public: str = ""
    domain: str = ""


def check(names: Names, domain: str, keys: Sequence[Key]) -> Iterator[Remark]:
    """One remark or more for each key."""
    if not keys:
        yield warn(PART, "doctor-dkim-no-keys")
    for key in keys:
        yield from _check_key(names, f"{key.selector}._domainkey.{key.domain or domain}", key)


def _check_key(names: Names, name: str, key: Key) -> Iterator[Remark]:
    records = names.texts(name)
    if not records:
        yield bad(PART, "doctor-dkim-none", name=name)
        return
    if len(records) > 1:
        yield bad(PART, "doctor-dkim-two", name=name)
        return
    tags = tags_of(records[0])
    public = "".join(tags.get("p", "").split())
    if tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        yield bad(PART, "doctor-dkim-syntax", name=name)
    elif not public:
        yield bad(PART, "doctor-dkim-revoked", name=name)
    elif key.public and public != "".join(key.public.split()):
        yield bad(PART, "doctor-dkim-other", name=name)
    else:
        yield _strength(name, tags.get("k", "rsa"), public)
        if "y" in tags.get("t", "").split(":"):
            yield warn(PART, "doctor-dkim-testing", name=name)


def _strength(name: str, kind: str, public: str) -> Remark:
    try:
        content = base64.b64decode(public, validate=True)
        if kind == "ed25519":
            if len(content) == ED25519_BYTES:
                return ok(PART, "doctor-dkim-key", name=name, kind="Ed25519")
            return bad(PART, "doctor-dkim-broken", name=name)
        loaded = load_der_public_key(content)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return bad(PART, "doctor-dkim-broken", name=name)
    if not isinstance(loaded, RSAPublicKey):
        return bad(PART, "doctor-dkim-broken", name=name)
    bits = loaded.key_size
    if bits < LEAST_BITS:
        return bad(PART, "doctor-dkim-short", name=name, bits=str(bits))
    if bits < GOOD_BITS:
        return warn(PART, "doctor-dkim-short", name=name, bits=str(bits))
    return ok(PART, "doctor-dkim-key", name=name, kind=f"RSA-{bits}")


def tags_of(record: str) -> dict[str, str]:
    """`a=b; c=d` of DKIM and DMARC records."""
    pairs = (part.partition("=") for part in record.split(";") if "=" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}
