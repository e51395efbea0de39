"""The moves of the table in `campaign.dispatch.states`, one function each, by noun.

They take a `Session`, never commit, and say whether, or how many, rows moved. Statements run on the
session's connection: objects that the session already holds do not notice.
"""

from campaign.dispatch.moves.attempts import ATTEMPTS, REPLY_LENGTH, Outcome, settle
from campaign.dispatch.moves.claims import (
    LIMITED,
    Held,
    claim,
    postpone,
    put_back,
    release,
    renew,
    rest,
    suppress,
)
from campaign.dispatch.moves.dead import (
    AWAY,
    LOST,
    give_back,
    give_up,
    give_up_away,
    heard_of,
    held_by,
    leases_over,
    requeue_dead,
    restored,
)
from campaign.dispatch.moves.erased import empty_old, erase
from campaign.dispatch.moves.letters import post, requeue_letters, to_print, unprint
from campaign.dispatch.moves.people import cancel, count_as_sent, retry, send_again
from campaign.dispatch.moves.running import run
from campaign.dispatch.moves.trial import let_go, of_rest, waits_for_winner
from campaign.dispatch.moves.waiting import RETURN_WITHIN, cancel_returned, expire, requeue_due, wake

__all__ = [
    "ATTEMPTS",
    "AWAY",
    "LIMITED",
    "LOST",
    "REPLY_LENGTH",
    "RETURN_WITHIN",
    "Held",
    "Outcome",
    "cancel",
    "cancel_returned",
    "claim",
    "count_as_sent",
    "empty_old",
    "erase",
    "expire",
    "give_back",
    "give_up",
    "give_up_away",
    "heard_of",
    "held_by",
    "leases_over",
    "let_go",
    "of_rest",
    "post",
    "postpone",
    "put_back",
    "release",
    "renew",
    "requeue_dead",
    "requeue_due",
    "requeue_letters",
    "rest",
    "restored",
    "retry",
    "run",
    "send_again",
    "settle",
    "suppress",
    "to_print",
    "unprint",
    "waits_for_winner",
    "wake",
]
