"""Customer codes: one a contact, for good; an erased contact keeps its own."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput
from campaign.models import Contact

# pg_advisory_xact_lock key: one writer at a time hands out codes
CODE_LOCK = 0x434F4445
# codes looked up at once: a single profile asks for one, an import for as many as it has rows
BLOCK_LIMIT = 2_000


class Codes:
    """Hands out codes of our own, `KH` and six digits or more, and knows which are taken.

    Those up to `beyond` are left to the rows still to come, which bring them along.
    """

    def __init__(self, db: Session, beyond: int = 0) -> None:
        self._db = db
        self._beyond = beyond
        self._number = 0
        self._free: list[str] = []
        self._block = 1

    def next(self) -> str:
        """The next free code."""
        while not self._free:
            self._look()
        return self._free.pop()

    def after_commit(self) -> None:
        """What was looked up holds no longer: others may hand out codes again."""
        self._free.clear()
        self._number = 0

    def _look(self) -> None:
        if self._db.get_bind().dialect.name == "postgresql":
            self._db.execute(select(func.pg_advisory_xact_lock(CODE_LOCK)))  # until the commit
        if not self._number:
            self._number = max(self._db.scalar(select(func.max(Contact.id))) or 0, self._beyond)
        first = self._number + 1
        self._number += self._block
        codes = [f"KH{number:06d}" for number in range(first, first + self._block)]
        taken = set(self._db.scalars(select(Contact.code).where(Contact.code.in_(codes))))
        self._free = [code for code in reversed(codes) if code not in taken]
        self._block = min(self._block * 2, BLOCK_LIMIT)

    def holder(self, code: str) -> int | None:
        """The id of the contact that has the code."""
        return self._db.scalar(select(Contact.id).where(Contact.code == code))

    def check(self, code: str, own_id: int | None = None) -> None:
        """InvalidInput when the code is empty, or another contact's."""
        if not code or self.holder(code) not in (None, own_id):
            raise InvalidInput("contacts-error-code-taken", field="code", code=code)


class TrialCodes(Codes):
    """Codes for rows that will be given up: no lock, and numbers that nobody comes to."""

    NUMBER = 10**12

    def next(self) -> str:
        """The next made-up code."""
        self._number = max(self._number, self.NUMBER) + 1
        return f"KH{self._number}"

    def after_commit(self) -> None:
        """Nothing is committed."""
