"""The allow-list for Jinja in copy: what people write passes, what reaches for more is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.compose.check import check_document, check_source, is_link
from campaign.compose.document import Block, Document, Offer, Part
from campaign.compose.environment import Missing, copy_environment
from campaign.compose.fields import contact_fields, fields_used
from campaign.compose.filters import FILTERS
from campaign.errors import TemplateError
from campaign.i18n import translate
from tests.compose.escapes import BOMBS, ESCAPES

KNOWN = ["contact.full_name", "contact.given_name", "contact.province", "contact.custom.hobby"]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Không có trường nào, 100% chữ { và } và %",
        "Chào {{ contact.given_name|default('bạn') }}!",
        "{{contact.full_name|title}} {{ contact['full_name'] }}",
        "{% if contact.province == 'Hà Nội' %}a{% elif contact.province != 'Huế' %}b{% else %}c{% endif %}",
        "{% if contact.given_name and not contact.province or contact.full_name is defined %}x{% endif %}",
        "{{ contact.given_name if contact.given_name else contact.full_name }}",
        "{{ contact.custom.hobby|default('trà')|upper }} {# ghi chú #}",
        "{{ system.unsubscribe_url }} {{ system.today|long_day('en') }}",
        "{% if contact.province %}a{% elif contact.given_name %}b{% elif contact.full_name %}c"
        "{% elif contact.province %}d{% elif contact.province %}e{% endif %}",
    ],
)
def test_what_authors_write_passes(source: str) -> None:
    assert check_source(source, KNOWN) == []


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("{{ contact.given_nam }}", "unknown-field-near"),
        ("{{ given_name }}", "unknown-field-near"),
        ("{{ config }}", "unknown-field"),
        ("{{ contact }}", "unknown-field-near"),
        ("{{ contact.full_name.upper }}", "unknown-field-near"),
        ("{{ contact.custom.other }}", "unknown-field-near"),
        ("{{ contact._sa_instance_state }}", "underscore"),
        ("{{ contact['__class__'] }}", "underscore"),
        ("{{ ''.__class__ }}", "bracket"),
        ("{{ contact.full_name() }}", "call"),
        ("{{ contact.full_name.__class__ }}", "underscore"),
        ("{{ 'a' * 10**9 }}", "arithmetic"),
        ("{{ contact.full_name ~ 'x' }}", "arithmetic"),
        ("{{ -1 }}", "arithmetic"),
        ("{{ 1 < 2 }}", "comparison"),
        ("{% if 'a' in contact.full_name %}x{% endif %}", "comparison"),
        ("{% if 1 == 1 == 1 %}x{% endif %}", "comparison"),
        ("{% for i in range(10**9) %}x{% endfor %}", "loop"),
        ("{% for c in contact.full_name %}x{% endfor %}", "loop"),
        ("{% set x = 1 %}", "statement"),
        ("{% macro m() %}x{% endmacro %}", "statement"),
        ("{% include 'x' %}", "statement"),
        ("{% import 'x' as y %}", "statement"),
        ("{% extends 'x' %}", "statement"),
        ("{% block b %}x{% endblock %}", "statement"),
        ("{% filter upper %}x{% endfilter %}", "statement"),
        ("{% call x() %}y{% endcall %}", "call"),
        ("{% with a = 1 %}x{% endwith %}", "statement"),
        ("{% autoescape false %}x{% endautoescape %}", "statement"),
        ("{% raw %}{{ x }}{% endraw %}", "statement"),
        ("{{ [1] }}", "bracket"),
        ("{{ {'a': 1} }}", "bracket"),
        ("{{ contact.full_name[0] }}", "bracket"),
        ("{{ contact.full_name[1:2] }}", "bracket"),
        ("{{ contact.full_name|attr('x') }}", "filter"),
        ("{{ contact.full_name|uper }}", "filter"),
        ("{{ contact.full_name|safe }}", "filter"),
        ("{{ contact.full_name|default('a', true) }}", "filter-arguments"),
        ("{{ contact.full_name|default(instead='a') }}", "filter-arguments"),
        ("{{ contact.full_name|upper('a') }}", "filter-bare"),
        ("{{ contact.full_name|day('a') }}", "filter-bare"),
        ("{{ 10000000000000000 }}", "number"),
        ("{{ 0x" + "f" * 5000 + " }}", "number"),
        ("{{ 1e999 }}", "number"),
        ("{{ " + "9" * 5000 + " }}", "syntax"),
        ("{{ contact.full_name is mapping }}", "statement"),
        ("{{ 'a' if contact.full_name }}", "else"),
        ("{{ contact.full_name", "syntax"),
        ("{% if contact.full_name %}x", "syntax"),
        ("{% frob %}", "syntax"),
        ("{{ }}", "syntax"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "too-deep"),
        ("{{ " + "not " * 20 + "contact.full_name }}", "too-deep"),
        ("{% if contact.full_name %}" * 5 + "x" + "{% endif %}" * 5, "too-deep"),
        ("{{ contact.full_name }}" * 700, "too-much"),
        ("{{ '" + "a" * 501 + "' }}", "too-much"),
    ],
)
def test_what_reaches_for_more_is_refused_with_a_sentence(source: str, key: str) -> None:
    problems = check_source(source, KNOWN)
    assert f"compose-problem-{key}" in [problem.key for problem in problems]
    for problem in problems:
        for language in ("vi", "en"):
            assert translate(language, problem.key, **problem.values)


@pytest.mark.parametrize("source", [*ESCAPES, *BOMBS.values()], ids=lambda source: source[:40])
def test_no_way_out_passes(source: str) -> None:
    assert check_source(source, KNOWN)


def test_a_problem_says_where_it_is() -> None:
    offer = Offer(product="Trà", price="{{ contact.prise }}")
    document = Document(
        (
            Block("s", Part.SUBJECT, "{{ contact.full_name }}"),
            Block("b", Part.BODY, "một\nhai {{ contact.full_nam }}\n\n{{ x y }}"),
            Block("c", Part.CLOSING, "một\n\n{{ contact.full_nam }}"),
            Block("o", Part.OFFER, facts=offer),
            Block("a", Part.ACTION, "Bấm", url="javascript:alert(1)"),
        )
    )
    found = [(problem.block_id, problem.where, problem.line) for problem in check_document(document, KNOWN)]
    assert found == [("b", "text", 4), ("c", "text", 3), ("o", "price", 1), ("a", "url", 1)]


@pytest.mark.parametrize(
    ("source", "ok"),
    [
        ("{% if contact.province %}một{% endif %}\n\nhai", True),
        ("{% if contact.province %}\nmột\n\n- hai\n{% else %}\nba\n{% endif %}", True),
        ("- {% if contact.province %}một{% endif %}\n- hai", True),
        ("một **{% if contact.province %}a{% endif %}**", True),
        ("một {% if contact.province %}hai\n\nba{% endif %}", False),
        ("- {% if contact.province %}một\n- hai{% endif %}", False),
        ("**{% if contact.province %}a** b{% endif %}", False),
    ],
)
def test_conditions_do_not_tear_paragraphs(source: str, ok: bool) -> None:
    problems = check_document(Document((Block("b", Part.BODY, source),)), KNOWN)
    assert (problems == []) is ok


@pytest.mark.parametrize(
    ("url", "ok"),
    [
        ("https://example.com", True),
        ("https://example.com/a?b={{ contact.code }}#c", True),
        ("http://localhost:8080/x", True),
        ("mailto:thu@example.com", True),
        ("tel:+84 24 3826 0808", True),
        ("{{ system.view_url }}", True),
        ("{{ contact.website }}", False),
        ("https://{{ contact.code }}.example.com/", False),
        ("https://example.com{{ contact.code }}/", False),
        ("https://a@evil.example/", False),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("/a", False),
        ("https://exa mple.com", False),
        ('https://example.com/"onclick="x', False),
    ],
)
def test_links_name_their_host(url: str, ok: bool) -> None:
    assert is_link(url) is ok


def test_fields_of_a_document() -> None:
    code = "{% if contact.custom.vip %}{{ system.today }}{% endif %}"
    document = Document(
        (
            Block("s", Part.SUBJECT, "{{ contact.full_name|default(contact.given_name) }}"),
            Block("a", Part.ACTION, "x", url="https://example.com/{{ contact['code'] }}"),
            Block("o", Part.OFFER, facts=Offer(code=code)),
        )
    )
    names = {"contact.full_name", "contact.given_name", "contact.code", "contact.custom.vip"}
    assert fields_used(document) == names | {"system.today"}
    assert contact_fields(document) == names
    with pytest.raises(TemplateError):
        fields_used(Document((Block("b", Part.BODY, "{{ x"),)))


# --- what passes renders the same in Jinja's own sandbox

_chain = st.sampled_from(
    ["contact.full_name", "contact.given_name", "contact.custom.hobby", "contact['province']"]
)
_constant = st.text(st.characters(exclude_characters="'\\", exclude_categories=["Cc", "Cs"]), max_size=8).map(
    lambda text: f"'{text}'"
)
_filter = st.sampled_from(
    ["upper", "lower", "title", "trim", "capitalize", "default('x')", "safe", "attr('a')"]
)
_value = st.recursive(
    _chain | _constant,
    lambda inner: (
        st.builds("{}|{}".format, inner, _filter)
        | st.builds("({} if {} == {} else {})".format, inner, inner, inner, inner)
        | st.builds("({} and not {})".format, inner, inner)
        | st.builds("{}.__class__".format, inner)
        | st.builds("({} ~ {})".format, inner, inner)
        | st.builds("{}|default({})".format, inner, inner)
    ),
    max_leaves=5,
)
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_template = st.recursive(
    _text | st.builds("{{{{ {} }}}}".format, _value) | st.builds("{{{{- {} -}}}}".format, _value),
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, _value, inner, inner)
    ),
    max_leaves=6,
)
_values = st.fixed_dictionaries(
    {"full_name": _text, "custom": st.fixed_dictionaries({"hobby": _text})},
    optional={"given_name": _text, "province": _text},
)


@given(source=_template, values=_values, html=st.booleans())
def test_what_passes_renders_as_in_the_sandbox(source: str, values: dict[str, object], html: bool) -> None:
    if check_source(source, KNOWN):
        return
    sandbox = ImmutableSandboxedEnvironment(undefined=Missing, autoescape=html, keep_trailing_newline=True)
    sandbox.filters.update(FILTERS)
    plain = copy_environment(html=html)
    assert _outcome(plain, source, values) == _outcome(sandbox, source, values)


def _outcome(env: Environment, source: str, values: dict[str, object]) -> str:
    try:
        return env.from_string(source).render(contact=json.loads(json.dumps(values)))
    except UndefinedError:
        return "missing"
