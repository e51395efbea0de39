"""Letters as typeset: what is printed, where, and what can never happen."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.compose.document import Part
from campaign.errors import TemplateError
from campaign.models import Channel
from campaign.render import samples
from campaign.render.glyphs import FONTS, MissingGlyph
from campaign.render.letter import FilledLetter, compile_letter
from campaign.render.pdf import lines_of, make_pdf, paragraphs_of_many, preview_png, preview_svg, read_pages
from tests.render.letters import ADDRESS, VALUES, filled

LAYOUTS = ("business", "greeting")
MM = 72 / 25.4
ENGLISH = (
    "The lotus opened early this year, and the first batch of scented tea is ready. We have kept ten boxes "
    "for you before they go on sale; the scent has settled into every leaf, so the first cup is fragrant "
    "and the third still leaves a trace of sweetness, which is how you like it. "
)
PROSE = (
    "Mùa sen năm nay nở sớm, và mẻ trà ướp đầu tiên đã sẵn sàng. Chúng tôi để dành mười hộp cho chị, "
    "trước khi bày bán ở cửa hàng; hương sen ngấm vào từng búp trà, nên nước đầu đã thơm và nước thứ ba "
    "vẫn còn hậu ngọt, như ý chị mong. "
)


def _text(
    letter: FilledLetter, left: float = 0, right: float = 210, top: float = 0, bottom: float = 297
) -> str:
    """The text of page one inside a rectangle in mm."""
    with pypdfium2.PdfDocument(make_pdf([letter]).pdf) as document:
        page = document[0]
        text = page.get_textpage().get_text_bounded(
            left=left * MM,
            right=right * MM,
            top=page.get_height() - top * MM,
            bottom=page.get_height() - bottom * MM,
        )
    return str(text).replace("\r\n", "\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_vietnamese_comes_out_exactly(layout: str) -> None:
    lines = lines_of(filled(layout))
    assert " ".join(lines).startswith(
        "Trà sen mùa mới, giảm 20% cho khách quen Kính gửi chị Oanh, "
        "Mùa sen năm nay nở sớm, và mẻ trà ướp đầu tiên đã sẵn sàng cho chị. "
    )
    assert "Nguyễn Thị Ền" in lines


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_address_stands_in_the_window(layout: str) -> None:
    window = _text(filled(layout), 20, 105, 45 + 17.7, 90)
    assert window.split("\n") == [
        "Bà Nguyễn Thị Kim Oanh",
        "Số 7, ngõ 12, đường Láng",
        "phường Láng, Hà Nội 11500",
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_six_address_lines_stay_in_the_window(layout: str) -> None:
    six = [
        "Công ty Cổ phần Dệt may Phương Đông",
        "Bà Nguyễn Thị Kim Oanh",
        "Giám đốc",
        "Số 7",
        "Hà Nội",
        "VIETNAM",
    ]
    assert _text(filled(layout, address=six), 20, 105, 45 + 17.7, 90).split("\n") == six


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_line_is_longer_than_our_own_rule(layout: str) -> None:
    lines = lines_of(filled(layout, hook=PROSE * 4, body=ENGLISH * 4, closing="Xin cảm ơn,"))
    assert 50 <= max(map(len, lines)) <= 67, lines


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_are_counted_per_letter(layout: str) -> None:
    short, long = filled(layout), filled(layout, body=(PROSE + "\n\n") * 6)
    made = make_pdf([short, long, short, filled(layout, language="en")])
    assert made.pages == [1, 2, 1, 1], made.pages
    with pypdfium2.PdfDocument(made.pdf) as document:
        assert len(document) == 5
    gathered = [[line for lines in letter for line in lines] for letter in paragraphs_of_many([short, long])]
    assert gathered == [lines_of(short), lines_of(long)]
    assert len(lines_of(long)) > 30


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_lines_stand_together_as_the_author_wrote_them(layout: str, language: str) -> None:
    """Each paragraph of the sample comes back as one, whatever its lines; a table row by row."""
    content = samples.sample_content(Channel.LETTER, layout, language)
    values = samples.load_sample(Channel.LETTER, layout).values[language]
    letter = compile_letter(content, 0).fill(values, {}, ADDRESS)
    found = [_run_together(lines) for lines in paragraphs_of_many([letter])[0]]
    for block in content.variants[0].document.of(Part.BODY):
        for paragraph in block.text.split("\n\n"):
            if "{{" not in paragraph:
                assert _run_together([paragraph]) in found


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    long = "Mỗi sáng mùa sen, thuyền ra hồ từ bốn giờ, hái búp vừa hé rồi về kịp mẻ ướp đầu tiên. " * 40
    (found,) = paragraphs_of_many([filled(body=f"{long}\n\nHết.")])
    assert max(map(len, found)) > 40
    assert ["Hết."] in found


def test_items_of_a_list_stand_together() -> None:
    (found,) = paragraphs_of_many([filled(body="Trong hộp có:\n\n- trà sen\n- trà nhài\n\nGói tay.")])
    at = found.index(["Trong hộp có:"])
    assert found[at + 1 : at + 3] == [["– trà sen", "– trà nhài"], ["Gói tay."]]


def test_places_are_those_of_the_words() -> None:
    letter = filled()
    (page,) = read_pages(letter)
    line = next(line for line in page.lines if "Nguyễn Thị Ền" in line.text)
    assert len(line.boxes) == len(line.text)
    assert [line.text for line in page.lines] == lines_of(letter)
    tops = [line.boxes[0].bottom for line in page.lines]
    assert tops == sorted(tops)
    assert 70 < line.boxes[0].left < line.boxes[-1].right < page.width


def _run_together(lines: list[str]) -> str:
    """Without blanks: typesetting sets its own between Chinese and figures."""
    return "".join("".join(lines).split())


def test_the_qr_code_can_be_read_and_the_code_is_printed() -> None:
    letter = filled(
        system={"reply_code": "K7F39QXM", "reply_qr": "mailto:reply+abc@reply.example?subject=K7F39QXM"}
    )
    assert "K7F3-9QXM" in _text(letter)
    with pypdfium2.PdfDocument(make_pdf([letter]).pdf) as document:
        bitmap = document[0].render(scale=4, grayscale=True)
        code = zxingcpp.read_barcodes(memoryview(bitmap.buffer).cast("B", (bitmap.height, bitmap.stride)))
    assert [found.text for found in code] == ["mailto:reply+abc@reply.example?subject=K7F39QXM"]


def test_links_are_shown_as_text() -> None:
    text = "\n".join(
        lines_of(filled(hook="Xem [bảng giá](https://trasen.example/gia) hay https://trasen.example."))
    )
    assert "Xem bảng giá (trasen.example/gia) hay trasen.example." in text


def test_offer_and_action_are_printed() -> None:
    offer = {
        "facts": {
            "product": "Trà sen 100 g",
            "price": "960.000 đ",
            "deadline": "",
            "delivery": "",
            "code": "",
        }
    }
    action = {"text": "Đặt hàng trước ngày 30/6 tại", "url": "https://trasen.example/dat-hang"}
    lines = lines_of(filled(offer=offer, action=action))
    assert "Giá 960.000 đ" in lines
    assert not any("Hạn chót" in line for line in lines)
    assert lines[lines.index("Đặt hàng trước ngày 30/6 tại") + 1] == "trasen.example/dat-hang"


def test_conditions_may_span_paragraphs_and_items() -> None:
    body = "{% if contact.given_name == 'Oanh' %}\n- Một\n- Hai\n{% else %}\n- Ba\n{% endif %}\nCuối"
    lines = lines_of(filled(body=body))
    assert "– Hai" in lines
    assert "– Ba" not in lines
    assert "Cuối" in lines


def test_chinese_is_printed() -> None:
    lines = lines_of(
        filled(language="zh", subject="新春快乐", salutation="尊敬的王女士：", hook="感谢您多年的支持。")
    )
    assert lines[:3] == ["新春快乐", "尊敬的王女士：", "感谢您多年的支持。"]


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(TemplateError, match="given_name"):
        filled(values={"contact": {}})


@pytest.mark.parametrize("character", ["😀", "ع", "𠮷"])
def test_a_character_that_we_cannot_print_is_named(character: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        filled(values={"contact": {"given_name": f"Oanh {character}"}})
    assert refused.value.character == character
    with pytest.raises(MissingGlyph):
        filled(hook=f"Chúc mừng {character}")


HOSTILE = [
    '#read("/etc/passwd")',
    '"; #panic("x"); "',
    "]#sys.inputs[",
    "\\",
    '\\"',
    "*đậm* _nghiêng_ `mã` $x$",
    "= Đầu đề",
    "// chú thích",
    "/* mở",
    '#import "@preview/cetz:0.3.4"',
    "<nhãn> @tham",
    "- mục",
    "{{ 7*7 }}",
    "{% raw %}",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_printed_as_it_is(value: str) -> None:
    lines = lines_of(filled(values={"contact": {"given_name": value}}, address=[value, "Hà Nội"]))
    assert f"Kính gửi chị {value}," in lines


@pytest.mark.parametrize(
    "value", [text for text in HOSTILE if "{" not in text and not text.startswith(("- ", "\\"))]
)
def test_hostile_copy_is_printed_as_it_is(value: str) -> None:
    assert value in lines_of(filled(subject=value, hook=f"x {value}"))


@settings(max_examples=15)
@given(
    st.text(
        st.characters(codec="cp1258", exclude_categories=("Cc", "Cs", "Zs", "Mn")), min_size=1, max_size=30
    )
)
def test_any_name_is_typeset_or_refused(name: str) -> None:
    try:
        letter = filled(values={"contact": {"given_name": name}})
    except MissingGlyph:
        return
    assert make_pdf([letter]).pages == [1]


def test_previews() -> None:
    letter = filled("greeting")
    assert preview_png(letter, 40)[0].startswith(b"\x89PNG")
    assert preview_svg(letter)[0].startswith(b"<svg")


def test_the_same_letters_give_the_same_bytes() -> None:
    assert make_pdf([filled()]).pdf == make_pdf([filled()]).pdf


def test_merging_keeps_every_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.render.pdf.LETTERS_PER_CHUNK", 2)
    letters = [filled(values={**VALUES, "contact": {"given_name": f"Số {n}"}}) for n in range(5)]
    made = make_pdf(letters)
    assert made.pages == [1] * 5
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as document:
        texts = [document[index].get_textpage().get_text_range() for index in range(5)]
    assert all(f"Kính gửi chị Số {n}," in text for n, text in enumerate(texts))


@pytest.mark.parametrize("language", ["vi", "en", "zh"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sample_of_every_layout_is_a_good_letter(layout: str, language: str) -> None:
    sample = samples.load_sample(Channel.LETTER, layout)
    content = samples.sample_content(Channel.LETTER, layout, language)
    system = samples.sample_system(date(2026, 3, 12), "https://trasen.example")
    letter = compile_letter(content, 0).fill(sample.values[language], system, ADDRESS)
    assert make_pdf([letter]).pages == [1]
    assert max(map(len, lines_of(letter))) <= 67
    assert ("12 tháng 3 năm 2026" in _text(letter)) == (layout == "business" and language == "vi")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_below_the_farewell_replace_the_houses_signatory(layout: str, between: str) -> None:
    lines = lines_of(filled(layout, closing=f"Thân mến,{between}**Nguyễn Thu Hà**\nNgười pha trà"))
    assert lines[-3:] == ["Thân mến,", "Nguyễn Thu Hà", "Người pha trà"]


def test_every_font_is_what_the_manifest_says() -> None:
    listed = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))["fonts"]
    for font in listed:
        assert hashlib.sha256((FONTS / font["file"]).read_bytes()).hexdigest() == font["sha256"]
        assert "Open Font License" in (FONTS / font["licence_file"]).read_text(encoding="utf-8")
    assert {font["file"] for font in listed} == {path.name for path in FONTS.glob("*.[ot]tf")}
