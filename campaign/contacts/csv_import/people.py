"""Contacts of a file into the tables: new ones created, known ones changed, the same file twice nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from campaign.contacts import erased, profile
from campaign.contacts.codes import Codes, TrialCodes
from campaign.contacts.csv_import import consents, given, keeping, lookups, mapping, retracting
from campaign.contacts.csv_import.cells import Columns, is_yes
from campaign.contacts.csv_import.consents import Agreed
from campaign.contacts.csv_import.given import Given
from campaign.contacts.csv_import.houses import Houses
from campaign.contacts.csv_import.matching import OUR_CODE, Index, Keys, keys_of
from campaign.contacts.csv_import.outcome import (
    CHANGED,
    CREATED,
    MERGED,
    PREVIEW_ROWS,
    UNCHANGED,
    Outcome,
    Progress,
)
from campaign.contacts.csv_import.person import Person
from campaign.contacts.csv_import.reading import Row, Sheet
from campaign.contacts.csv_import.rules import Rule
from campaign.contacts.csv_import.seen import Seen
from campaign.contacts.csv_import.writing import insert_rows
from campaign.errors import InvalidInput
from campaign.models import Account, ContactKind, ImportKind, ImportTouch, SuppressionReason

# rows looked up and written together
CHUNK = 4_000


@dataclass(frozen=True)
class Plan:
    """How to read a file: what its columns mean, where it comes from, and the consent that came with it."""

    mapping: Mapping[str, str]
    source: str
    consent: consents.Collected | None = None
    rule: Rule = Rule.FILE
    import_id: int | None = None
    """The import whose undo has to know whom the file touched."""
    trial: bool = False
    """Nothing of it will be kept: codes of our own are made up, so that nobody waits for the real ones."""
    secret: bytes | None = None
    """Keys the hashes of the networks that consents came from; without it none is kept."""


def run(
    db: Session,
    table: Sheet,
    plan: Plan,
    *,
    now: datetime,
    account: Account | None = None,
    progress: Progress = lambda done: None,
    skip: int = 0,
    outcome: Outcome | None = None,
) -> Outcome:
    """Take in all rows but the first `skip`; who is refused is in the outcome with the reason."""
    mapping.check(dict(plan.mapping), table.headings, ImportKind.CONTACTS, profile.custom_keys(db))
    taker = _Taker(db, table, plan, now, account, outcome or Outcome())
    rows = islice(table.rows, skip, None)
    while chunk := list(islice(rows, CHUNK)):
        taker.take(chunk)
        progress(len(chunk))
        taker.after_commit()
    return taker.outcome


class _Read(NamedTuple):
    """A row, read."""

    row: Row
    facts: dict[str, Any]
    keys: Keys
    organisation: str
    agreed: bool
    given: Given | None
    """When and from where the consent came, where the file says it of each."""
    reason: SuppressionReason | None
    """Why nobody is to write to the address, as another mailing system knows."""


class _Taker:
    """Takes in one chunk of rows after the other; profiles of a chunk are written together."""

    def __init__(
        self, db: Session, table: Sheet, plan: Plan, now: datetime, account: Account | None, outcome: Outcome
    ) -> None:
        self._db, self._plan = db, plan
        self._columns = Columns(table.headings, plan.mapping)
        collects = plan.consent is not None and not plan.consent.ask
        self._given = given.reader(self._columns, now, plan.secret) if collects else None
        self._codes = TrialCodes(db) if plan.trial else Codes(db, beyond=_last_own_code(table, plan))
        self._keeper = keeping.Keeper(db, plan.source, now, account)
        self._houses = Houses(db, self._keeper.by, self._codes, self._keeper.write)
        self._seen = Seen(db, plan.import_id)
        self._erased = erased.Erased(db)
        self.outcome = outcome
        self._index: Index
        self._agreed: list[Agreed] = []
        self._never: dict[str, list[SuppressionReason]] = {}

    def take(self, rows: Sequence[Row]) -> None:
        """One chunk."""
        read = list(self._read(rows))
        if not self._plan.trial:  # one transaction from end to end, and nothing of it is kept
            erased.hold(self._db)
        self._erased.refresh()
        self._keeper.refresh()
        self._index = Index(self._db, [one.keys for one in read], with_tags=self._columns.has("tags"))
        self._agreed, self._never = [], {}
        touched: dict[int, bool] = {}
        done: list[tuple[Row, str, int]] = []
        for one in read:
            try:
                became, person, like = self._take(one)
            except InvalidInput as error:
                self.outcome.refuse(one.row, error)
                continue
            done.append((one.row, became, person.id))
            if not self._seen.has(person.id):
                self._seen.add(person.id)
                touched[person.id] = became == CREATED
            if one.reason and one.keys.email:
                self._never.setdefault(one.keys.email, []).append(one.reason)
            if one.agreed:
                self._agree(one, person, like)
        for id_ in self._houses.created():
            self._seen.add(id_)
            touched[id_] = True
        self._write(touched)
        self._count(rows, done)

    def after_commit(self) -> None:
        """Others may have written meanwhile."""
        self._codes.after_commit()

    def _read(self, rows: Iterable[Row]) -> Iterator[_Read]:
        columns, asks = self._columns, self._columns.has("agreed")
        for row in rows:
            try:
                facts, standing = columns.facts(row.cells), columns.standing(row.cells)
                if "full_name" not in facts:
                    raise InvalidInput("contacts-error-no-name", field="full_name")
                agreed = standing.may_agree and (not asks or is_yes(columns.text(row.cells, "agreed")))
                when = self._given(row.cells) if agreed and self._given else None
            except InvalidInput as error:
                self.outcome.refuse(row, error)
                continue
            house = columns.text(row.cells, "organisation")
            yield _Read(row, facts, keys_of(facts), house, agreed, when, standing.reason)

    def _take(self, one: _Read) -> tuple[str, Person, Person | None]:
        person, like = self._index.find(one.keys)
        keys = one.keys
        self._erased.refuse(
            erased.Keys(keys.email, keys.phone, keys.letter, keys.place),
            person.keys() if person else erased.NONE,
        )
        facts = one.facts
        if one.organisation:
            facts["organisation_id"] = self._houses.named(one.organisation)
        if one.keys.is_organisation or (person and person.values["kind"] is ContactKind.ORGANISATION):
            return *self._take_house(person, facts), None
        if person is None:
            return CREATED, self._create(facts, one.keys), like
        seen = self._seen.has(person.id)
        changed = self._change(person, facts, seen=seen)
        return MERGED if seen else CHANGED if changed else UNCHANGED, person, like

    def _create(self, facts: dict[str, Any], keys: Keys) -> Person:
        person = Person(0, self._keeper.blank(), is_new=True)
        news = person.news(facts, only_gaps=False, own_code=False)
        person.check(news)
        person.id = self._keeper.next_id()
        if "code" not in news:
            person.values["code"] = self._codes.next()
        person.take(news, self._houses.place(facts.get("organisation_id")), keys.derived())
        self._keeper.add(person)
        self._index.add(person)
        return person

    def _change(self, person: Person, facts: dict[str, Any], *, seen: bool) -> bool:
        if self._plan.rule is Rule.KEEP and not seen:
            return False
        own_code = bool(OUR_CODE.fullmatch(person.values["code"]))
        only_gaps = seen or self._plan.rule is not Rule.FILE
        news = person.news(facts, only_gaps=only_gaps, own_code=own_code)
        if not news:
            return False
        person.check(news)
        before = person.reached()
        house = news.get("organisation_id") or person.values["organisation_id"]
        person.take(news, self._houses.place(house))
        self._keeper.changed(person, before)
        self._index.add(person)
        return True

    def _take_house(self, house: Person | None, facts: dict[str, Any]) -> tuple[str, Person]:
        """An organisation goes the way of the forms: its people's keys depend on its address."""
        self._keeper.write()
        seen = house is not None and self._seen.has(house.id)
        became, person = self._houses.take(house, facts, only_gaps=seen or self._plan.rule is Rule.FILL)
        self._index.add(person)
        return MERGED if seen else became, person

    def _agree(self, one: _Read, person: Person, like: Person | None) -> None:
        values = person.values
        if values["kind"] is ContactKind.PERSON:
            like_id = like.id if like else None
            alone = person.is_new and self._index.at_email(values["email_key"]) == 1
            keys = (values["email_key"], values["place_key"])
            self._agreed.append(
                Agreed(person.id, *keys, person.is_new, alone, like_id, one.row.number, one.given)
            )

    def _write(self, touched: Mapping[int, bool]) -> None:
        self._keeper.write()
        self.outcome.counts["suppressed"] += self._keeper.never_write_to(self._never)
        if self._plan.consent is not None:
            plan, collected = self._plan, self._plan.consent
            self._take_back(collected, touched)
            written, silent = consents.record(self._db, self._agreed, collected, plan.source, plan.import_id)
            what = "asked" if collected.ask else "consents"
            self.outcome.counts += Counter({what: written, "kept_silent": silent})
        if self._plan.import_id is not None:
            rows = [(self._plan.import_id, id_, int(created)) for id_, created in touched.items()]
            insert_rows(self._db, ImportTouch, ("import_id", "contact_id", "created"), rows)

    def _take_back(self, collected: consents.Collected, touched: Mapping[int, bool]) -> None:
        """Who said yes in a chunk before and no in this one said no: as if both stood in one chunk."""
        if self._never and self._plan.import_id is not None:
            before = [id_ for id_, _ in lookups.behind(self._db, "email_key", self._never)]
            before = [id_ for id_ in before if self._seen.has(id_) and id_ not in touched]
            if not self._plan.trial:  # nobody who leaves waits for the end of a trial
                retracting.hold(self._db, before)
            gone = consents.take_back(self._db, before, collected, self._plan.import_id, self._keeper.now)
            self.outcome.counts["asked" if collected.ask else "consents"] -= gone.entries
            self.outcome.counts["kept_silent"] += len(gone.contact_ids)

    def _count(self, rows: Sequence[Row], done: list[tuple[Row, str, int]]) -> None:
        self.outcome.done += done[: PREVIEW_ROWS - len(self.outcome.done)]
        self.outcome.counts += Counter(became for _, became, _ in done)
        self.outcome.counts["rows"] += len(rows)


def _last_own_code(table: Sheet, plan: Plan) -> int:
    """The highest number among codes of our own making that the file brings along: ours begin behind it."""
    places = [at for at, heading in enumerate(table.headings) if plan.mapping.get(heading) == "code"]
    if not places:
        return 0
    found = (OUR_CODE.fullmatch(row.cells[places[0]].strip()) for row in table.rows)
    return max((int(code[1][:18]) for code in found if code), default=0)
