"""Words that templates put together from values: every value has its words in both languages."""

from __future__ import annotations

import pytest

from campaign.contacts.csv_import import encodings
from campaign.contacts.csv_import.mapping import CONTACT_FIELDS, ORDER_FIELDS
from campaign.contacts.csv_import.rules import Rule
from campaign.i18n import LANGUAGES, has
from campaign.models import (
    WORKING,
    Channel,
    ConsentAction,
    ConsentPurpose,
    ContactKind,
    HoldReason,
    ImportKind,
    ImportState,
    SuppressionReason,
)
from campaign.report.timeline import Kind
from campaign.segments.columns import COLUMNS
from campaign.segments.rule import Measure, Op
from campaign.web.contacts.rights import METHODS

RIGHTS = [f"{channel}-{purpose}" for channel in Channel for purpose in ConsentPurpose]
FACTS = ["birth_day", "birth_month", "birth_year"]
CHOICES = [f"{name}-{choice}" for name, column in COLUMNS.items() for choice in column.choices]
COUNTED = ["count", "sum"]

MADE: dict[str, list[str]] = {
    "contacts-field": [*CONTACT_FIELDS, *ORDER_FIELDS, "organisation_id", "owner_id"],
    "contacts-fact": FACTS,
    "contacts-kind": list(ContactKind),
    "contacts-happened": list(Kind),
    "contacts-right": RIGHTS,
    "contacts-against": ["no-address", "suppressed", "held", "no-consent"],
    "contacts-action": list(ConsentAction),
    "contacts-held": list(HoldReason),
    "contacts-hold": list(HoldReason),
    "contacts-suppressed": list(SuppressionReason),
    "contacts-suppressed-title": list(Channel),
    "contacts-method": list(METHODS),
    "contacts-purpose": list(ConsentPurpose),
    "contacts-import-kind": list(ImportKind),
    "contacts-import-state": list(ImportState),
    "contacts-encoding": list(encodings.names()),
    "contacts-rule": list(Rule),
    "contacts-preview-rule": list(Rule),
    "contacts-working": list(WORKING),
    "contacts-working-rows": list(WORKING),
    "contacts-import-step": ["upload", "mapping", "preview", "result"],
    "contacts-becomes": ["created", "changed", "merged", "unchanged", "refused"],
    "contacts-count": ["created", "changed", "refused"],
    "contacts-language": ["vi", "en", "zh"],
    "segments-field": list(COLUMNS),
    "segments-choice": CHOICES,
    "segments-op": list(Op),
    "segments-say": list(Op),
    "segments-say-reachable": RIGHTS,
    "segments-what-orders": COUNTED,
    "segnodes-what-orders": [measure for measure in Measure if measure not in COUNTED],
    "segments-orders": COUNTED,
    "segnodes-part-orders": ["average", "days"],
    "segments-purpose": list(ConsentPurpose),
    "segments-reach": ["email", "letter", "both"],
    "segments-by": list(Channel),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_words(language: str) -> None:
    keys = [f"{prefix}-{value.replace('_', '-')}" for prefix, values in MADE.items() for value in values]
    assert [key for key in keys if not has(language, key)] == []
