"""The writing desk: editor, preview, checks and sign-off of one message, whoever sends it."""

from campaign.web.compose import answers, check, copies, greetings, layout, sheet, sign, test_send, write  # noqa: F401  (they hang their views on it)
from campaign.web.compose.blueprint import blueprint

__all__ = ["blueprint"]
