"""Phrases that are found in pieces are those that are found in the whole text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.document import Draft
from lint_rules.parsing.around import Around
from lint_rules.parsing.in_common import find_beside
from lint_rules.parsing.lexicons import names
from lint_rules.parsing.normalise import folded
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import lexicon, tokens
from lint_rules.parsing.thesaurus import ASKED_APART, OF_OFFERS, Thesaurus, thesaurus
from lint_rules.readings import OF_THE_PAGE
from lint_rules.rule import Channel, Kind

# paragraphs with phrases at their ends, abbreviations before an empty line, full lines of Chinese
PARAGRAPHS = {
    "vi": ["Từ chối nhận thư:", "Công ty TNHH Trà Mộc An\nTP.", "HCM, trân trọng", "Trân trọng.", "trọng", "Trân", "giá ưu đãi", ""],
    "en": ["Kind regards", "Kind", "regards,\nAnna", "Tea Ltd.", "To unsubscribe, St.", "unsubscribe here", "save 20% on the", " "],
    "zh": ["此致", "敬礼", "如不想再收到广告，请退订", "绿叶茶业有限公司今年的春茶比往年早到了十天，请退\n订", "400", "元优惠。", "退", "订"],
}  # fmt: skip
GAPS = ["\n\n", "\n\n", "\n", "\n \n", " ", "\n\n\n"]


def texts(lang: str) -> st.SearchStrategy[str]:
    """Paragraphs, with what may stand between two."""
    piece = st.tuples(st.sampled_from(PARAGRAPHS[lang]), st.sampled_from(GAPS))
    return st.lists(piece, max_size=8).map(lambda pieces: folded("".join(map("".join, pieces))))


def found_in(lexicons: Thesaurus, text: str) -> dict[str, list[Span]]:
    """By the whole text; lexicons without a phrase in it left out."""
    return {name: spans for name, spans in lexicons.find(tokens(text), text).items() if spans}


@pytest.mark.parametrize("lang", PARAGRAPHS)
@settings(max_examples=150)
@given(data=st.data())
def test_beside_a_text_the_phrases_of_a_page_are_those_of_the_page_alone(
    lang: str, data: st.DataObject
) -> None:
    text, page = data.draw(texts(lang)), data.draw(texts(lang))
    others = [(text, thesaurus(lang).find(tokens(text), text))]
    found = find_beside(page, others, thesaurus(lang, OF_THE_PAGE))
    assert {name: spans for name, spans in found.items() if spans} == found_in(
        thesaurus(lang, OF_THE_PAGE), page
    )


@pytest.mark.parametrize("lang", PARAGRAPHS)
@settings(max_examples=150)
@given(data=st.data())
def test_around_a_place_the_phrases_of_the_text_are_found(lang: str, data: st.DataObject) -> None:
    text = data.draw(texts(lang))
    place = data.draw(st.integers(0, len(text)))
    wanted = thesaurus(lang, OF_OFFERS | OF_THE_PAGE)
    before, end = text.rfind("\n\n", 0, place), text.find("\n\n", place)
    inside = Span(before + 2 if before >= 0 else 0, end if end >= 0 else len(text))
    whole = {
        name: [span for span in spans if inside.holds(span)] for name, spans in found_in(wanted, text).items()
    }
    around = Around(text, tokens(text), wanted).of(Span(place, place))
    assert dict(around) == {name: spans for name, spans in whole.items() if spans}


@pytest.mark.parametrize("lang", PARAGRAPHS)
@settings(max_examples=100)
@given(data=st.data())
def test_a_page_that_was_read_beside_its_text_has_the_phrases_of_a_page_alone(
    lang: str, data: st.DataObject
) -> None:
    text, page = data.draw(texts(lang)), data.draw(texts(lang))
    html = "".join(f"<p>{paragraph}</p>" for paragraph in page.split("\n\n"))
    draft = Draft(lang, Channel.EMAIL, Kind.MARKETING, text=text, html=html)
    alone = Draft(lang, Channel.EMAIL, Kind.MARKETING, html=html)
    for name in OF_THE_PAGE:
        assert draft.phrases(name, draft.html_part) == alone.phrases(name, alone.html_part), name


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_tree_finds_what_each_lexicon_finds_alone(lang: str) -> None:
    text = folded("\n\n".join(PARAGRAPHS[lang]) + "\n\n" + " ".join(PARAGRAPHS[lang]))
    for name in sorted(set(names(lang)) - ASKED_APART - OF_OFFERS):
        alone = lexicon(lang, name).find(tokens(text), text)
        assert thesaurus(lang).find(tokens(text), text).get(name, []) == alone, name


def test_no_phrase_goes_over_an_empty_line_behind_an_abbreviation() -> None:
    lexicons = Thesaurus([("places", ["tp. hcm"])])
    for text, count in (("tp. hcm", 1), ("tp.\nhcm", 1), ("tp.\n\nhcm", 0), ("tp. -\n\nhcm", 0)):
        assert len(lexicons.find(tokens(text), text).get("places", [])) == count, text


def test_lexicons_that_no_text_is_looked_through_for_are_refused() -> None:
    draft = Draft("en", Channel.EMAIL, Kind.MARKETING, text="Dear Anna")
    for name in sorted(ASKED_APART | OF_OFFERS):
        with pytest.raises(LookupError, match=name):
            draft.phrases(name, Part.plain("text", "Dear Anna"))
