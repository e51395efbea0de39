"""What the linter says of everything that would be signed."""

from __future__ import annotations

from campaign.lint import Finding, lint_copy
from campaign.render.content import MessageContent


def lint_variants(content: MessageContent) -> list[Finding]:
    """Findings on the copy of all variants: what recurs has no people yet to render for."""
    return [finding for variant in content.variants for finding in lint_copy(content, variant.id)]
