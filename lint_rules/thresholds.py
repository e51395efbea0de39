"""The numbers of the rules that a house may set, each with its default and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """`rule` reads it; a house may choose from `least` to `most`."""

    rule: str
    default: int
    least: int
    most: int


THRESHOLDS: Mapping[str, Threshold] = {
    # columns that the usual mail program shows on a desk
    "subject_columns": Threshold("subject-too-long", 60, 20, 200),
    # three in a whole message still read as joy
    "exclamation_marks": Threshold("too-many-exclamation-marks", 3, 0, 50),
    # three or four lines are easy to read
    "paragraph_lines": Threshold("paragraph-longer-than-four-lines", 4, 1, 50),
    # a Vietnamese word has one or two syllables, each written apart; a Chinese character is half a word
    "sentence_words_vi": Threshold("sentence-too-long", 40, 5, 500),
    "sentence_words_en": Threshold("sentence-too-long", 30, 5, 500),
    "sentence_words_zh": Threshold("sentence-too-long", 60, 5, 500),
    # more than one thing to do, and the reader does none
    "calls_to_action": Threshold("too-many-different-calls-to-action", 2, 1, 20),
    "copies": Threshold("too-many-cc", 3, 0, 100),
    # SpamAssassin's HTML_IMAGE_ONLY tests begin to count below a few hundred bytes of text
    "words_beside_images": Threshold("image-only-message", 20, 0, 1000),
}
