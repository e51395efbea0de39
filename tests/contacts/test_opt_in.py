"""Double opt-in as a stage: who is asked, what the button grants, and what stays as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.care import erasure
from campaign.contacts import consent, domains, profile, suppression
from campaign.contacts import erasure as emptying
from campaign.contacts.opt_in import asking, confirming, default_words, forms, importing, waiting
from campaign.contacts.opt_in.asking import Answer, Wish
from campaign.contacts.opt_in.confirming import Standing
from campaign.contacts.opt_in.content import FormContent, from_json, to_json
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import (
    Channel,
    Consent,
    ConsentForm,
    ConsentFormVersion,
    ConsentPurpose,
    Contact,
    OptIn,
    OptInState,
    Sender,
    Suppression,
    SuppressionReason,
)
from tests.factories import make_account, make_consent, make_contact, make_sender

EMAIL, MARKETING, GREETING = Channel.EMAIL, ConsentPurpose.MARKETING, ConsentPurpose.GREETING
DAY = timedelta(days=1)


def content_for(sender: Sender, **facts: Any) -> FormContent:
    given: dict[str, Any] = {
        "channels": (EMAIL,),
        "purposes": (MARKETING,),
        "words": {language: default_words.form_words(language, sender) for language in ("vi", "en", "zh")},
    }
    return FormContent(**(given | facts))


def make_form(db: Session, now: datetime, sender: Sender | None = None, **facts: Any) -> ConsentForm:
    sender = sender or make_sender(db)
    return forms.create(
        db, name="Web", sender_id=sender.id, content=content_for(sender, **facts), account=None, now=now
    )


def ask(
    db: Session, form: ConsentForm, now: datetime, email: str = "lan@example.com", **facts: Any
) -> OptIn | None:
    wish = Wish(email, facts.get("name", "Lan"), "vi", facts.get("topics", ()))
    version = forms.newest(db, form)
    return asking.submit(db, form, version, wish, network=facts.get("network", "n1"), now=now)[1]


def confirmed(db: Session, row: OptIn | None, now: datetime) -> Contact:
    assert row is not None
    assert confirming.confirm(db, row, network="n2", now=now) is Standing.DONE
    assert row.contact_id is not None
    return db.get_one(Contact, row.contact_id)


def test_nothing_is_granted_before_the_button(db: Session, now: datetime) -> None:
    form = make_form(db, now)
    row = ask(db, form, now)
    assert row is not None
    assert row.state is OptInState.WAITING
    assert db.scalar(select(func.count(Contact.id))) == 0
    lan = confirmed(db, row, now + DAY)
    assert (lan.full_name, lan.email, lan.language) == ("Lan", "lan@example.com", "vi")
    assert consent.may_write(db, lan, EMAIL, MARKETING, form.sender_id)
    assert not consent.may_write(db, lan, EMAIL, MARKETING, make_sender(db).id)


def test_the_entry_keeps_its_proof(db: Session, now: datetime) -> None:
    form = make_form(db, now)
    lan = confirmed(db, ask(db, form, now), now + DAY)
    entry = consent.history(db, lan)[0]
    assert entry.wording == forms.read(forms.newest(db, form)).words["vi"].wording
    assert entry.method == confirming.METHOD
    assert {name: entry.evidence[name] for name in ("form", "form_version", "asked_from")} == {
        "form": form.id, "form_version": 1, "asked_from": "n1",
    }  # fmt: skip
    assert entry.evidence["confirmed_at"] == (now + DAY).isoformat()
    assert "example.com" not in str(entry.evidence)


def test_the_button_grants_once(db: Session, now: datetime) -> None:
    row = ask(db, make_form(db, now), now)
    lan = confirmed(db, row, now)
    assert row is not None
    consent.withdraw(db, lan, row.sender_id, EMAIL, MARKETING, source="page", now=now)
    assert confirming.confirm(db, row, network="x", now=now + DAY) is Standing.DONE
    assert not consent.may_write(db, lan, EMAIL, MARKETING, row.sender_id)


def test_the_newest_words_do_not_change_what_was_shown(db: Session, now: datetime) -> None:
    form = make_form(db, now)
    row = ask(db, form, now)
    first = forms.newest(db, form)
    sender = db.get_one(Sender, form.sender_id)
    changed = content_for(sender, purposes=(MARKETING, GREETING))
    forms.change(db, form, name="Web", content=changed, account=make_account(db), now=now)
    assert forms.newest(db, form).number == 2
    lan = confirmed(db, row, now)
    assert {entry.purpose for entry in consent.history(db, lan)} == {MARKETING}
    assert consent.history(db, lan)[0].evidence["form_version"] == first.number


def test_a_version_is_never_changed(db: Session, now: datetime) -> None:
    version = forms.newest(db, make_form(db, now))
    db.commit()
    version.content = {}
    with pytest.raises(DBAPIError):
        db.flush()
    db.rollback()
    db.delete(db.get_one(ConsentFormVersion, version.id))
    with pytest.raises(DBAPIError):
        db.flush()


def test_content_comes_back_as_it_was(db: Session) -> None:
    content = content_for(
        make_sender(db), topics=("trà",), sites=("https://a.vn",), go_on_to="https://a.vn/x"
    )
    assert from_json(to_json(content)) == content


def test_one_mailbox_is_not_flooded(db: Session, now: datetime) -> None:
    """By whatever forms, from whatever networks, in whatever spelling."""
    made = [make_form(db, now), make_form(db, now)]
    asked = [
        ask(db, made[number % 2], now, email=spelling, network=f"n{number}")
        for number, spelling in enumerate(["lan@example.com", "LAN@example.com", " Lan@EXAMPLE.com "])
    ]
    assert [row is not None for row in asked] == [True, False, False]
    later = [ask(db, made[0], now + number * DAY * 1.1, network=f"d{number}") for number in range(1, 10)]
    assert sum(row is not None for row in later) == 2
    assert ask(db, made[0], now + 40 * DAY) is not None


def test_one_network_may_ask_for_few(db: Session, now: datetime) -> None:
    form = make_form(db, now)
    for number in range(asking.FROM_ONE_NETWORK):
        assert ask(db, form, now, email=f"a{number}@example.com") is not None
    wish = Wish("one-more@example.com", "", "vi")
    version = forms.newest(db, form)
    answer, row = asking.submit(db, form, version, wish, network="n1", now=now)
    assert (answer, row) == (Answer.TOO_MANY, None)
    assert asking.submit(db, form, version, wish, network="n2", now=now)[0] is Answer.ASKED


def test_a_form_is_closed_to_a_flood_from_everywhere(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FROM_ONE_FORM", 5)
    form = make_form(db, now)
    rows = [ask(db, form, now, email=f"a{n}@example.com", network=f"n{n}") for n in range(8)]
    assert sum(row is not None for row in rows) == 5


def test_who_did_not_confirm_vanishes(db: Session, now: datetime) -> None:
    row = ask(db, make_form(db, now), now)
    assert row is not None
    over = now + asking.LIFE
    assert confirming.standing(db, row, over) is Standing.OVER
    assert confirming.confirm(db, row, network="x", now=over) is Standing.OVER
    assert waiting.tidy(db, over) == 1
    assert db.scalar(select(func.count(OptIn.id))) == 0
    assert db.scalar(select(func.count(Consent.id))) == 0


@pytest.mark.parametrize("reason", [SuppressionReason.UNSUBSCRIBED, SuppressionReason.REQUESTED])
def test_who_left_may_come_back_for_this_alone(db: Session, now: datetime, reason: SuppressionReason) -> None:
    """Other senders, other purposes and other people at the address stay as silent as they were."""
    ours, other = make_sender(db), make_sender(db)
    lan, twin = (make_contact(db, full_name=name, email="lan@example.com") for name in ("Lan", "Minh"))
    for person in (lan, twin):
        for sender in (ours, other):
            for purpose in (MARKETING, GREETING):
                make_consent(db, person, sender, purpose, now=now - DAY)
    suppression.suppress(db, EMAIL, lan.email_key, reason, source="page", now=now)
    form = make_form(db, now, ours)
    assert confirmed(db, ask(db, form, now), now + DAY).id == lan.id
    writable = {
        (person.full_name, sender is ours, purpose)
        for person in (lan, twin)
        for sender in (ours, other)
        for purpose in (MARKETING, GREETING)
        if consent.may_write(db, person, EMAIL, purpose, sender.id)
    }
    assert writable == {("Lan", True, MARKETING)}
    assert db.scalar(select(func.count(Suppression.id))) == 0


@pytest.mark.parametrize("reason", [SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED])
def test_a_dead_mailbox_and_a_complaint_stay(db: Session, now: datetime, reason: SuppressionReason) -> None:
    row = ask(db, make_form(db, now), now)
    assert row is not None
    suppression.suppress(db, EMAIL, "lan@example.com", reason, source="x", now=now)
    assert confirming.blocked(db, row)
    assert confirming.confirm(db, row, network="x", now=now) is Standing.CLOSED
    assert db.scalar(select(func.count(Suppression.id))) == 1
    assert db.scalar(select(func.count(Consent.id))) == 0


def test_a_closed_domain_is_not_asked(db: Session, now: datetime) -> None:
    row = ask(db, make_form(db, now), now)
    assert row is not None
    domains.suppress(db, "example.com", reason="x", account=None, now=now)
    assert confirming.confirm(db, row, network="x", now=now) is Standing.CLOSED


def test_whom_we_know_is_not_made_again(db: Session, now: datetime) -> None:
    make_contact(db, full_name="Minh", email="lan@example.com")
    lan = make_contact(db, full_name="Nguyễn Thị Lan", email="lan@example.com")
    got = confirmed(db, ask(db, make_form(db, now), now, name="nguyen thi LAN"), now)
    assert got.id == lan.id
    assert db.scalar(select(func.count(Contact.id))) == 2


def test_who_was_erased_comes_back_by_their_own_will_and_for_this_alone(db: Session, now: datetime) -> None:
    ours, other = make_sender(db), make_sender(db)
    gone = make_contact(db, email="lan@example.com")
    make_consent(db, gone, other)
    emptying.empty(db, gone, now)
    with pytest.raises(InvalidInput):
        make_contact(db, email="lan@example.com")
    lan = confirmed(db, ask(db, make_form(db, now, ours), now), now)
    assert lan.id != gone.id
    assert consent.may_write(db, lan, EMAIL, MARKETING, ours.id)
    said = {(entry.sender_id, entry.purpose, entry.action) for entry in consent.history(db, lan)}
    assert (other.id, MARKETING, consent.WITHDRAWN) in said, "nobody knows what they had refused"


def test_who_was_erased_comes_back_by_their_own_will_alone(db: Session, now: datetime) -> None:
    lan = make_contact(db, full_name="Lan", email="lan@example.com")
    addresses = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")
    erasure.erase(db, lan, addresses, reason="asked in writing", actor=None, now=now)
    facts = {"full_name": "Lan", "email": "lan@example.com"}
    with pytest.raises(InvalidInput):
        profile.create(db, facts, source="form", now=now)
    form = make_form(db, now)
    row = ask(db, form, now)
    with pytest.raises(InvalidInput):
        profile.create(db, facts, source="form", now=now)
    back = confirmed(db, row, now + DAY)
    assert back.id != lan.id
    assert consent.may_write(db, back, EMAIL, MARKETING, form.sender_id)
    assert lan.full_name == lan.email == ""


def test_topics_become_tags_and_unknown_ones_nothing(db: Session, now: datetime) -> None:
    form = make_form(db, now, topics=("trà xuân", "sự kiện"))
    lan = confirmed(db, ask(db, form, now, topics=("sự kiện", "VIP")), now)
    assert lan.tags == ["sự kiện"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"go_on_to": "https://evil.example/x", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "https://a.vn.evil.example/", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "https://a.vn@evil.example/", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "//evil.example", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "javascript:alert(1)", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "https://a.vn/\r\nSet-Cookie: x=1", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"go_on_to": "https://a.vn\\@evil.example/", "sites": ("https://a.vn",)}, "go_on_to"),
        ({"sites": ("https://a.vn; script-src *",)}, "sites"),
        ({"sites": ("*",)}, "sites"),
        ({"sites": ("https://*.vn",)}, "sites"),
        ({"sites": ("data:text/html,x",)}, "sites"),
        ({"sites": ("https://a.vn:x",)}, "sites"),
        ({"channels": (Channel.LETTER,)}, "channels"),
        ({"purposes": ()}, "purposes"),
        ({"words": {}}, "languages"),
    ],
)
def test_a_form_leads_nowhere_else(db: Session, now: datetime, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_form(db, now, **facts)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "email",
    ["", "lan", "lan@", "a@b\r\nBcc: x@example.com", "lan@example.com, b@example.com", "lân@example.com"],
)
def test_what_is_no_address_is_not_asked(db: Session, now: datetime, email: str) -> None:
    form = make_form(db, now)
    with pytest.raises(InvalidInput):
        ask(db, form, now, email=email)


class Person:
    def __init__(self, contact: Contact) -> None:
        self.contact_id, self.email_key = contact.id, contact.email_key


def test_people_of_files_are_asked_once(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan, hoa, twin = (make_contact(db, email=f"{name}@example.com") for name in ("lan", "hoa", "lan"))
    terms = consent.Terms("Tôi đồng ý")

    def bring(*people: Contact) -> int:
        return importing.ask(
            db, [Person(one) for one in people], import_id=None, sender_id=sender.id,
            purposes=[MARKETING], terms=terms, now=now,
        )  # fmt: skip

    assert bring(lan, twin) == 1
    assert bring(lan, hoa) == 1
    assert bring(lan, hoa) == 0
    asked = db.scalars(select(OptIn).order_by(OptIn.id)).all()
    assert [row.contact_id for row in asked] == [lan.id, hoa.id]
    assert confirmed(db, asked[0], now).id == lan.id


def test_files_are_asked_slowly_and_strangers_first(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "ASKED_AN_HOUR", 3)
    sender = make_sender(db)
    people = [Person(make_contact(db)) for _ in range(5)]
    importing.ask(
        db, people, import_id=None, sender_id=sender.id, purposes=[MARKETING],
        terms=consent.Terms("x"), now=now,
    )  # fmt: skip
    stranger = ask(db, make_form(db, now, sender), now)
    assert stranger is not None
    due = waiting.due(db, now)
    assert (due[0], len(due)) == (stranger.id, 4)
    for row_id in due[1:]:
        db.get_one(OptIn, row_id).tried_at = now
        db.get_one(OptIn, row_id).state = OptInState.SENT
    db.flush()
    assert waiting.due(db, now) == [stranger.id]
    assert len(waiting.due(db, now + timedelta(hours=2))) == 3
    late = now + importing.PATIENCE
    waiting.tidy(db, late)
    states = db.scalars(select(OptIn.state).where(OptIn.tried_at.is_not(None)))
    assert set(states) == {OptInState.SILENT}
