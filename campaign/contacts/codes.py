"""Customer codes: one a contact, for good; an erased contact keeps its own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput
from campaign.models import Contact

# pg_advisory_xact_lock key: one writer at a time hands out codes
CODE_LOCK = 0x434F4445


class Codes:
    """Hands out codes of our own, `KH` and six digits or more, and knows which are taken.

    `reserved` are codes that the rows still to come bring along.
    """

    def __init__(self, db: Session, reserved: Iterable[str] = ()) -> None:
        self._db = db
        self._reserved = set(reserved)
        self._number = 0

    def next(self) -> str:
        """The next free code."""
        if self._db.get_bind().dialect.name == "postgresql":
            self._db.execute(select(func.pg_advisory_xact_lock(CODE_LOCK)))  # until the commit
        if not self._number:
            self._number = self._db.scalar(select(func.max(Contact.id))) or 0
        while True:
            self._number += 1
            code = f"KH{self._number:06d}"
            if code not in self._reserved and self.holder(code) is None:
                return code

    def holder(self, code: str) -> int | None:
        """The id of the contact that has the code."""
        return self._db.scalar(select(Contact.id).where(Contact.code == code))

    def check(self, code: str, own_id: int | None = None) -> None:
        """InvalidInput when the code is empty, or another contact's."""
        if not code or self.holder(code) not in (None, own_id):
            raise InvalidInput("contacts-error-code-taken", field="code", code=code)
