"""Sign-off: a message and its frozen audience in; a reviewer's yes, bound to the hash of what was seen, out.

`submit`, `approve`, `send_back` and `withdraw` live in `signoff`; who may sign in `signers`; what the hash
covers in `sealed`; what recurs in `standing`.
"""

from campaign.approval.sealed import approved_submission, is_current, was_used
from campaign.approval.signers import changed_by, may_sign, possible_signers
from campaign.approval.signoff import (
    OPEN,
    Blocked,
    approve,
    history,
    put_up,
    send_back,
    submit,
    void,
    waiting,
    withdraw,
)

__all__ = [
    "OPEN",
    "Blocked",
    "approve",
    "approved_submission",
    "changed_by",
    "history",
    "is_current",
    "may_sign",
    "possible_signers",
    "put_up",
    "send_back",
    "submit",
    "void",
    "waiting",
    "was_used",
    "withdraw",
]
