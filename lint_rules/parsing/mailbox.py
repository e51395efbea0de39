"""A mailbox as the context gives it: `Name <a@b>`, `"Name" <a@b>` or `a@b`, the name decoded.

Not `email.utils.parseaddr`: a name such as `Re: Tea` without quotes is just what a rule looks for.
"""

from __future__ import annotations


def read_mailbox(text: str | None) -> tuple[str, str]:
    """Name and address, either of them empty."""
    head, bracket, rest = (text or "").strip().rpartition("<")
    name, address = (head.strip(), rest.partition(">")[0]) if bracket else ("", rest)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\").strip()
    return name, address.strip() if "@" in address else ""


def host_of(text: str | None) -> str:
    """The host of its address, in lower case; empty when there is none."""
    return read_mailbox(text)[1].rpartition("@")[2].strip().lower().rstrip(".")
