"""Salutations that greet by the form of address where there is one, and neutrally where there is none.

Copy in each language begins with one of these unless its author writes another. Nothing in them guesses: a
form of address that nobody has set is a missing value, and what stands in its place is for everybody.
"""

from __future__ import annotations

SALUTATIONS: dict[str, str] = {
    "vi": "Kính gửi {{ contact.form_of_address|default('Quý khách') }} {{ contact.full_name }},",
    "en": "Dear {% if contact.form_of_address %}{{ contact.form_of_address }} {% endif %}"
    "{{ contact.full_name }},",
    "zh": "尊敬的{% if contact.form_of_address %}{{ contact.full_name }}{{ contact.form_of_address }}"
    "{% else %}客户{% endif %}：",
}
