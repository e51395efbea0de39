"""Who may see, change, bring in, take out and erase: the one table, shown at /rights.

Views of these actions say `@may(Action.…)` (`campaign.web.access`); everything else says its roles itself.
"""

from __future__ import annotations

from enum import StrEnum

from campaign.models import Role

_EVERYBODY = tuple(Role)


class Action(StrEnum):
    """What somebody does with data about people."""

    SEE_PEOPLE = "see-people"
    CHANGE_PEOPLE = "change-people"
    IMPORT = "import"  # and undo it
    EXPORT_FIGURES = "export-figures"  # counts, nobody's name
    EXPORT_RECIPIENTS = "export-recipients"  # lists of people with their addresses
    EXPORT_REFUSED = "export-refused"
    EXPORT_MESSAGE = "export-message"  # one message as one person got it
    EXPORT_PERSON = "export-person"  # everything about one person
    EXPORT_EVIDENCE = "export-evidence"
    ERASE = "erase"
    RETENTION = "retention"  # how long things are kept


TABLE: dict[Action, tuple[Role, ...]] = {
    Action.SEE_PEOPLE: (Role.ADMIN, Role.MARKETER, Role.CARE),
    Action.CHANGE_PEOPLE: (Role.ADMIN, Role.CARE),
    Action.IMPORT: (Role.ADMIN, Role.MARKETER),
    Action.EXPORT_FIGURES: _EVERYBODY,
    Action.EXPORT_RECIPIENTS: (Role.ADMIN, Role.MARKETER),
    Action.EXPORT_REFUSED: (Role.ADMIN, Role.MARKETER),
    Action.EXPORT_MESSAGE: (Role.ADMIN, Role.MARKETER, Role.CARE),
    Action.EXPORT_PERSON: (Role.ADMIN, Role.CARE),
    Action.EXPORT_EVIDENCE: (Role.ADMIN, Role.REVIEWER, Role.MARKETER),
    Action.ERASE: (Role.ADMIN,),
    Action.RETENTION: (Role.ADMIN,),
}

EXPORTS = frozenset(action for action in Action if action.value.startswith("export-"))
"""What takes data out of the house: each asks for a reason, which the audit log keeps."""
