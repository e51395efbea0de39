"""The page of choices: what a link may do, and what it never shows."""

from __future__ import annotations

import re
import string
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import consent, erasure, holds, preferences, profile, suppression
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.links import Addresses, Purpose, Signer
from campaign.models import (
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    HoldReason,
    MailRhythm,
    OptIn,
    OptInOrigin,
    Rhythm,
    SuppressionReason,
)
from tests.contacts.test_opt_in import make_form
from tests.factories import make_consent, make_contact, make_delivery, make_sender

EMAIL, LETTER = Channel.EMAIL, Channel.LETTER
MARKETING, GREETING = ConsentPurpose.MARKETING, ConsentPurpose.GREETING
ALL = ("email-marketing", "email-greeting", "letter-marketing", "letter-greeting")


class Someone:
    """A customer of one sender, with the link to their page."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.where = Addresses(Signer(settings.secret_key), "", settings.inbound_domain)
        with database.write() as db:
            sender = make_sender(db)
            contact = make_contact(db, email="lan@example.com", phone="0912345678")
            for purpose in ConsentPurpose:
                make_consent(db, contact, sender, purpose)
            make_form(db, utc_now(), sender, topics=("trà xuân", "sự kiện"))
            self.id, self.sender_id = contact.id, sender.id
            self.link = preferences.link(self.where, contact, sender.id)

    def contact(self) -> Contact:
        with self.database.read() as db:
            return db.get_one(Contact, self.id)

    def open(self) -> set[str]:
        """What may be sent now."""
        now = utc_now()
        with self.database.read() as db:
            return {
                f"{channel}-{purpose}"
                for channel in Channel
                for purpose in ConsentPurpose
                if db.scalar(
                    select(Contact.id).where(
                        Contact.id == self.id, reachable(channel, purpose, self.sender_id, now)
                    )
                )
            }


@pytest.fixture
def lan(database: Database, settings: Settings) -> Someone:
    return Someone(database, settings)


def save(client: FlaskClient, lan: Someone, **facts: Any) -> Any:
    given = {"act": "save", "right": list(ALL), "rhythm": "all", "language": "vi"}
    return client.post(lan.link, data={**given, **facts})


def test_looking_shows_what_holds_and_changes_nothing(client: FlaskClient, lan: Someone) -> None:
    page = client.get(lan.link)
    assert page.status_code == 200
    assert page.text.count("có gửi") == 4
    assert client.head(lan.link).status_code == 200
    assert lan.open() == set(ALL)


def test_the_holder_of_the_link_learns_nothing_of_the_person(client: FlaskClient, lan: Someone) -> None:
    with lan.database.write() as db:
        holds.place(db, db.get_one(Contact, lan.id), HoldReason.BEREAVEMENT, now=utc_now(), note="mẹ mất")
    text = client.get(lan.link).text
    who = lan.contact()
    for secret in ("lan@example.com", who.full_name, who.phone, who.street, who.code, "mẹ mất"):
        assert secret not in text
    assert "l…@example.com" in text


def test_nobody_agrees_by_a_box_that_was_ticked_before(client: FlaskClient, lan: Someone) -> None:
    """Sentences of consent stand beside empty boxes alone, so the button by itself says nothing new."""
    page = client.get(lan.link).text
    for name in lan.open():
        assert re.search(rf'value="{name}" checked[^>]*><span>(?!Tôi đồng ý)', page), name
    for purpose in ConsentPurpose:
        with lan.database.write() as db:
            consent.withdraw(
                db, db.get_one(Contact, lan.id), lan.sender_id, EMAIL, purpose, source="x", now=utc_now()
            )
    page = client.get(lan.link).text
    assert re.search(r'value="email-marketing"><span>Tôi đồng ý', page)


def test_what_is_unticked_stops_at_once(client: FlaskClient, lan: Someone) -> None:
    assert save(client, lan, right=["letter-greeting"]).status_code == 303
    assert lan.open() == {"letter-greeting"}
    with lan.database.read() as db:
        newest = db.scalars(select(Consent).order_by(Consent.id.desc())).first()
        assert newest is not None
        assert newest.method == preferences.METHOD
        assert newest.evidence["asked_from"]


def test_email_begins_again_only_from_the_mailbox(client: FlaskClient, lan: Someone) -> None:
    save(client, lan, right=[])
    done = save(client, lan)
    assert done.location.endswith("done=asked")
    assert lan.open() == {"letter-marketing", "letter-greeting"}
    with lan.database.read() as db:
        (row,) = db.scalars(select(OptIn))
    assert (row.origin, row.contact_id) == (OptInOrigin.PREFERENCES, lan.id)
    save(client, lan)
    with lan.database.read() as db:
        assert len(db.scalars(select(OptIn)).all()) == 1, "the mailbox is asked once a day"
    client.post(lan.where.confirm(row.id, row.nonce))
    assert lan.open() == set(ALL)


def test_who_left_altogether_comes_back_by_the_mailbox_for_this_sender(
    client: FlaskClient, lan: Someone
) -> None:
    with lan.database.write() as db:
        other = make_sender(db)
        contact = db.get_one(Contact, lan.id)
        make_consent(db, contact, other)
        suppression.suppress(
            db, EMAIL, contact.email_key, SuppressionReason.UNSUBSCRIBED, source="x", now=utc_now()
        )
    save(client, lan, right=["email-greeting"])
    with lan.database.read() as db:
        (row,) = db.scalars(select(OptIn))
    client.post(lan.where.confirm(row.id, row.nonce))
    assert lan.open() == {"email-greeting"}
    with lan.database.read() as db:
        assert not consent.may_write(db, db.get_one(Contact, lan.id), EMAIL, MARKETING, other.id)


@pytest.mark.parametrize("reason", [SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED])
def test_what_is_blocked_is_not_opened_here(
    client: FlaskClient, lan: Someone, reason: SuppressionReason
) -> None:
    with lan.database.write() as db:
        suppression.suppress(db, EMAIL, "lan@example.com", reason, source="x", now=utc_now())
    assert "đang bị chặn" in client.get(lan.link).text
    save(client, lan)
    with lan.database.read() as db:
        assert db.scalars(select(OptIn)).all() == []
    assert not lan.open() & {"email-marketing", "email-greeting"}


def test_rhythm_language_and_topics(client: FlaskClient, lan: Someone) -> None:
    with lan.database.write() as db:
        profile.change(
            db, db.get_one(Contact, lan.id), {"tags": ["VIP", "sự kiện"]}, source="x", now=utc_now()
        )
    save(client, lan, rhythm="monthly", language="zh", topic=["trà xuân", "made-up"])
    who = lan.contact()
    assert (who.language, sorted(who.tags)) == ("zh", ["VIP", "trà xuân"])
    with lan.database.read() as db:
        assert db.scalars(select(MailRhythm)).one().rhythm is Rhythm.MONTHLY
    assert '<html lang="zh"' in client.get(lan.link).text
    save(client, lan, rhythm="all")
    with lan.database.read() as db:
        assert db.scalars(select(MailRhythm)).all() == []


def test_a_rest_of_thirty_days(client: FlaskClient, lan: Someone) -> None:
    client.post(lan.link, data={"act": "pause"})
    assert lan.open() == set()
    assert "Đang nghỉ" in client.get(lan.link).text
    with lan.database.read() as db:
        query = reachable(EMAIL, MARKETING, lan.sender_id, utc_now() + timedelta(days=31))
        assert db.scalar(select(Contact.id).where(query)) == lan.id
    client.post(lan.link, data={"act": "resume"})
    assert lan.open() == set(ALL)


def test_the_end_of_a_rest_lifts_no_other_hold(client: FlaskClient, lan: Someone) -> None:
    with lan.database.write() as db:
        holds.place(db, db.get_one(Contact, lan.id), HoldReason.COMPLAINT, now=utc_now())
    client.post(lan.link, data={"act": "pause"})
    client.post(lan.link, data={"act": "resume"})
    assert lan.open() == set()


def test_nothing_more_at_all(client: FlaskClient, lan: Someone) -> None:
    client.post(lan.link, data={"act": "stop"})
    assert lan.open() == set()
    page = client.get(lan.link + "?done=<script>")
    assert "<script>" not in page.text


def test_another_button_does_nothing(client: FlaskClient, lan: Someone) -> None:
    assert client.post(lan.link, data={"act": "erase"}).status_code == 422
    assert client.post(lan.link).status_code == 422
    assert lan.open() == set(ALL)


def test_every_changed_link_is_nobodys(client: FlaskClient, lan: Someone) -> None:
    for place in range(len("/p/"), len(lan.link)):
        other = string.ascii_letters[(string.ascii_letters.find(lan.link[place]) + 1) % 52]
        changed = lan.link[:place] + other + lan.link[place + 1 :]
        assert client.get(changed).status_code == 404
        assert client.post(changed, data={"act": "stop"}).status_code == 404
    with lan.database.write() as db:
        contact = db.get_one(Contact, lan.id)
        mark = preferences.mark_of(contact)
        delivery = make_delivery(db, contact=contact)
        stranger = make_contact(db)
    sign = lan.where.signer.link
    for token in (
        sign(Purpose.PREFERENCES, lan.id, lan.sender_id),
        sign(Purpose.PREFERENCES, lan.id, lan.sender_id, mark + 1),
        sign(Purpose.PREFERENCES, stranger.id, lan.sender_id, mark),
        sign(Purpose.PREFERENCES, lan.id, 10**6, mark),
        sign(Purpose.CONFIRM, lan.id, lan.sender_id, mark),
        lan.where.unsubscribe(delivery.id)[3:],
    ):
        assert client.post(f"/p/{token}", data={"act": "stop"}).status_code == 404
    assert lan.open() == set(ALL)


def test_a_link_ends_with_the_address_and_with_the_person(client: FlaskClient, lan: Someone) -> None:
    with lan.database.write() as db:
        contact = db.get_one(Contact, lan.id)
        profile.change(db, contact, {"email": "new@example.com"}, source="x", now=utc_now())
        fresh = preferences.link(lan.where, contact, lan.sender_id)
    assert client.get(lan.link).status_code == 404
    assert client.get(fresh).status_code == 200
    with lan.database.write() as db:
        erasure.empty(db, db.get_one(Contact, lan.id), utc_now())
    assert client.get(fresh).status_code == 404


def test_the_pages_of_leaving_lead_here(client: FlaskClient, lan: Someone) -> None:
    with lan.database.write() as db:
        delivery = make_delivery(db, contact=db.get_one(Contact, lan.id))
    path = lan.where.unsubscribe(delivery.id)
    assert 'href="/p/' in client.get(path).text
    client.post(path)
    assert 'href="/p/' in client.get(path).text


def test_it_needs_no_cookie_no_login_and_no_form_token(app: Flask, lan: Someone) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    for response in (client.get(lan.link), client.post(lan.link, data={"act": "stop"})):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert lan.open() == set()
