"""What a server's lines say."""

from __future__ import annotations

import re

from campaign.dispatch.transports.smtp import Reply

# a message was taken and the next one's envelope was granted: what nearly every answer of a server is.
# Nothing but single lines; whatever else comes is read line by line
_USUAL = re.compile(rb"(2\d\d [^\n]*)\n2\d\d [^\n]*\n2\d\d [^\n]*\n354 [^\n]*\n")

_SEEN: dict[bytes, Reply] = {}
"""Answers of one line, which are the same ten thousand times."""
_SEEN_MOST = 500


class Nonsense(Exception):
    """The server does not speak SMTP; what was in doubt stays in doubt."""


def usual(data: bytes) -> Reply | None:
    """The answer to a dot, when this is it and then a yes each to MAIL, RCPT and DATA, and nothing else."""
    found = _USUAL.fullmatch(data)
    return seen(found[1]) if found else None


def seen(line: bytes) -> Reply:
    """An answer of one line, without its LF. Nonsense when it is none."""
    reply = _SEEN.get(line)
    if reply is None:
        reply = reply_of([line])
        if len(_SEEN) < _SEEN_MOST:
            _SEEN[line] = reply
    return reply


def reply_of(lines: list[bytes]) -> Reply:
    """An answer of several lines, without their LFs. Nonsense when it is none."""
    code = lines[-1][:3]
    if not code.isdigit() or not 200 <= int(code) < 600:
        raise Nonsense("the server does not speak SMTP")
    text = b"\n".join(line[4:].strip() for line in lines).decode("utf-8", "replace")
    # a database takes no NUL in a text
    return Reply(int(code), text.replace("\0", ""))
