"""A message ready to be filled, kept for the pages that show it again: the editor and the review desk need it
several times a page, and between two pages nothing of it changes but what was edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from campaign.render import email
from campaign.render.content import MessageContent
from campaign.render.email import CompiledEmail

# variants at work at the same time; each is some 0.3 MB
KEPT = 8


@dataclass(frozen=True)
class _Asked:
    """What is compiled depends on what is hashed and on nothing else."""

    sha256: str
    variant_id: int
    content: MessageContent = field(compare=False)


def email_of(content: MessageContent, variant_id: int) -> CompiledEmail:
    """As `email.compile_email`, TemplateError too."""
    return _compiled(_Asked(content.sha256, variant_id, content))


@lru_cache(maxsize=KEPT)
def _compiled(asked: _Asked) -> CompiledEmail:
    return email.compile_email(asked.content, asked.variant_id)
