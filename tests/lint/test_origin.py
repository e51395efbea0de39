"""From the words of a rendering back to the copy: the same finding whoever the example is."""

from __future__ import annotations

import pytest

from campaign.compose.document import Block, Document, Offer, Part
from campaign.lint.origin import Origins
from lint_rules.document import Draft
from lint_rules.finding import Finding, fingerprint_of
from lint_rules.parsing.part import Part as TextPart
from lint_rules.rule import Severity

SALUTATION = "Kính gửi {{ contact.form_of_address|default('Quý khách') }} {{ contact.full_name }},"
HOOK = "Trà **sen** vụ mới, giảm 20% cho {{ contact.given_name|default('khách') }}, mời [xem giá](https://a.example/x)!!!"
DOCUMENT = Document(
    (
        Block("subject", Part.SUBJECT, "{{ contact.given_name }}, MUA NGAY"),
        Block("hello", Part.SALUTATION, SALUTATION),
        Block("hook", Part.HOOK, HOOK),
        Block("offer", Part.OFFER, facts=Offer(product="Trà sen", price="{{ contact.position }}")),
        Block("zh", Part.BODY, "您可免费获得2个席位，{{ contact.full_name }}先品五款。"),
    )
)
ORIGINS = Origins(DOCUMENT)
LETTER = (
    "Kính gửi Bà {name},\n\nTrà sen vụ mới, giảm 20% cho\n{name}, mời xem giá (a.example/x)!!!\n\n"
    "Sản phẩm Trà sen\nGiá {name}\n\n您可免费获得 2 个席\n位，{name}先品五款。\n\nTrà Quán"
)


def led_back(text: str, words: str, name: str = "Lan", part: str = "text") -> Finding:
    """A finding on these words of a letter, or of an e-mail's subject, led back."""
    start = text.index(words)
    whole = TextPart.plain(part, text)
    if part == "text":
        draft = Draft("vi", "letter", "marketing", text=text)
    else:
        draft = Draft("vi", "email", "marketing", subject=whole)
    place = (*whole.position(start), *whole.position(start + len(words)))
    finding = Finding("rule", Severity.ERROR, part, *place, "…", None, fingerprint_of("rule", words))
    return ORIGINS.lead_back(finding, draft, {"contact": {"full_name": name}})


def said(finding: Finding) -> str:
    """The words of the copy that it points at."""
    block = DOCUMENT.block(finding.part)
    assert block is not None
    text = "\n".join(source for _, source in block.texts() if source)
    lines = text.split("\n")
    assert finding.line == finding.end_line
    return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]


@pytest.mark.parametrize(
    ("words", "block", "source"),
    [
        ("vụ mới", "hook", "vụ mới"),
        ("Trà sen vụ", "hook", "Trà **sen** vụ"),
        ("giảm 20% cho\n{name}", "hook", "giảm 20% cho {{ contact.given_name|default('khách') }}"),
        ("!!!", "hook", "!!!"),
        ("xem giá", "hook", "xem giá"),
        ("Bà {name}", "hello", SALUTATION.removeprefix("Kính gửi ").removesuffix(",")),
        ("获得 2 个席\n位", "zh", "获得2个席位"),
        ("{name}先品", "zh", "{{ contact.full_name }}先品"),
    ],
)
@pytest.mark.parametrize("name", ["Lan", "NGUYỄN THỊ ỄN", "Trà"])
def test_words_of_a_letter_are_found_in_their_block(words: str, block: str, source: str, name: str) -> None:
    found = led_back(LETTER.format(name=name), words.format(name=name), name)
    assert (found.part, said(found)) == (block, source)
    assert found.fingerprint == fingerprint_of("rule", source)


def test_the_same_words_are_those_of_the_block_that_they_stand_in() -> None:
    text = LETTER.format(name="Lan")
    at = text.index("Sản phẩm Trà sen") + len("Sản phẩm ")
    draft = Draft("vi", "letter", "marketing", text=text)
    place = (*draft.text.position(at), *draft.text.position(at + len("Trà sen")))
    finding = Finding("rule", Severity.ERROR, "text", *place, "…")
    assert ORIGINS.lead_back(finding, draft, {}).part == "offer"


def test_fields_without_a_word_between_are_their_block() -> None:
    found = led_back("Lan, MUA NGAY", "Lan, MUA", part="subject")
    assert said(found) == "{{ contact.given_name }}, MUA"
    fields = Origins(Document((Block("b", Part.BODY, "{{ contact.a }}{{ contact.b }}"),)))
    draft = Draft("vi", "email", "marketing", blocks=[TextPart.plain("b", "XY")])
    finding = Finding("rule", Severity.ERROR, "b", 1, 1, 1, 2, "…", None, fingerprint_of("rule", "X"))
    found = fields.lead_back(finding, draft, {})
    assert found.fingerprint == fingerprint_of("rule", "{{ contact.a }}{{ contact.b }}")


def test_words_of_the_layout_keep_their_own_fingerprint() -> None:
    found = led_back(LETTER.format(name="Lan"), "Trà Quán")
    assert (found.part, found.line, found.fingerprint) == ("text", 1, fingerprint_of("rule", "Trà Quán"))


def test_a_label_of_the_layout_is_no_word_of_the_copy() -> None:
    text = "Sản phẩm\nTrà sen\n\nMời xem sản phẩm mới."
    copy = Document((Block("b", Part.BODY, "Mời xem sản phẩm mới."), Block("c", Part.HOOK, "Sản phẩm nào?")))
    draft = Draft("vi", "letter", "marketing", text=text)
    finding = Finding("rule", Severity.ERROR, "text", 1, 1, 1, 9, "…")
    assert Origins(copy).lead_back(finding, draft, {}).part == "text"


def test_words_behind_a_condition_are_found_as_they_are_written() -> None:
    block = Block("b", Part.BODY, "Chào {% if contact.a %}quý khách {% endif %}hôm nay RẺ NHẤT")
    draft = Draft("vi", "letter", "marketing", text="Chào hôm nay RẺ NHẤT")
    finding = Finding("rule", Severity.ERROR, "text", 1, 14, 1, 21, "…")
    found = Origins(Document((block,))).lead_back(finding, draft, {})
    assert (found.part, found.fingerprint) == ("b", fingerprint_of("rule", "RẺ NHẤT"))


def test_what_is_missing_holds_on_to_the_whole_copy() -> None:
    prints = {led_back(LETTER.format(name=name), "", name).fingerprint for name in ("Lan", "Nam")}
    assert len(prints) == 1


def test_a_condition_that_leaves_words_out_is_led_to_no_wrong_place() -> None:
    block = Block(
        "b", Part.BODY, "Chào {% if contact.a %}quý khách thân thiết {% endif %}hôm nay {{ contact.b }}"
    )
    draft = Draft("vi", "email", "marketing", blocks=[TextPart.plain("b", "Chào hôm nay Lan")])
    finding = Finding("rule", Severity.ERROR, "b", 1, 14, 1, 17, "…", None, fingerprint_of("rule", "Lan"))
    found = Origins(Document((block,))).lead_back(finding, draft, {"contact": {"b": "Lan"}})
    assert (found.line, found.column) == (1, 1)
    assert found.fingerprint == fingerprint_of("rule", block.text)
