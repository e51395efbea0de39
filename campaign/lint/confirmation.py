"""What is wrong with the words of a form's mail: the same rules as for every message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.compose.check import check_document
from campaign.contacts.opt_in.content import FormContent
from campaign.lint.copy import lint_copy
from campaign.lint.findings import blocking
from campaign.models import Sender
from campaign.render.confirmation import VARIANT, content_of
from campaign.render.content import sender_facts
from lint_rules.config import Config
from lint_rules.finding import Finding

# where the button would lead; nobody follows it while words are checked
NOWHERE = "https://example.com/k/x"


@dataclass(frozen=True)
class Remarks:
    """`problems` are keys with values of what is no plain text; `findings` are the linter's."""

    problems: tuple[tuple[str, Mapping[str, object]], ...]
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> bool:
        return bool(self.problems or blocking(list(self.findings)))


def remarks_on(content: FormContent, sender: Sender, config: Config | None = None) -> dict[str, Remarks]:
    """By language, what stands against the mail; languages without a remark are not in it."""
    found: dict[str, Remarks] = {}
    for language, words in content.words.items():
        message = content_of(sender_facts(sender), language, words, words.wording, NOWHERE)
        problems = check_document(message.variant(VARIANT).document, ())
        if problems:
            found[language] = Remarks(tuple((one.key, one.values) for one in problems), ())
        elif findings := lint_copy(message, VARIANT, config=config):
            found[language] = Remarks((), tuple(findings))
    return found
