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


class SilentPlaces:
    """Read once. A key is `Contact.place_key`."""

    def __init__(self, db: Session) -> None:
        self._closed: dict[str, SuppressionReason] = {}
        self._near: dict[str, set[str]] = defaultdict(set)
        self._refused: dict[str, dict[int, Noes]] = {}
        noes = select(Suppression.address_key, Suppression.reason)
        for key, reason in db.execute(noes.where(Suppression.channel == Channel.LETTER)):
            self.close(key, reason)
        # those who ever said no are few, and what they said since decides
        letter = Consent.channel == Channel.LETTER
        ever = select(Consent.contact_id).where(letter, Consent.action == ConsentAction.WITHDRAWN).distinct()
        self._withdrew = set(db.scalars(ever))
        some = sorted(self._withdrew)
        for start in range(0, len(some), _NAMES_AT_ONCE):
            self._read(db, some[start : start + _NAMES_AT_ONCE])

    def _read(self, db: Session, ids: list[int]) -> None:
        refusing = last_noes(db, ids)
        live_at = select(Contact.id, Contact.place_key).where(
            Contact.id.in_(refusing), Contact.place_key != ""
        )
        for id_, key in db.execute(live_at):
            self._refused.setdefault(key, {})[id_] = refusing[id_]
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
