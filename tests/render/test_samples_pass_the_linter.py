"""The samples that people start from are what the rules ask for."""

from __future__ import annotations

import pytest

from campaign.lint import lint_copy
from campaign.models import Channel
from campaign.render import samples
from campaign.render.email import compile_email
from lint_rules.config import Config
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check

SYSTEM = {"unsubscribe_url": "https://example.com/u/a", "view_url": "https://example.com/v/a"}


@pytest.mark.parametrize("layout", ["letterhead", "offer", "greeting", "confirmation"])
@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_no_rule_has_a_remark_on_a_sample(layout: str, language: str) -> None:
    sample = samples.load_sample(Channel.EMAIL, layout)
    content = samples.sample_content(Channel.EMAIL, layout, language)
    parts = compile_email(content, 0).fill(sample.values[language], SYSTEM)
    context = Context(offer_type=sample.offer_type)
    draft = Draft(
        language, "email", sample.kind.value, parts.subject, parts.text, parts.html, context=context
    )
    assert check(draft, Config()) == []


@pytest.mark.parametrize(
    ("channel", "layout"), [("email", "letterhead"), ("email", "offer"), ("letter", "business")]
)
def test_a_sample_that_sells_says_what(channel: str, layout: str) -> None:
    assert samples.load_sample(Channel(channel), layout).offer_type is not None


@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_no_rule_asks_the_sample_letter_how_to_get_it(language: str) -> None:
    found = lint_copy(samples.sample_content(Channel.LETTER, "business", language), 0)
    assert "delivery-missing" not in {finding.rule for finding in found}
