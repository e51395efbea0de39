"""The clock: sweeps, starts what is due, rings what waits. One round every two seconds.

`rounds` says who works and in which order, `upkeep` what is done in the database, `day_counts` what Redis and
the database tell each other of limits a day, `ringing` what is rung for, `process` how the program runs.
"""

from campaign.beat.rounds import LOCK_NAME, Beat

__all__ = ["LOCK_NAME", "Beat"]
