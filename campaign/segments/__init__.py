"""Segments: a typed rule tree in, one SQL statement out."""

from campaign.segments.compile import where
from campaign.segments.counting import Counts, count, sample
from campaign.segments.rule import EVERYBODY, Rule, parse, to_json

__all__ = ["EVERYBODY", "Counts", "Rule", "count", "parse", "sample", "to_json", "where"]
