"""The rules: what each asks and why, with examples; and how the house weighs them."""

from campaign.web.rules import index, page, settings, words  # noqa: F401  (they hang their views on it)
from campaign.web.rules.blueprint import blueprint

__all__ = ["blueprint"]
