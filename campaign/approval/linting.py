"""What the linter says of copy that recurs: there are no people yet to render it for."""

from __future__ import annotations

from campaign.lint import Finding, lint_copy
from campaign.render.content import MessageContent


def lint_variants(content: MessageContent) -> list[Finding]:
    """Findings on the copy of all variants, merge fields in place."""
    return [finding for variant in content.variants for finding in lint_copy(content, variant.id)]
