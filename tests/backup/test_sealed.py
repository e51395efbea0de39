"""The container: what goes in comes out, and nothing else does."""

from __future__ import annotations

import io

import pytest

from campaign.backup.sealed import PIECE_BYTES, SealedReader, SealedWriter, Secret
from campaign.errors import IntegrityError, SetupError

PASSPHRASE = Secret(passphrase="trà sen mùa hạ".encode())
KEY = Secret(key=b"0123456789abcdef" * 4)


def seal(content: bytes, secret: Secret | None) -> bytes:
    out = io.BytesIO()
    with SealedWriter(out, secret) as sealed:
        for start in range(0, len(content), 300_001):
            sealed.write(content[start : start + 300_001])
    return out.getvalue()


def unseal(sealed: bytes, secret: Secret | None) -> bytes:
    return SealedReader(io.BytesIO(sealed), secret).read()


@pytest.mark.parametrize("secret", [None, PASSPHRASE, KEY])
@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, 2 * PIECE_BYTES, 2 * PIECE_BYTES + 7])
def test_there_and_back(secret: Secret | None, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sealed = seal(content, secret)
    assert unseal(sealed, secret) == content
    if secret and size > 1:
        assert content[:1000] not in sealed


def test_another_secret_opens_nothing() -> None:
    sealed = seal(b"khach hang", PASSPHRASE)
    with pytest.raises(IntegrityError, match="not this backup's"):
        unseal(sealed, Secret(passphrase=b"another"))
    with pytest.raises(SetupError, match="give its passphrase"):
        unseal(sealed, KEY)
    with pytest.raises(SetupError, match="give its passphrase"):
        unseal(sealed, None)


def test_changed_cut_swapped_and_repeated_pieces_are_found() -> None:
    sealed = seal(b"a" * (3 * PIECE_BYTES), KEY)
    line, _, body = sealed.partition(b"\n")
    size = PIECE_BYTES + 16
    first, second, third = body[:size], body[size : 2 * size], body[2 * size :]
    flipped = bytes([first[0] ^ 1]) + first[1:]
    for damaged in (
        flipped + second + third,
        first + second,
        second + first + third,
        first + first + second + third,
        first + second + third[:-1],
    ):
        with pytest.raises(IntegrityError):
            unseal(line + b"\n" + damaged, KEY)
    with pytest.raises(IntegrityError):
        unseal(line.replace(b'"key"', b'"key" ') + b"\n" + body, KEY)


def test_other_files_and_short_keys_are_refused() -> None:
    with pytest.raises(IntegrityError, match="no backup"):
        unseal(b"PK\x03\x04", None)
    with pytest.raises(SetupError, match="openssl rand"):
        Secret(key=b"short")
