"""Lint: messages and renderings in; findings from lint_rules out.

`lint_copy` runs while somebody types, on the copy with its merge fields in place; `lint_audience` before
sign-off, on the renderings of the whole frozen audience.
"""

from campaign.lint.audience import AudienceFinding, lint_audience
from campaign.lint.copy import lint_copy
from campaign.lint.findings import blocking
from lint_rules.finding import Finding

__all__ = ["AudienceFinding", "Finding", "blocking", "lint_audience", "lint_copy"]
