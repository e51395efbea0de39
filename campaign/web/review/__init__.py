"""The reviewer's desk: what waits, the reading page, the decision."""

from campaign.web.review import (  # noqa: F401  (they hang their views on it)
    acting,
    decide,
    documents,
    evidence,
    queue,
    reading,
)
from campaign.web.review.blueprint import blueprint

__all__ = ["blueprint"]
