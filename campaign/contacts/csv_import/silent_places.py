"""Where no letters go, as an import keeps it in memory: such places are few beside the people of a file.

A place that is written without its ward is the same as one with it, where the house has a number: a no holds
in both writings. Nobody is merged for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.carried import Noes, last_noes
from campaign.contacts.place_keys import without_ward
from campaign.contacts.suppression import OWN_WILL, strongest
from campaign.models import Channel, Consent, ConsentAction, Contact, Suppression, SuppressionReason

_NAMES_AT_ONCE = 500
# numbers are given before their rows are committed: a lower one may be seen after a higher one
_OVERLAP = 1_000


class SilentPlaces:
    """A key is `Contact.place_key`."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._closed: dict[str, SuppressionReason] = {}
        self._near: dict[str, set[str]] = defaultdict(set)
        self._withdrew: set[int] = set()
        self._noes: dict[int, Noes] = {}
        self._refused: dict[str, dict[int, Noes]] = {}
        self._newest_block = self._newest_no = 0
        self.refresh()

    def refresh(self) -> None:
        """Take in who said no since; once a chunk, for a file may take many minutes."""
        noes = select(Suppression.id, Suppression.address_key, Suppression.reason).where(
            Suppression.channel == Channel.LETTER, Suppression.id > self._newest_block - _OVERLAP
        )
        for id_, key, reason in self._db.execute(noes):
            self.close(key, reason)
            self._newest_block = max(self._newest_block, id_)
        # those who ever said no are few, and what they said since decides
        ever = select(Consent.id, Consent.contact_id).where(
            Consent.channel == Channel.LETTER, Consent.action == ConsentAction.WITHDRAWN,
            Consent.id > self._newest_no - _OVERLAP,
        )  # fmt: skip
        found: set[int] = set()
        for id_, contact_id in self._db.execute(ever):
            found.add(contact_id)
            self._newest_no = max(self._newest_no, id_)
        self._withdrew |= found
        some = sorted(found)
        for start in range(0, len(some), _NAMES_AT_ONCE):
            self._read(some[start : start + _NAMES_AT_ONCE])

    def _read(self, ids: list[int]) -> None:
        refusing = last_noes(self._db, ids)
        self._noes |= refusing
        live_at = select(Contact.id, Contact.place_key).where(Contact.id.in_(refusing))
        for id_, key in self._db.execute(live_at):
            self.lives_at(id_, key)

    def lives_at(self, contact_id: int, key: str) -> None:
        """What the contact refuses, if anything, is refused at that place as well."""
        if key and (noes := self._noes.get(contact_id)):
            self._refused.setdefault(key, {})[contact_id] = noes
            self._note(key)

    def close(self, key: str, reason: SuppressionReason) -> None:
        """From now on no letters go there."""
        stood = self._closed.get(key)
        self._closed[key] = reason if stood is None else strongest((stood, reason)) or reason
        self._note(key)

    def own_will_at(self, key: str) -> SuppressionReason | None:
        """The reason, when whoever lives there said no for themselves."""
        reason = self._closed.get(key)
        return reason if reason in OWN_WILL else None

    def withdrew(self, contact_id: int) -> bool:
        """Whether the contact ever refused letters."""
        return contact_id in self._withdrew

    def no_at(self, key: str) -> SuppressionReason | None:
        """The reason to close this place as well; None when there is none, or none stronger than its own."""
        others = strongest(self._closed[other] for other in self._others(key) if other in self._closed)
        stood = self._closed.get(key)
        if others is None or (stood is not None and strongest((stood, others)) is stood):
            return None
        return others

    def refused_at(self, key: str) -> dict[int, Noes]:
        """Which letters people of that name refuse there, by contact."""
        found: dict[int, Noes] = {}
        for other in (key, *self._others(key)):
            found |= self._refused.get(other, {})
        return found

    def _note(self, key: str) -> None:
        if parts := without_ward(key):
            self._near[parts[0]].add(key)

    def _others(self, key: str) -> Iterable[str]:
        """The same place, where this writing or the other one names no ward."""
        if not self._near or not (parts := without_ward(key)) or parts[0] not in self._near:
            return ()
        loose, ward = parts
        return sorted(
            other
            for other in self._near[loose]
            if other != key and (not ward or not (without_ward(other) or ("", ""))[1])
        )
