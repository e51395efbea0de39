"""The life of a signing key: new -> published -> active -> retired.

A key signs only after its record was seen in the DNS: a signature that nobody can verify is worse than
none. Rotation is a second key: new, published, activated; the one before is retired by that, and its
record stays until mail under way has been verified.

Private halves stand in the database, encrypted under a key derived from the installation's secret: every
host that sends can sign, and a copy of the database alone signs nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.dispatch.dkim.signature import SigningKey
from campaign.errors import InvalidInput, NotFound, Refused, SetupError
from campaign.models import Account, DkimAlgorithm, DkimKey, DkimState

# RFC 8301: at least 1024, better 2048; longer records do not fit everywhere
RSA_BITS = 2048
# RFC 5321 gives a message up to five days on its way; a record stays a little longer
KEEP_RECORD = timedelta(days=7)
# a string in a TXT record has at most 255 bytes (RFC 1035 §3.3.14)
TXT_STRING = 255
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

Lookup = Callable[[str], Sequence[str]]
"""The texts of a name's TXT records; empty when there are none."""


def new(
    db: Session, actor: Account | None, domain: str, algorithm: DkimAlgorithm, secret: bytes, now: datetime
) -> DkimKey:
    """A key for the domain. `secret` is the installation's."""
    name = _ascii(domain)
    private = _generate(algorithm)
    key = DkimKey(
        domain=name,
        selector=_selector(db, name, algorithm, now),
        algorithm=algorithm,
        state=DkimState.NEW,
        private=_cipher(secret).encrypt(_der(private)).decode(),
        public=base64.b64encode(_public(private)).decode(),
        created_at=now,
    )
    db.add(key)
    db.flush()
    _note(db, actor, "dkim.made", key, now)
    return key


def record_name(key: DkimKey) -> str:
    """Where the record stands: `c202603a._domainkey.example.com`."""
    return f"{key.selector}._domainkey.{key.domain}"


def record(key: DkimKey) -> str:
    """The TXT record's text (RFC 6376 §3.6.1)."""
    return f"v=DKIM1; k={key.algorithm}; p={key.public}"


def zone_line(key: DkimKey) -> str:
    """The record as a line of a zone file, in strings that fit."""
    text = record(key)
    strings = " ".join(f'"{text[at : at + TXT_STRING]}"' for at in range(0, len(text), TXT_STRING))
    return f"{record_name(key)}. IN TXT ( {strings} )"


def see(db: Session, actor: Account | None, key: DkimKey, lookup: Lookup, now: datetime) -> bool:
    """Whether the record is in the DNS; a new key becomes published by that."""
    found = any(_tags(text).get("p") == key.public for text in lookup(record_name(key)))
    if found and key.state is DkimState.NEW:
        key.state, key.published_at = DkimState.PUBLISHED, now
        _note(db, actor, "dkim.published", key, now)
    return found


def activate(db: Session, actor: Account | None, key: DkimKey, lookup: Lookup, now: datetime) -> None:
    """From now on it signs; the one that did for this domain and algorithm is retired. Refused while its
    record is not in the DNS."""
    if key.state is DkimState.RETIRED:
        raise Refused("dkim-is-retired")
    if key.state is DkimState.ACTIVE:
        return
    if not see(db, actor, key, lookup, now):
        raise Refused("dkim-not-in-dns", name=record_name(key))
    for other in _rows(db, key.domain, DkimState.ACTIVE):
        if other.algorithm is key.algorithm:
            retire(db, actor, other, now)
    key.state, key.activated_at = DkimState.ACTIVE, now
    _note(db, actor, "dkim.activated", key, now)


def retire(db: Session, actor: Account | None, key: DkimKey, now: datetime) -> None:
    """It signs no more. Final: a key that may have been seen by others does not come back."""
    if key.state is DkimState.RETIRED:
        return
    key.state, key.retired_at = DkimState.RETIRED, now
    _note(db, actor, "dkim.retired", key, now)


