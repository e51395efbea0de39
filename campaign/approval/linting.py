"""What the linter says of copy that recurs: there are no people yet to render it for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.lint import Finding, house, lint_copy
from campaign.render.content import MessageContent


def lint_variants(db: Session, content: MessageContent) -> list[Finding]:
    """Findings on the copy of all variants, merge fields in place."""
    config = house.config(db)
    return [
        finding for variant in content.variants for finding in lint_copy(content, variant.id, config=config)
    ]
