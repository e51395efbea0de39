"""One tree of errors.

What a user may do wrong is a value or a `Refused`; what the installation lacks is a `SetupError`;
what the outside world does to us is a `TransportError`. Pages and exit codes are chosen at the edge
(`campaign/web/errors.py`, `campaign/cli`), never here.
"""

from __future__ import annotations


class CampaignError(Exception):
    """Anything we raise on purpose. The message is a sentence for a person."""

    message = "Something went wrong."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class SetupError(CampaignError):
    """The installation lacks something: a port, a server, a wheel, a setting."""


class NotFound(CampaignError):
    """No such row."""

    message = "There is nothing here by that number."


class Refused(CampaignError):
    """The person may not do this, or not now.

    Shapes: `key` is the Fluent message that says why and what to do; `values` are its arguments.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key if not values else f"{key} {values}")


class InvalidInput(Refused):
    """Input that cannot be accepted; `field` names where, when one field is to blame."""

    def __init__(self, key: str, field: str | None = None, **values: object) -> None:
        self.field = field
        super().__init__(key, **values)


class TemplateError(CampaignError):
    """A template or copy uses something it may not, or does not parse."""


class TokenError(CampaignError):
    """A token that we did not sign, or that was changed, or that is for another purpose."""

    message = "This link is not valid."


class IntegrityError(CampaignError):
    """A hash or chain does not agree with what it covers."""


class TransportError(CampaignError):
    """A server outside said no or said nothing."""
