"""What is found by a quick look is what reading everything finds: patterns near their cues, words counted, parts
without what they share."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.document import Draft
from lint_rules.parsing import capitals, gains, opt_out, prices, sentences
from lint_rules.parsing.begins import heads
from lint_rules.parsing.beside import BLOT, beside
from lint_rules.parsing.capitals import SHORTEST_RUN, is_capital
from lint_rules.parsing.near import Near
from lint_rules.parsing.normalise import folded
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import LANGUAGES, Channel, Kind

PIECES = [
    "024 3828 0000", "(+84) 91 234 5678", "a12 3456789 01", "12/2026", "390.000đ", "1,99 triệu", "hai trăm nghìn đồng",
    "giá chỉ còn 199.000", "$20", "twenty dollars", "九十九块", "usd 5", "hk$ 40", "năm 2020", "一年", "hai phút", "2 giờ",
    "TRÀ SEN", "A", "Ở", "(ABC/def)", "𝗦𝗔𝗟𝗘", "Q1", "20%", "ĐẶT-NGAY", "...", "?!", "。", "a.m.", "”", ".", "!",
    "{{ first_name|default('anh chị em') }}", "{% if vip %}", "{% endif %}", "_", "—", "trà", "chè", "trọng", "\n", "\n\n", "  ", "\t",
]  # fmt: skip
GAPS = [" ", "", "\n", ", ", ". "]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=14).map(
    lambda pieces: "".join(map("".join, pieces))
)


@pytest.mark.parametrize("pattern", [opt_out.PHONE, prices._PRICE], ids=["phone", "price"])
@settings(max_examples=300)
@given(text=texts)
def test_near_its_cues_a_pattern_finds_what_it_finds_anywhere(pattern: Near, text: str) -> None:
    near = [match.span() for match in pattern.finditer(folded(text))]
    assert near == [match.span() for match in pattern.pattern.finditer(folded(text))]


@settings(max_examples=300)
@given(text=texts)
def test_sentences_end_at_the_first_mark_of_each_run(text: str) -> None:
    plain = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？；]+[”’」』）]*")
    assert [m.span() for m in sentences._END.finditer(text)] == [m.span() for m in plain.finditer(text)]


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=200)
@given(text=texts)
def test_words_are_as_many_as_are_placed(lang: str, text: str) -> None:
    draft = Draft(lang, Channel.EMAIL, Kind.MARKETING, text=text)
    assert draft.word_count(draft.text) == len(draft.words(draft.text))


@settings(max_examples=300)
@given(text=texts)
def test_no_run_of_capitals_is_passed_over(text: str) -> None:
    part = Part.plain("text", text)
    in_capitals = sum(map(is_capital, capitals._WORD.findall(part.masked)))
    if in_capitals < SHORTEST_RUN:
        assert not list(capitals.runs(part))
    elif capitals._RARE.search(text) is None:
        assert len(capitals._LAST_CAPITAL.findall(part.masked)) >= SHORTEST_RUN


@settings(max_examples=300)
@given(text=texts)
def test_a_figure_that_promises_is_not_passed_over(text: str) -> None:
    low = folded(text)
    assert gains.promises_figure(low) == bool(gains._FIGURE.search(gains._NO_GAIN.sub(" ", low)))


def test_heads_are_the_first_two_letters_of_each_word() -> None:
    pattern = re.compile(heads(["hai", "hk$", "a", "us$"]))
    assert [bool(pattern.match(text)) for text in ("hai", "hk$ 4", "a dozen", "us$", "hoa", "u", "x")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip


@settings(max_examples=200)
@given(shared=st.lists(texts, max_size=3), mine=st.lists(texts, max_size=3), theirs=texts, data=st.data())
def test_what_a_part_alone_says_stands_where_it_stood(
    shared: list[str], mine: list[str], theirs: str, data: st.DataObject
) -> None:
    blocks = data.draw(st.permutations([*shared, *mine]))
    part, other = (Part.plain("text", "\n\n".join(pieces)) for pieces in (blocks, [*shared, theirs]))
    own = beside(part, other)
    place = 0
    for kept in own.part.text.split(BLOT):
        span = Span(place, place + len(kept))
        there = own.in_whole(span)
        assert part.text[there.start : there.end] == kept
        assert not kept or own.of_whole(there) == span
        place = span.end + len(BLOT)
    assert own.of_whole(Span(0, len(part.text))) == Span(0, len(own.part.text))
