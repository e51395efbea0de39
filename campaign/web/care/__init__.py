"""The care desk: whom to greet, and greeting them."""

from campaign.web.care import greet, plan, preview  # noqa: F401 (they hang their views on it)
from campaign.web.care.blueprint import blueprint

__all__ = ["blueprint"]
