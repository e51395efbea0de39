"""The child process that hashes a password: a request on standard input, the answer on standard output.

Run by its path and in isolation, so that it imports nothing of ours. One hash takes 64 MB for a tenth of a
second, which is what makes guessing dear; a web process that signs four people in at once would need 256 MB
more than for all of its pages, and it would be the largest process of the house because of it.

Request: `{"password": text, "hash": PHC string}`, or without a hash to make one. Answer: JSON, whether the
password is the one that was hashed (a hash that cannot be read is a no), or the hash.
"""

from __future__ import annotations

import json
import sys

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY


def main() -> None:
    request = json.load(sys.stdin)
    hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
    if "hash" not in request:
        json.dump(hasher.hash(request["password"]), sys.stdout)
        return
    matches: bool
    try:
        matches = hasher.verify(request["hash"], request["password"])
    except (VerificationError, InvalidHashError):  # a wrong password is a VerificationError, too
        matches = False
    json.dump(matches, sys.stdout)


if __name__ == "__main__":
    main()
