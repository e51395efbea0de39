"""Salutations that greet by the form of address where there is one, and neutrally where there is none.

Copy in each language begins with one of these unless its author writes another. Nothing in them guesses: a
form of address that nobody has set is a missing value, and what stands in its place is for everybody.
"""

from __future__ import annotations

from dataclasses import replace

from campaign.compose.document import Block, Document, Part, empty

SALUTATIONS: dict[str, str] = {
    "vi": "Kính gửi {{ contact.form_of_address|default('Quý khách') }} {{ contact.full_name }},",
    "en": "Dear {% if contact.form_of_address %}{{ contact.form_of_address }} {% endif %}"
    "{{ contact.full_name }},",
    "zh": "尊敬的{% if contact.form_of_address %}{{ contact.full_name }}{{ contact.form_of_address }}"
    "{% else %}客户{% endif %}：",
}


def begun(language: str) -> Document:
    """Copy that nobody has written yet: every part once, and the salutation of the language."""
    return greeted(empty(), language)


def greeted(document: Document, language: str) -> Document:
    """The copy with the language's salutation in place of one that nobody wrote."""
    return Document(tuple(_greeted(block, language) for block in document.blocks))


def _greeted(block: Block, language: str) -> Block:
    untouched = not block.text.strip() or block.text in SALUTATIONS.values()
    if block.part is Part.SALUTATION and untouched and language in SALUTATIONS:
        return replace(block, text=SALUTATIONS[language])
    return block
