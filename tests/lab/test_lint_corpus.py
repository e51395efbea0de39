"""The corpus of the linter's bench is what its description says."""

from __future__ import annotations

from collections import Counter
from statistics import mean

from campaign.lab import lint_corpus
from lint_rules.document import Draft


def test_the_corpus() -> None:
    messages = lint_corpus.messages()
    assert messages == lint_corpus.messages()
    assert Counter(message["lang"] for message in messages) == {"vi": 100, "en": 100, "zh": 100}
    pages = [message["html"] for message in messages if message["html"]]
    assert len(pages) == len(messages) // 2
    assert all(len(page.encode()) >= 20_000 and page.count("<a ") >= 10 for page in pages)
    for lang in ("vi", "en", "zh"):
        drafts = [Draft.from_json(message) for message in messages if message["lang"] == lang]
        words = mean(sum(len(draft.words(part)) for part in draft.body) for draft in drafts)
        assert 210 < words < 260
