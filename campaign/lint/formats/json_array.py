"""For machines: one JSON array of messages with their findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from campaign.lint.formats import Result


def lines(results: Iterable[Result]) -> Iterator[str]:
    """The whole array as one line."""
    yield json.dumps(
        [
            {"name": result.name, "findings": [finding.to_json() for finding in result.findings]}
            for result in results
        ],
        ensure_ascii=False,
    )
