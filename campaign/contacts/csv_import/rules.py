"""What happens to people whom we know already."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """The person who imports sees it before it happens. Within one file the first row about somebody counts
    and later ones only add what is still missing, whatever the rule: so the same file twice changes nothing.
    """

    FILE = "file"  # what the file says replaces what we had
    FILL = "fill"  # it only adds what is missing
    KEEP = "keep"  # people we know stay as they are
