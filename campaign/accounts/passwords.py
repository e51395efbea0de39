"""Passwords: argon2id, with the parameters that RFC 9106 §4 names for memory-constrained machines."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

from campaign.errors import InvalidInput

# NIST SP 800-63B-4 §3.1.1.2: length is what counts; composition rules do harm
MIN_LENGTH = 10
# argon2 takes more; a bound keeps one request's work small
MAX_LENGTH = 200

# the memory that a hash takes is a child's, and gone with it
HASHER = Path(__file__).with_name("hasher.py")
# a hash takes a tenth of a second; on a machine that is drowned in work more
TIMEOUT_SECONDS = 60


def hash_password(password: str) -> str:
    """The argon2id hash in PHC string format."""
    return str(_ask(password=_plain(password)))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed.

    With None (no such account) the same work is done and the answer is no, so that the time taken does
    not tell which accounts exist.
    """
    matches = _ask(password=_plain(password), hash=password_hash or _nobodys_hash())
    return matches is True and password_hash is not None


def require_strong(password: str, *, email: str, name: str) -> None:
    """InvalidInput unless the password is long enough and is not the person's own name or address."""
    plain = _plain(password)
    if len(plain) < MIN_LENGTH:
        raise InvalidInput("auth-password-short", field="password", least=MIN_LENGTH)
    if len(plain) > MAX_LENGTH:
        raise InvalidInput("auth-password-long", field="password", most=MAX_LENGTH)
    folded = plain.casefold()
    own = {email.casefold(), email.partition("@")[0].casefold(), name.casefold()}
    if folded in own or len(set(folded)) <= 2:
        raise InvalidInput("auth-password-guessable", field="password")


def _plain(password: str) -> str:
    """One spelling for what looks the same: Vietnamese keyboards send composed and decomposed marks."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    return hash_password("no account has this password")


def _ask(**request: str) -> object:
    """The answer of a child of its own; CalledProcessError when it fails."""
    done = subprocess.run(  # noqa: S603 -- our own file, our own interpreter
        [sys.executable, "-I", str(HASHER)],
        # escaped: whatever somebody typed travels, also half a character
        input=json.dumps(request).encode(),
        stdout=subprocess.PIPE,
        timeout=TIMEOUT_SECONDS,
        check=True,
    )
    return json.loads(done.stdout)
