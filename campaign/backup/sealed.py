"""The container of a backup: a line that says how it is sealed, then the content, plain or in sealed pieces.

AES-256-GCM in pieces of a megabyte; each nonce holds the piece's number and whether it is the last, so that
pieces cannot be left out, repeated or cut off unnoticed (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015). The key comes from a passphrase by scrypt or from a key file by HKDF.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass, field
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from campaign.errors import IntegrityError, SetupError

MAGIC = b"campaign-backup 1 "
PIECE_BYTES = 1024 * 1024
TAG_BYTES = 16
KEY_BYTES = 32
# OWASP's password storage advice for scrypt: N=2^17, r=8, p=1; 128 MB and a third of a second, once a file
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
# a header is some hundred bytes; a file without a line end is none of ours
HEADER_LIMIT = 4096
WRONG = "The passphrase or key is not this backup's, or the file was changed."


@dataclass(frozen=True)
class Secret:
    """What opens a backup: a passphrase, or the content of a key file of at least 32 bytes."""

    passphrase: bytes = field(default=b"", repr=False)
    key: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if self.key and len(self.key) < KEY_BYTES:
            raise SetupError(
                f"The key file holds fewer than {KEY_BYTES} bytes. Make one: openssl rand -hex 32 > FILE"
            )

    def derive(self, salt: bytes) -> bytes:
        """The key of one file."""
        if self.key:
            return HKDF(SHA256(), KEY_BYTES, salt, b"campaign backup").derive(self.key)
        return Scrypt(salt, KEY_BYTES, SCRYPT_N, SCRYPT_R, SCRYPT_P).derive(self.passphrase)

    @property
    def kind(self) -> str:
        return "key" if self.key else "passphrase"


class SealedWriter(io.RawIOBase):
    """A file to write to; `close` ends the last piece."""

    def __init__(self, out: IO[bytes], secret: Secret | None) -> None:
        self._out = out
        self._cipher: AESGCM | None = None
        self._buffer = bytearray()
        self._number = 0
        header: dict[str, object] = {"seal": "none"}
        if secret is not None:
            salt, self._prefix = os.urandom(16), os.urandom(7)
            header = {"seal": secret.kind, "salt": salt.hex(), "nonce": self._prefix.hex()}
            self._cipher = AESGCM(secret.derive(salt))
        self._line = MAGIC + json.dumps(header).encode() + b"\n"
        out.write(self._line)

    def writable(self) -> bool:
        return True

    # bytes only, where RawIOBase takes any buffer
    def write(self, data: bytes) -> int:  # type: ignore[override]  # tarfile gives no other buffer
        if self._cipher is None:
            self._out.write(data)
            return len(data)
        self._buffer += data
        while len(self._buffer) > PIECE_BYTES:  # one piece stays behind: the last is marked as such
            self._seal(bytes(self._buffer[:PIECE_BYTES]), last=False)
            del self._buffer[:PIECE_BYTES]
        return len(data)

    def close(self) -> None:
        if not self.closed and self._cipher is not None:
            self._seal(bytes(self._buffer), last=True)
        super().close()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        assert self._cipher is not None
        nonce = _nonce(self._prefix, self._number, last)
        self._out.write(self._cipher.encrypt(nonce, piece, self._line))
        self._number += 1


class SealedReader(io.RawIOBase):
    """A file to read from, front to back; IntegrityError when it was changed or cut off."""

    def __init__(self, source: IO[bytes], secret: Secret | None) -> None:
        self._source = source
        self._line = source.readline(HEADER_LIMIT)
        if not self._line.startswith(MAGIC):
            raise IntegrityError("This file is no backup of Campaign, or of a newer kind.")
        header = _parse(self._line)
        self._cipher: AESGCM | None = None
        self._rest = b""
        self._number = 0
        self._ended = False
        if header["seal"] != "none":
            if secret is None or secret.kind != header["seal"]:
                raise SetupError(f"The backup is encrypted; give its {header['seal']}.")
            self._prefix = bytes.fromhex(header["nonce"])
            self._cipher = AESGCM(secret.derive(bytes.fromhex(header["salt"])))
            self._ahead = source.read(PIECE_BYTES + TAG_BYTES)

    def readable(self) -> bool:
        return True

    # a memoryview only, which is what BufferedReader gives
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader gives no other
        if self._cipher is None:
            data = self._source.read(len(buffer))
        else:
            while not self._rest and not self._ended:
                self._rest = self._open()
            data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _open(self) -> bytes:
        assert self._cipher is not None
        piece, self._ahead = self._ahead, self._source.read(PIECE_BYTES + TAG_BYTES)
        self._ended = not self._ahead
        nonce = _nonce(self._prefix, self._number, self._ended)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, piece, self._line)
        except InvalidTag:
            raise IntegrityError(WRONG) from None


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _parse(line: bytes) -> dict[str, str]:
    try:
        header: dict[str, str] = json.loads(line[len(MAGIC) :])
    except ValueError:
        raise IntegrityError("The first line of the backup is damaged.") from None
    return header
