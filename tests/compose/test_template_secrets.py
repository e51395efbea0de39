"""No template reads what is not its recipient's, and none uses up the machine.

The same corpus runs in a bare Jinja first and finds the secrets there: so it is known to find them.
"""

from __future__ import annotations

import re
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest
from jinja2 import Environment, TemplateSyntaxError, UndefinedError
from jinja2 import TemplateError as JinjaError

from campaign.compose.check import check_document
from campaign.compose.document import Block, Document, Offer, Part
from campaign.compose.environment import copy_environment
from campaign.errors import TemplateError
from campaign.lint import lint_copy
from campaign.models import Channel
from campaign.render import layouts
from campaign.render.content import MessageContent
from campaign.render.email import compile_email
from campaign.render.letter import compile_letter
from tests.compose.escapes import BOMBS, ESCAPES
from tests.render.letters import content

ENVIRONMENT, FILE, OTHER = "canary-of-the-environment", "canary-of-the-configuration", "canary@other.example"
CANARIES = (ENVIRONMENT, FILE, OTHER)
KNOWN = ["contact.full_name", "contact.given_name"]
# what a template prints when it has got hold of more than text
OBJECTS = ("<class '", "<function", "<module", "<bound method", "<built-in", " object at 0x", "<jinja2.")
# refusing costs milliseconds; what is let through takes minutes and gigabytes
SECONDS, BYTES = 2.0, 64 * 1024 * 1024
NAMES = re.compile(r"(\{\{ [a-z]+(?:\[?[.'][A-Za-z_]+(?:'\])?)*(?:\|long_day\([a-z]+\))? \}\})+")
VALUES = {"contact": {"full_name": "Lan", "given_name": "Lan"}}
SYSTEM = {
    "unsubscribe_url": "https://example.com/u",
    "view_url": "https://example.com/v",
    "reply_code": "ABC",
    "reply_qr": "ABC",
    "today": "2026-03-09",
}
PLACES: dict[str, Callable[[str], Block]] = {
    "subject": lambda source: Block("subject", Part.SUBJECT, source),
    "preheader": lambda source: Block("preheader", Part.PREHEADER, source),
    "salutation": lambda source: Block("salutation", Part.SALUTATION, source),
    "body": lambda source: Block("body", Part.BODY, source),
    "fact": lambda source: Block("offer", Part.OFFER, facts=Offer(product="Trà", price=source)),
    "button": lambda source: Block("action", Part.ACTION, source, url="https://example.com/"),
    "link": lambda source: Block("action", Part.ACTION, "Bấm", url=f"https://example.com/{source}"),
}


@pytest.fixture(autouse=True)
def canaries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_CANARY", ENVIRONMENT)


class Neighbour:
    """Somebody else's row, as an object that holds more than it should."""

    def __init__(self) -> None:
        self.full_name = "Lan"
        self.config = FILE
        self.others = [OTHER]


def clean(text: str) -> bool:
    """Whether neither a secret nor an object of Python's stands in it."""
    return not any(mark in text for mark in (*CANARIES, *OBJECTS))


def message(block: Block) -> MessageContent:
    """With one block that an attacker wrote, on both channels."""
    made = content(subject=None)
    both = {**made.layouts, Channel.EMAIL: layouts.load(Channel.EMAIL, "letterhead")}
    return replace(made, layouts=both).with_document(1, Document((block,)))


def test_the_corpus_finds_secrets_in_a_bare_jinja() -> None:
    """Else that nothing is found below would say nothing."""
    env, found = Environment(), []
    for source in ESCAPES:
        try:
            out = env.from_string(source).render(contact=Neighbour(), system={}, config={"SECRET_KEY": FILE})
        except Exception as error:  # noqa: BLE001 (whatever a bare Jinja makes of it)
            out = str(error)
        found += [] if clean(out) else [source]
    assert sum("environ" in source for source in found) >= 5
    assert any("config" in source for source in found)
    assert len(found) >= 25


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("source", ESCAPES)
def test_even_unchecked_they_find_only_data(source: str, html: bool) -> None:
    """The second lock, when the first one is open."""
    known = {"full_name": "Lan"}
    try:
        out = copy_environment(html=html).from_string(source).render(contact=known, system={}, link={})
    except (TemplateSyntaxError, UndefinedError, JinjaError, TemplateError) as error:
        out = str(error)
    except (TypeError, LookupError, AttributeError) as error:
        # there is nothing to call, to loop over or to load from
        out = str(error)
    assert clean(out)
    assert known == {"full_name": "Lan"}


@pytest.mark.parametrize("place", PLACES)
def test_compiled_is_none_of_them_wherever_it_stands(place: str) -> None:
    """Names alone are compiled, for which fields there are is known elsewhere; they find nothing."""
    for source in ESCAPES:
        made = message(PLACES[place](source))
        for fill in (fill_email, fill_letter):
            try:
                out = fill(made)
            except TemplateError as error:
                out = str(error)
            else:
                assert NAMES.fullmatch(source), source
            assert clean(out), source


def fill_email(made: MessageContent) -> str:
    mail = compile_email(made, 1).fill(VALUES, SYSTEM)
    return f"{mail.subject}\n{mail.preheader}\n{mail.html}\n{mail.text}"


def fill_letter(made: MessageContent) -> str:
    letter = compile_letter(made, 1).fill(VALUES, SYSTEM, ["Lan"])
    return letter.preamble + letter.call


@pytest.mark.parametrize("place", PLACES)
def test_the_linter_tells_nothing(place: str) -> None:
    for source in [*ESCAPES, *BOMBS.values()]:
        block = PLACES[place](source)
        assert check_document(Document((block,)), KNOWN), source
        for finding in lint_copy(message(block), 1, KNOWN):
            # it quotes the words themselves, which may speak of objects; of secrets they know nothing
            assert not any(canary in str(finding) for canary in CANARIES), source


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_use_up_the_machine_is_refused_at_once(name: str) -> None:
    made = message(PLACES["body"](BOMBS[name]))
    tracemalloc.start()
    begun = time.process_time()
    try:
        for compiler in (compile_email, compile_letter):
            with pytest.raises(TemplateError):
                compiler(made, 1)
        spent, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # memory is watched, which makes all of it slower
    assert spent < 5 * SECONDS
    assert most < BYTES


def test_values_are_never_templates() -> None:
    """What stands in a contact's name or in the sender's facts is printed, whatever it looks like."""
    hostile = "{{ 777*777 }}{% for a in 'ab' %}{{ a }}{% endfor %}{{ contact.given_name }}{# x #}"
    made = message(PLACES["body"]("Chào {{ contact.full_name }}."))
    sender = replace(made.sender, organisation=hostile, street=hostile, tagline=hostile, signatory=hostile)
    values = {"contact": {"full_name": hostile, "given_name": OTHER}}
    mail = compile_email(replace(made, sender=sender), 1).fill(values, SYSTEM)
    flat = " ".join(mail.text.split())
    assert f"Chào {hostile}." in flat
    assert flat.count(hostile) >= 3
    assert "603729" not in mail.html + mail.text
    assert OTHER not in mail.html + mail.text
    letter = compile_letter(replace(made, sender=sender), 1).fill(values, SYSTEM, ["Lan"])
    assert OTHER not in letter.preamble + letter.call
    assert "{{ 777*777 }}" in (letter.preamble + letter.call).replace("\\", "")
