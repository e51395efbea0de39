"""Contacts: a person, or an organisation with its contact persons."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base, BigId, ContactId, Id, Json, JsonObject, Moment, words
from campaign.models.relationship import LeavingReason, RelationshipLevel


class ContactKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


ORGANISATIONS = text("kind = 'organisation'")
TRAITS_KNOWN = text("traits <> '{}'")


class BirthCalendar(StrEnum):
    SOLAR = "solar"
    LUNAR = "lunar"  # Vietnamese lunar calendar, UTC+7


class Contact(Base):
    """One profile. A delivery goes to a person; an organisation is greeted through its contact persons.

    `birth_*` is kept in parts: many give a day and month but no year, and lunar dates are not dates of
    the `date` type.
    """

    __tablename__ = "contact"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """The customer code; ours is `KH000001` when the source had none."""
    kind: Mapped[ContactKind] = mapped_column(words(ContactKind), default=ContactKind.PERSON)
    organisation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"), index=True)
    """The organisation whose contact person this is."""
    position: Mapped[str] = mapped_column(String(120), default="")

    full_name: Mapped[str] = mapped_column(String(200))
    given_name: Mapped[str] = mapped_column(String(100), default="")
    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    """Full name in lower case without marks, for searching: `nguyen van a`."""
    form_of_address: Mapped[str] = mapped_column(String(30), default="")
    """Anh, Chị, Ông, Bà, Mr, 女士 …; empty when unknown, never guessed."""

    email: Mapped[str] = mapped_column(String(320), default="")
    """Normalised by email-validator; empty when there is none."""
    email_key: Mapped[str] = mapped_column(String(320), default="", index=True)
    """What makes two addresses one: lower case. Also the key of suppression."""
    letter_key: Mapped[str] = mapped_column(String(400), default="", index=True)
    """Name and postal address, folded; empty when no letter can reach them."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    phone_key: Mapped[str] = mapped_column(String(20), default="", index=True)
    """The same number in whatever writing: `0912345678`."""
    search_words: Mapped[str] = mapped_column(Text, default="")
    """What they are found by (`campaign.contacts.search.words`); migration 0290 keeps an index of it."""

    street: Mapped[str] = mapped_column(String(200), default="")
    ward: Mapped[str] = mapped_column(String(120), default="")
    district: Mapped[str] = mapped_column(String(120), default="")
    """Vietnam has none since 1 July 2025; older addresses keep theirs."""
    province: Mapped[str] = mapped_column(String(120), default="", index=True)
    province_key: Mapped[str] = mapped_column(String(20), default="", server_default="", index=True)
    """Which province of Vietnam the text names, in whatever writing: `binh-duong`; empty when none does."""
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[str] = mapped_column(String(2), default="VN", index=True)

    language: Mapped[str] = mapped_column(String(5), default="vi", index=True)
    time_zone: Mapped[str] = mapped_column(String(60), default="Asia/Ho_Chi_Minh")

    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    birth_calendar: Mapped[BirthCalendar] = mapped_column(words(BirthCalendar), default=BirthCalendar.SOLAR)
    founded_on: Mapped[date | None]

    sex: Mapped[str] = mapped_column(String(20), default="")
    occupation: Mapped[str] = mapped_column(String(120), default="")
    line_of_business: Mapped[str] = mapped_column(String(200), default="")
    legal_representative: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    custom: Mapped[JsonObject] = mapped_column(default=dict)
    """Values of the house's own fields: `CustomField.key` to text."""

    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    """The person in charge."""

    traits: Mapped[JsonObject] = mapped_column(default=dict)
    """What marks a person or an organisation: names of `campaign.contacts.traits` to text."""
    satisfaction: Mapped[int | None]
    """The newest answer in per cent of its scale, to compare by."""
    satisfaction_said: Mapped[str] = mapped_column(String(20), default="")
    """The same as it was given, on the scale of who asked: `4/1-5`."""
    satisfaction_on: Mapped[date | None]
    relationship_level: Mapped[RelationshipLevel] = mapped_column(
        words(RelationshipLevel), default=RelationshipLevel.UNKNOWN
    )
    leaving_reason: Mapped[LeavingReason] = mapped_column(words(LeavingReason), default=LeavingReason.UNKNOWN)
    leaving_note: Mapped[str] = mapped_column(String(500), default="")
    left_on: Mapped[date | None]
    deceased_at: Mapped[datetime | None]
    """When we learned that the person died: from then on nothing is written to them (`contacts.deceased`)."""
    died_on: Mapped[date | None]
    """The day itself, when it is known."""

    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    erased_at: Mapped[datetime | None]
    """Set when the facts were erased; the empty row stays, for its id is used elsewhere."""

    organisation: Mapped[Contact | None] = relationship(
        remote_side="Contact.id", back_populates="contact_persons"
    )
    contact_persons: Mapped[list[Contact]] = relationship(back_populates="organisation")
    tag_rows: Mapped[list[ContactTag]] = relationship(
        cascade="all, delete-orphan", order_by="ContactTag.tag", lazy="selectin"
    )

    __table_args__ = (
        Index("ix_contact_birthday", "birth_calendar", "birth_month", "birth_day"),
        # of most nobody knows any, and a rule about traits asks for the others
        Index("ix_contact_traits", "id", postgresql_where=TRAITS_KNOWN, sqlite_where=TRAITS_KNOWN),
        # they are few, and "contact person of an organisation that ..." asks for them
        Index("ix_contact_organisations", "id", postgresql_where=ORGANISATIONS, sqlite_where=ORGANISATIONS),
    )

    @property
    def tags(self) -> list[str]:
        return [row.tag for row in self.tag_rows]


