"""The fast road gives the very bytes of the plain one, whatever the copy and whatever the values."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.compose import document as documents
from campaign.compose.check import check_document
from campaign.compose.document import Block, Document, Offer, Part
from campaign.errors import IntegrityError, TemplateError
from campaign.lab import bench_message
from campaign.models import Channel
from campaign.render import samples
from campaign.render.email import CompiledEmail, compile_email
from campaign.render.headers import Envelope
from campaign.render.mime import Encoding, boundary_of, build, check_bytes
from campaign.render.people import Unfillable
from campaign.render.quick import QuickEmail
from campaign.render.quick_head import Envelopes
from campaign.render.quick_part import in_bytes

KNOWN = ["contact.full_name", "contact.given_name", "contact.form_of_address", "contact.code",
         "contact.custom.hobby"]  # fmt: skip
SYSTEM = {
    "unsubscribe_url": "https://example.com/u/abc?x=1&y=2",
    "view_url": "https://example.com/v/abc",
    "pixel_url": "https://example.com/o/abc.gif",
    "reply_code": "",
    "today": "2026-03-09",
}
ENVELOPE = Envelope(
    from_name="Trà Mộc An",
    from_email="thu@tramocan.example",
    to_name="",
    to_email="huong@example.com",
    date=datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
    message_id="d12.k3v@tramocan.example",
    reply_to="reply+abc@reply.example.com",
    unsubscribe_url=SYSTEM["unsubscribe_url"],
    unsubscribe_mail="unsubscribe+abc@reply.example.com",
    feedback_id="m7:v0:marketing:s1tramocan",
)

# what copy is made of: every kind of slot, and text of every kind around it
_WORDS = st.sampled_from(
    ["Kính gửi", "trà", "100%b %s %", "ễ" * 90, "x" * 90, "您好，", "a\u00a0b", "&", "<b>", "“”", "-", "3,",
     "https://example.com/a?b=1&c=2", "e\u0301", "👍", ".", "..", "From here", "{{ '{{' }}", "one two three "
     "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"]
)  # fmt: skip
_FIELDS = st.sampled_from(
    ["{{ contact.full_name }}", "{{ contact.given_name|default('bạn') }}", "{{ contact.code|lower }}",
     "{{ contact.given_name|default('')|upper }}", "{{ contact.custom.hobby|default('trà')|title }}",
     "{{ contact.form_of_address|default('quý khách')|capitalize }}", "{{ system.today|day }}",
     "{{ system.today|long_day('vi') }}", "{{ contact.full_name or 'x' }}", "{{- contact.code }}",
     "{{ 'a' if contact.given_name else 'b' }}", "{{ contact.full_name|trim }}", "{{ contact.given_name|d }}"]
)  # fmt: skip
_LINKS = st.sampled_from(
    ["[bảng giá](https://example.com/gia)", "[x](https://example.com/?c={{ contact.code }})",
     "https://example.com/moi", "**[đậm](https://example.com/gia?a=1&b=2)**", "[thư](mailto:a@example.com)"]
)  # fmt: skip
_INLINE = st.lists(_WORDS | _FIELDS | _LINKS, min_size=1, max_size=12).map(" ".join)
_CONDITION = st.builds(
    "{{% if contact.given_name == 'Lan' %}}{}{{% elif contact.code %}}{}{{% endif %}}".format,
    _INLINE,
    _INLINE,
) | st.builds("{{% if contact.given_name %}}{}{{% endif %}} {}".format, _INLINE, _INLINE)
_PARAGRAPH = _INLINE | _CONDITION | _INLINE.map("- {}".format) | _INLINE.map(lambda t: f"- {t}\n- {t}")
_TEXT = st.lists(_PARAGRAPH, min_size=1, max_size=5).map("\n\n".join)
_LINE = st.lists(_WORDS | _FIELDS, min_size=1, max_size=8).map(" ".join)

_VALUE = st.sampled_from(
    ["Lan", "Nguyễn Thị Lan Hương", "陈美玲", "x" * 70, "ễ" * 400, "Lan\r\nBcc: x@example.com", "<b>&\"'",
     "A =?utf-8?q?=0D=0ABcc=3A_victim@example.com?=", " Lan ", "a  b", "\u00a0", "محمد بن سلمان", "สมชาย",
     "👩‍👩‍👧‍👦", "{{ 7*7 }}", "%b%s", "\u2028", "\ud800", "=?utf-8?b?DQo=?=", ".", "a\tb", "\x00\x0b\x85"]
) | st.text(max_size=60)  # fmt: skip
_VALUES = st.fixed_dictionaries(
    {"full_name": _VALUE, "code": _VALUE},
    optional={
        "given_name": _VALUE,
        "form_of_address": _VALUE,
        "custom": st.fixed_dictionaries({}, optional={"hobby": _VALUE}),
    },
)


def _both(compiled: CompiledEmail, values: dict[str, Any], encoding: Encoding) -> tuple[object, object]:
    """What each road gives: bytes, or the kind of its refusal."""
    return _plain(compiled, values, encoding), _quick(compiled, [values], encoding)[0]


def _plain(compiled: CompiledEmail, values: dict[str, Any], encoding: Encoding) -> object:
    links = {url: f"https://t.example/c/{number}" for number, url in enumerate(compiled.links)}
    envelope = replace(ENVELOPE, to_name=values["full_name"])
    try:
        return build(compiled.fill({"contact": values}, SYSTEM, links), envelope, encoding)
    except TemplateError as error:
        return str(error)


def _quick(compiled: CompiledEmail, values: list[dict[str, Any]], encoding: Encoding) -> list[object]:
    """Together; the one refusal when there is one."""
    count = len(values)
    envelopes = Envelopes.of(ENVELOPE)
    envelopes.to_names = [one["full_name"] for one in values]
    for column in ("to_emails", "dates", "message_ids", "reply_tos", "unsubscribe_urls", "unsubscribe_mails"):
        setattr(envelopes, column, [*getattr(envelopes, column)] * count)
    links = {url: [f"https://t.example/c/{number}"] * count for number, url in enumerate(compiled.links)}
    system = {name: [value] * count for name, value in SYSTEM.items()}
    try:
        eight = encoding is Encoding.EIGHT_BIT
        frozen = [{"contact": one} for one in values]
        return list(QuickEmail(compiled).writes(frozen, system, links, envelopes, eight_bit=eight))
    except TemplateError as error:
        return [str(error)]


@settings(max_examples=150)
@given(
    subject=_LINE,
    body=_TEXT,
    offer=_LINE,
    postscript=_TEXT,
    layout=st.sampled_from(["letterhead", "offer", "greeting"]),
    language=st.sampled_from(["vi", "en", "zh"]),
    people=st.lists(_VALUES, min_size=1, max_size=4),
    encoding=st.sampled_from(list(Encoding)),
)
def test_both_roads_give_the_same_bytes(
    subject: str, body: str, offer: str, postscript: str, layout: str, language: str,
    people: list[dict[str, Any]], encoding: Encoding,
) -> None:  # fmt: skip
    document = Document(
        (
            Block("s", Part.SUBJECT, subject),
            Block("g", Part.SALUTATION, subject),
            Block("b", Part.BODY, body),
            Block("o", Part.OFFER, facts=Offer(product=offer, price="490.000đ (cũ 550.000đ)", code=offer)),
            Block("a", Part.ACTION, offer, url="https://example.com/dat?ma={{ contact.code }}"),
            Block("k", Part.BODY, body, keep_breaks=True),
            Block("p", Part.POSTSCRIPT, postscript),
        )
    )
    assume(not check_document(document, KNOWN))  # else it could not be saved
    content = samples.sample_content(Channel.EMAIL, layout, language).with_document(0, document)
    compiled = compile_email(content, 0)
    plain = [_plain(compiled, values, encoding) for values in people]
    refusals = [refusal for refusal in plain if isinstance(refusal, str)]
    quick = _quick(compiled, people, encoding)
    if refusals:
        assert quick[0] in refusals
    else:
        assert quick == plain


CUSTOM = ["points", "last_day", "last_product", "shop", "tier", "discount", "clerk", "clerk_phone"]
BENCH = compile_email(
    samples.sample_content(Channel.EMAIL, bench_message.LAYOUT, "vi").with_document(
        0, documents.from_json(bench_message.DOCUMENT)
    ),
    0,
)


@given(values=_VALUES, custom=st.dictionaries(st.sampled_from(CUSTOM), _VALUE))
@pytest.mark.parametrize("encoding", list(Encoding))
def test_a_real_message_reads_as_emailmessage_would_have_made_it(
    values: dict[str, Any], custom: dict[str, str], encoding: Encoding
) -> None:
    base = {"given_name": "Lan", "form_of_address": "chị", "province": "Huế"}
    values = base | values | {"custom": dict.fromkeys(CUSTOM, "x") | custom}
    plain, quick = _both(BENCH, values, encoding)
    assert quick == plain
    assert isinstance(quick, bytes)
    read = message_from_bytes(quick, policy=policy.default)
    parts = BENCH.fill({"contact": values}, SYSTEM, dict.fromkeys(BENCH.links, "https://t.example/c/0"))
    theirs = EmailMessage(policy=policy.SMTP)
    theirs.set_content(parts.text)
    theirs.add_alternative(parts.html, subtype="html")
    reference = message_from_bytes(theirs.as_bytes(), policy=policy.default)
    for kind in ("plain", "html"):
        ours, expected = read.get_body((kind,)), reference.get_body((kind,))
        assert ours is not None
        assert expected is not None
        assert _lines(ours.get_content()) == _lines(expected.get_content())
    assert not read.defects


@given(people=st.lists(_VALUES, min_size=1, max_size=5), encoding=st.sampled_from(list(Encoding)))
def test_odd_people_among_usual_ones(people: list[dict[str, Any]], encoding: Encoding) -> None:
    usual = {
        "given_name": "Lan",
        "form_of_address": "chị",
        "province": "Huế",
        "full_name": "Vũ",
        "code": "K1",
    }
    custom = dict.fromkeys(CUSTOM, "x")
    mixed = [usual | values | {"custom": custom | values.get("custom", {})} for values in ({}, *people, {})]
    assert _quick(BENCH, mixed, encoding) == [_plain(BENCH, values, encoding) for values in mixed]


@pytest.mark.parametrize("one", [{}, {"given_name": ""}, {"given_name": "Lan"}, {"given_name": "<Lan>\n"}])
@pytest.mark.parametrize("other", [{}, {"given_name": "Lan"}, {"given_name": "x" * 990}])
def test_a_condition_holds_for_some_or_all_or_nobody(one: dict[str, str], other: dict[str, str]) -> None:
    text = "{% if contact.given_name %}{{ contact.given_name }} & {% endif %}trà, {{ contact.full_name }}"
    document = Document((Block("s", Part.SUBJECT, text), Block("b", Part.BODY, text)))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    compiled, people = compile_email(content, 0), [one | {"full_name": "A"}, other | {"full_name": "B"}]
    for encoding in Encoding:
        assert _quick(compiled, people, encoding) == [_plain(compiled, values, encoding) for values in people]


@pytest.mark.parametrize("value", [5, None, True, ["a"], {"hobby": "trà"}, {"hobby": 3}, "trà"])
def test_values_that_are_no_texts_are_printed_as_jinja_does(value: object) -> None:
    hobby = "contact.custom.hobby|default"
    text = f"{{{{ contact.custom }}}}, {{{{ {hobby}('x') }}}}, {{{{ {hobby}|upper }}}}"
    document = Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, text)))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    people = [{"full_name": "A", "custom": value}, {"full_name": "B", "custom": {"hobby": "<sen>"}}]
    compiled, encoding = compile_email(content, 0), Encoding.EIGHT_BIT
    assert _quick(compiled, people, encoding) == [_plain(compiled, values, encoding) for values in people]


def test_a_default_that_is_no_text_is_printed_as_jinja_does() -> None:
    document = Document(
        (Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, "{{ contact.points|default(5) }}"))
    )
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    compiled, people = compile_email(content, 0), [{"full_name": "A", "points": ""}, {"full_name": "B"}]
    encoding = Encoding.EIGHT_BIT
    assert _quick(compiled, people, encoding) == [_plain(compiled, values, encoding) for values in people]


def test_all_who_lack_a_value_are_named_at_once() -> None:
    document = Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, "{{ contact.code }}")))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    envelopes = Envelopes.of(ENVELOPE)
    envelopes.message_ids = [ENVELOPE.message_id] * 3
    values = [{"contact": {}}, {"contact": {"code": "K"}}, {"contact": {}}]
    system = {name: [value] * 3 for name, value in SYSTEM.items()}
    quick = QuickEmail(compile_email(content, 0))
    with pytest.raises(Unfillable) as refused:
        quick.writes(values, system, {}, envelopes, eight_bit=True)
    assert set(refused.value.why) == {0, 2}


def test_a_long_line_without_any_field_is_not_sent_as_it_is() -> None:
    document = Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, "trà" * 400)))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    plain, quick = _both(compile_email(content, 0), {"full_name": "Lan"}, Encoding.EIGHT_BIT)
    assert quick == plain
    assert isinstance(quick, bytes)
    assert max(map(len, quick.split(b"\r\n"))) <= 998


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")


@pytest.mark.parametrize("source", ["{{ contact.full_name }}", "{{ contact.code|lower }}",
                                    "{{ contact.given_name|default('bạn') }}"])  # fmt: skip
@given(values=_VALUES)
@example(values={"full_name": "{{ 7*7 }}", "code": "<script>"})
def test_a_slot_prints_what_the_sandbox_prints(source: str, values: dict[str, Any]) -> None:
    document = Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, f"[{source}]")))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    compiled = compile_email(content, 0)
    raw = QuickEmail(compiled).write({"contact": values}, SYSTEM, {}, ENVELOPE, eight_bit=True)
    env = ImmutableSandboxedEnvironment(autoescape=True)
    env.filters["default"] = lambda value, instead="": value or instead
    data = compiled.data({"contact": values}, SYSTEM, {})
    expected = env.from_string(source).render(data)
    html = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    assert html is not None
    assert f"[{expected}]" in html.get_content()


@pytest.mark.parametrize(
    "field", ["contact.given_name", "contact.given_name|upper", "contact.given_name or x"]
)
def test_what_is_missing_is_refused_in_the_same_words(field: str) -> None:
    text = f"{{{{ {field} }}}}"
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(
        0, Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, text)))
    )
    plain, quick = _both(compile_email(content, 0), {"full_name": "Lan"}, Encoding.EIGHT_BIT)
    assert quick == plain
    assert "missing" in str(quick)


_RAW = st.text(max_size=40) | st.sampled_from(
    ["\r", "\n", "\r\n", "\0", "a\rb", "a\r\nb", "\n\r", "x" * 1200, "--=_bb", "--=_cc", "à"]
)


@settings(max_examples=500)
@given(flat=st.lists(_RAW, min_size=1, max_size=4), lined=st.lists(_RAW, max_size=3))
def test_the_cheap_guard_refuses_whatever_the_full_one_refuses(flat: list[str], lined: list[str]) -> None:
    literal = b"<p>%b</p>\r\n"
    body = b"".join(literal % value.encode() for value in [*flat, *lined])
    head = b"Subject: x\r\n\r\n"
    try:
        check_bytes(head + body, ["Subject"])
        full = ""
    except IntegrityError as error:
        full = str(error)
    marks = [b"=_bb"]
    try:
        made = in_bytes([[value] for value in flat], marks, lined=False)
        made += in_bytes([[value] for value in lined], marks, lined=True)
        cheap = ""
        assert [[value.encode()] for value in [*flat, *lined]] == made
    except IntegrityError as error:
        cheap = str(error)
    if "bare" in full or b"--=_bb" in body:
        assert cheap
    if not cheap and "line of more than" not in full:
        assert not full


def test_a_value_cannot_end_a_part() -> None:
    boundary = boundary_of(ENVELOPE.message_id)
    plain, quick = _both_refused({"full_name": "Lan", "code": f"--{boundary}--"})
    assert "boundary" in plain
    assert "boundary" in quick


def _both_refused(values: dict[str, Any]) -> tuple[str, str]:
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(
        0, Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, "{{ contact.code }}")))
    )
    compiled = compile_email(content, 0)
    with pytest.raises(IntegrityError) as plain:
        build(compiled.fill({"contact": values}, SYSTEM, {}), ENVELOPE)
    with pytest.raises(IntegrityError) as quick:
        QuickEmail(compiled).write({"contact": values}, SYSTEM, {}, ENVELOPE, eight_bit=True)
    return str(plain.value), str(quick.value)


def test_a_long_paragraph_goes_as_it_is_because_its_line_was_broken() -> None:
    text = "một ấm trà nóng " * 120
    document = Document((Block("s", Part.SUBJECT, "x"), Block("b", Part.BODY, text)))
    content = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, document)
    raw = QuickEmail(compile_email(content, 0)).write({"contact": {}}, SYSTEM, {}, ENVELOPE, eight_bit=True)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.count(b"Content-Transfer-Encoding: 8bit") == 2
    html = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    assert html is not None
    assert text.strip() in re.sub(r"\s+", " ", html.get_content())
