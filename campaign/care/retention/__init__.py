"""How long things are kept that nobody needs for ever: rules by kind, figures before, batches by the beat.

The laws give no number of days: Law 91/2025/QH15 asks for a period that fits the purpose (read in a summary),
Regulation (EU) 2016/679, article 5(1)(e), for no longer than the purpose needs. The defaults are ours; the
house sets its own. Consent, refusals and the audit log are proof and no rule touches them. What each table
about people is kept for stands in docs/administrator.md.
"""

from campaign.care.retention.imports import FILES
from campaign.care.retention.kind import Days, Kind
from campaign.care.retention.people import SILENT, silent
from campaign.care.retention.rules import (
    APPLIED,
    KINDS,
    MOST_DAYS,
    apply,
    check,
    count_silent,
    defaults,
    is_due,
    keep,
    least,
    read,
    would,
)

__all__ = [
    "APPLIED",
    "FILES",
    "KINDS",
    "MOST_DAYS",
    "SILENT",
    "Days",
    "Kind",
    "apply",
    "check",
    "count_silent",
    "defaults",
    "is_due",
    "keep",
    "least",
    "read",
    "silent",
    "would",
]
