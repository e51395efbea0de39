"""The installation's key: signs evidence, so that anybody can see where a pack comes from.

Ed25519: who verifies needs the public half alone. Made on first use, kept beside the other secrets.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from campaign.config import Settings, write_once
from campaign.errors import SetupError

ALGORITHM = "Ed25519"


@dataclass(frozen=True)
class Key:
    """Both halves; the private one never leaves through `repr`."""

    _private: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Key({self.fingerprint})"

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public half."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def public_text(self) -> str:
        """The public half in base64, as packs carry it."""
        return base64.b64encode(self.public).decode()

    @property
    def public_pem(self) -> str:
        """The public half as other programs read it."""
        key = self._private.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public half, in hex: what people compare."""
        return fingerprint_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """The signature: 64 bytes."""
        return self._private.sign(message)


def fingerprint_of(public: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(public).hexdigest()


def key_of(settings: Settings) -> Key:
    """The installation's key, made on first use; SetupError when its file holds something else."""
    path = settings.evidence_key_file
    if not path.exists():
        _make(path)
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SetupError(f"The key of the evidence packs, {path}, cannot be read: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise SetupError(f"The key of the evidence packs, {path}, is no {ALGORITHM} key.")
    return Key(private)


def _make(path: Path) -> None:
    made = Ed25519PrivateKey.generate()
    write_once(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