class ContactTag(Base):
    __tablename__ = "contact_tag"

    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class CustomField(Base):
    """A field of the house's own."""

    __tablename__ = "custom_field"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    """snake_case; `{{ contact.custom.KEY }}` in copy."""
    label: Mapped[str] = mapped_column(String(120))


class ContactFact(Base):
    """One change of one field, with its source and date."""

    __tablename__ = "contact_fact"

    id: Mapped[Id]
    contact_id: Mapped[ContactId]
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(200))
    """`form`, `import:12`, `unsubscribe page` …"""
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[Moment]


class ImportKind(StrEnum):
    CONTACTS = "contacts"
    ORDERS = "orders"


class ImportState(StrEnum):
    UPLOADED = "uploaded"  # the mapping is still open
    CHECKING = "checking"  # a worker finds out what would happen
    CHECKED = "checked"
    RUNNING = "running"
    FINISHED = "finished"
    UNDOING = "undoing"
    UNDONE = "undone"


# what a worker has to do something about
WORKING = (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)


class ContactImport(Base):
    """One uploaded file with its column mapping and what became of it."""

    __tablename__ = "contact_import"

    id: Mapped[Id]
    kind: Mapped[ImportKind] = mapped_column(words(ImportKind), default=ImportKind.CONTACTS)
    file_name: Mapped[str] = mapped_column(String(200))
    file_key: Mapped[str] = mapped_column(String(200))
    file_forgotten: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Somebody in it was erased: the next clearing removes the file."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    mapping: Mapped[JsonObject] = mapped_column(default=dict)
    """Column heading to field name."""
    options: Mapped[JsonObject] = mapped_column(default=dict)
    """`source`, and the consent collected with the file, if any."""
    state: Mapped[ImportState] = mapped_column(words(ImportState), default=ImportState.UPLOADED)
    counts: Mapped[JsonObject] = mapped_column(default=dict)
    """`rows`, `created`, `changed`, `merged`, `unchanged`, `refused`, `consents`, `kept_silent`,
    `suppressed`: of the check while it is checked, of the import itself later; after an undo what became
    of it."""
    signature: Mapped[str] = mapped_column(String(64), default="", index=True)
    """SHA-256 of the headings: files of one source look alike."""
    preview: Mapped[list[Any]] = mapped_column(Json, default=list)
    """What would become of the first rows: `row`, `became`, `facts`, and `reason`, `values`, `cells` of a
    refused one."""
    error: Mapped[JsonObject] = mapped_column(default=dict)
    """Why it stopped, as a Fluent `key` with `values`; empty when nothing is wrong."""
    rows_done: Mapped[int] = mapped_column(default=0)
    """Rows behind us in the present state: where to go on after a crash."""
    leased_until: Mapped[datetime | None]
    """Until then a worker is at it; when it has passed without a word another takes over."""
    lease: Mapped[str] = mapped_column(String(32), default="")
    """Which worker that is."""
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    """Who imported it; None from the command line."""
    created_at: Mapped[Moment]


class ImportRefusal(Base):
    """A row that was not taken."""

    __tablename__ = "import_refusal"

    import_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact_import.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(80))
    """A Fluent key; its values are in `values`."""
    values: Mapped[JsonObject] = mapped_column(default=dict)
    cells: Mapped[list[Any]] = mapped_column(Json, default=list)


class ImportTouch(Base):
    """A person whom a file is about: what an undo has to look at."""

    __tablename__ = "import_touch"

    import_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact_import.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contact.id"), primary_key=True, autoincrement=False, index=True
    )
    created: Mapped[bool] = mapped_column(default=False)
    """Whether the file brought them in."""


class OrderTouch(Base):
    """An order that a file brought or changed: what an undo has to look at."""

    __tablename__ = "order_touch"

    import_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact_import.id"), primary_key=True)
    order_id: Mapped[int] = mapped_column(
        BigId,
        ForeignKey("customer_order.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    before: Mapped[JsonObject] = mapped_column(default=dict)
    """What changed, as it was; empty when the file brought the order."""
    after: Mapped[JsonObject]
    """As the file left it."""


class Order(Base):
    """One purchase. Triggers carry what is written here on to `OrderStatistics`."""

    __tablename__ = "customer_order"  # `order` is a reserved word

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact.id"))
    number: Mapped[str] = mapped_column(String(60))
    ordered_on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[int] = mapped_column(BigId)
    """In the smallest unit of the currency (đồng, cent)."""
    currency: Mapped[str] = mapped_column(String(3), default="VND")
    product: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(40), default="")
    cost: Mapped[int | None] = mapped_column(BigId)
    """What the goods cost the house, in the same unit; None when nobody said."""

    __table_args__ = (
        UniqueConstraint("contact_id", "number"),
        Index("ix_customer_order_customer_day", "contact_id", "currency", "ordered_on"),
    )
