"""For machines that read as we go: one JSON object a finding, with the file's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from campaign.lint.formats import Result


def lines(results: Iterable[Result]) -> Iterator[str]:
    """A line for each finding."""
    for result in results:
        for finding in result.findings:
            yield json.dumps({"name": result.name, **finding.to_json()}, ensure_ascii=False)