def record_until(key: DkimKey) -> datetime | None:
    """Until when a retired key's record must stay; None for the others."""
    return key.retired_at + KEEP_RECORD if key.retired_at and key.activated_at else key.retired_at


def everything(db: Session) -> list[DkimKey]:
    """All keys, by domain, the newest first."""
    return list(db.scalars(select(DkimKey).order_by(DkimKey.domain, DkimKey.id.desc())))


def get(db: Session, selector: str, domain: str) -> DkimKey:
    """The key of that name; NotFound when there is none."""
    wanted = (DkimKey.domain == domain.lower(), DkimKey.selector == selector.lower())
    found = db.scalar(select(DkimKey).where(*wanted))
    if found is None:
        raise NotFound(f"There is no key {selector} for {domain}; `campaign dkim list` shows them all.")
    return found


def signing_keys(db: Session, from_domain: str, secret: bytes) -> list[SigningKey]:
    """What signs mail from this domain, ready to sign. SetupError when one cannot be read."""
    return [open_key(row, secret) for row in active_for(db, from_domain)]


def active_for(db: Session, from_domain: str) -> list[DkimKey]:
    """What signs mail from this domain: its own active keys, else those of the nearest domain above it
    (DMARC takes these as aligned, RFC 7489 §3.1.1). RSA comes first."""
    labels = from_domain.lower().split(".")
    for start in range(len(labels) - 1):
        rows = _rows(db, ".".join(labels[start:]), DkimState.ACTIVE)
        if rows:
            return sorted(rows, key=lambda row: row.algorithm != "rsa")
    return []


def open_key(row: DkimKey, secret: bytes) -> SigningKey:
    """The private half, ready to sign."""
    try:
        data = _cipher(secret).decrypt(row.private.encode())
    except InvalidToken as error:
        raise SetupError(
            f"The DKIM key {record_name(row)} was made under another secret key: restore that one, or make "
            "a new DKIM key."
        ) from error
    private = load_der_private_key(data, None)
    assert isinstance(private, (rsa.RSAPrivateKey, ed25519.Ed25519PrivateKey))
    return SigningKey(row.domain, row.selector, private)


def _rows(db: Session, domain: str, state: DkimState) -> list[DkimKey]:
    wanted = select(DkimKey).where(DkimKey.domain == domain, DkimKey.state == state)
    return list(db.scalars(wanted.order_by(DkimKey.id)))


def _selector(db: Session, domain: str, algorithm: DkimAlgorithm, now: datetime) -> str:
    """`c202603a`, then `b`, …: a new name for every key, for resolvers remember the old one."""
    taken = set(db.scalars(select(DkimKey.selector).where(DkimKey.domain == domain)))
    stem = f"{'c' if algorithm is DkimAlgorithm.RSA else 'e'}{now:%Y%m}"
    names = (f"{stem}{letter}{more}" for more in ("", "2", "3") for letter in "abcdefghijklmnopqrstuvwxyz")
    for name in names:
        if name not in taken:
            return name
    raise Refused("dkim-too-many", domain=domain)


def _ascii(domain: str) -> str:
    try:
        name = domain.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _DOMAIN.fullmatch(name):
        raise InvalidInput("dkim-domain-wrong", field="domain", domain=domain)
    return name


def _generate(algorithm: DkimAlgorithm) -> rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey:
    if algorithm is DkimAlgorithm.RSA:
        return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return ed25519.Ed25519PrivateKey.generate()


def _der(private: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _public(private: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    """SubjectPublicKeyInfo for RSA (RFC 6376 §3.6.1), the bare 32 bytes for Ed25519 (RFC 8463 §4)."""
    public = private.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _cipher(secret: bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"campaign dkim keys").derive(secret)
    return Fernet(base64.urlsafe_b64encode(derived))


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs}


def _note(db: Session, actor: Account | None, action: str, key: DkimKey, now: datetime) -> None:
    audit.record(
        db, actor, action, "dkim_key", key.id, now, name=record_name(key), algorithm=key.algorithm.value
    )
