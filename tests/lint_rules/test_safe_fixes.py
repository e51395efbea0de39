"""Safe fixes on any text: they end, change no word, break no link and bring nothing new to mend."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits
from lint_rules.parsing.links import find_urls
from lint_rules.registry import all_rules

BLANKS_ONLY = ("line-length", "link-broken-across-lines", "no-blank-line-between-paragraphs")
ALL = (*BLANKS_ONLY, "too-many-exclamation-marks", "doubled-word")
RULES = [rule for rule in all_rules() if rule.id in ALL]
# more rounds than a text of this size has places to mend
ROUNDS = 80

WORDS = {
    "vi": ["trà", "sen", "của", "được", "giảm", "Nguyễn", "khoẻ", "1.990.000đ", "TP.", "quý", "khách"],
    "en": ["tea", "the", "of", "and", "Anna", "half-price", "e.g.", "don't", "20%", "a"],
    "zh": ["新茶", "的", "欢迎", "，", "。", "（九折）", "我们", "“好”", "99元", "请"],
}
ODD = [
    "https://tea.example/x",
    "https://tea.example/" + "long-" * 14 + "path",
    "<https://tea.example/a?b=c>",
    "(www.tea.example/y)",
    "https://tea.example/x\n/spring?ref=1",
    "{{ contact.given_name|default('bạn') }}",
    "👨‍👩‍👧‍👦",
    "🇻🇳",
    "1️⃣",
    "e\u0301\u0323\u0302",
    "x" * 80,
    "!!",
    "!?!",
    "！",
    ".",
    ",",
    "-",
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\r\n",
    "Dear Anna,\n",
    "Yours,\nTom",
]


def texts(lang: str) -> st.SearchStrategy[str]:
    pieces = st.one_of(st.sampled_from(WORDS[lang]), st.sampled_from(WORDS[lang]), st.sampled_from(ODD))
    return st.lists(pieces, max_size=60).map((" " if lang != "zh" else "").join)


def fixable(lang: str, text: str, rule: str) -> list[Finding]:
    draft = Draft(lang, "email", "marketing", "10%", text)
    found = check(draft, rules=[one for one in RULES if one.id == rule])
    return [finding for finding in found if finding.fix and finding.fix.safe]


def mended(lang: str, text: str, rule: str) -> str:
    for _ in range(ROUNDS):
        found = fixable(lang, text, rule)
        if not found:
            return text
        fix = found[0].fix
        assert fix is not None
        made = apply_edits("text", text, fix.edits)
        assert made != text, (rule, found[0])
        text = made
    raise AssertionError(f"{rule}: its fix has no end")


def bare(text: str) -> str:
    """The text without blanks, line ends and the marks of quoted lines; a mended stretch may be NFC."""
    return re.sub(r"[\s>]+", "", unicodedata.normalize("NFC", text))


def addresses(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    return [text[span.start : span.end] for span in find_urls(text)]


@pytest.mark.parametrize("rule", BLANKS_ONLY)
@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
@given(data=st.data())
def test_layout_fixes_move_blanks_only(rule: str, lang: str, data: st.DataObject) -> None:
    text = data.draw(texts(lang))
    made = mended(lang, text, rule)
    assert bare(made) == bare(text)
    if rule != "link-broken-across-lines":
        assert addresses(made) == addresses(text)


@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
@given(data=st.data())
def test_fewer_exclamation_marks_and_nothing_else(lang: str, data: st.DataObject) -> None:
    text = data.draw(texts(lang))
    made = mended(lang, text, "too-many-exclamation-marks")
    marks = str.maketrans("", "", "!！‼﹗?？ \n")
    assert made.translate(marks) == text.translate(marks)
    assert addresses(made) == addresses(text)


@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
@given(data=st.data())
def test_a_doubled_word_is_left_once(lang: str, data: st.DataObject) -> None:
    text = data.draw(texts(lang))
    made = mended(lang, text, "doubled-word")
    assert set(made.casefold()) == set(text.casefold()) - ({"\n", "\r", ">", " ", "\t"} - set(made))
    assert addresses(made) == addresses(text)


@given(data=st.data())
def test_the_rewrap_brings_no_other_finding(data: st.DataObject) -> None:
    text = data.draw(texts("en"))
    made = mended("en", text, "line-length")
    for rule in ("link-broken-across-lines", "doubled-word"):
        assert len(fixable("en", made, rule)) <= len(fixable("en", text, rule)), rule
