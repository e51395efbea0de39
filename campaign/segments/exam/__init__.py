"""The five-criteria exam: whether a segment is worth writing to."""

from campaign.segments.exam.verdict import Verdict
from campaign.segments.exam.whole import Exam, examine, to_json

__all__ = ["Exam", "Verdict", "examine", "to_json"]
