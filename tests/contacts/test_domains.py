"""Domains never to write to: below them, beside them, and what a claim and a count make of them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, literal, select
from sqlalchemy.orm import Session

from campaign.audience.reach import Skip, Target, Who, against, skips
from campaign.contacts import domains, suppression
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import (
    AuditEntry,
    Base,
    Channel,
    ConsentPurpose,
    Contact,
    Role,
    SuppressedDomain,
    SuppressionReason,
)
from campaign.models.suppressed_domain import TAIL
from tests.conftest import NOW
from tests.factories import make_account, make_consent, make_contact, make_sender

EMAIL, MARKETING = Channel.EMAIL, ConsentPurpose.MARKETING
LABEL = st.sampled_from(["a", "b", "ab", "shop", "x_y", "mail-1", "công-ty"])
DOMAIN = st.lists(LABEL, min_size=1, max_size=7).map(lambda labels: ".".join([*labels, "vn"]))


def close(db: Session, domain: str, now: datetime) -> None:
    domains.suppress(db, domain, reason="đối thủ", account=None, now=now)


def test_all_below_and_nothing_beside(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    at = ("qq.com", "mail.qq.com", "a.b.mail.qq.com", "myqq.com", "qq.com.vn", "qq_com", "xqq.com", "q.com")
    people = {
        domain: make_contact(db, email=f"an@{domain}" if "_" not in domain else "an@example.com")
        for domain in at
    }
    for contact in people.values():
        make_consent(db, contact, sender)
    close(db, domains.read("*.QQ.com"), now)
    targets = {domain: Target(contact.id, contact.email_key) for domain, contact in people.items()}
    found = skips(db, list(targets.values()), EMAIL, MARKETING, sender.id, now)
    assert {domain for domain, target in targets.items() if target in found} == {
        "qq.com", "mail.qq.com", "a.b.mail.qq.com",
    }  # fmt: skip
    assert set(found.values()) == {Skip.SUPPRESSED}
    counted = set(db.scalars(select(Contact.id).where(reachable(EMAIL, MARKETING, sender.id, now))))
    assert counted == {target.contact_id for target in targets.values() if target not in found}


@given(closed=st.lists(DOMAIN, max_size=4), hosts=st.lists(DOMAIN, min_size=1, max_size=8))
def test_sql_and_plain_reading_agree(closed: list[str], hosts: list[str]) -> None:
    engine = create_engine("sqlite://")  # an example's rows must not stand against the next one
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["suppressed_domain"]])
    with Session(engine) as db:
        db.add_all(
            SuppressedDomain(domain=domain, tail=domain[-TAIL:], reason="x", at=NOW) for domain in set(closed)
        )
        db.flush()
        for host in hosts:
            key = f"a.b@{host}"
            expected = any(host == domain or host.endswith("." + domain) for domain in closed)
            assert bool(db.scalar(select(domains.standing(literal(key))))) is expected
            assert (domains.of_address(db, key) is not None) is expected
            assert (host in domains.closed_hosts(db, set(hosts))) is expected
    engine.dispose()


def test_what_is_said_of_who_has_several_reasons(db: Session, now: datetime) -> None:
    """Dead before closed before not asked: the same for a freeze, which judges hosts, as for a claim."""
    sender = make_sender(db)
    close(db, "xa.vn", now)
    dead, silent, elsewhere = (make_contact(db, email=f"{name}@{host}") for name, host in
                               (("a", "xa.vn"), ("b", "cty.xa.vn"), ("c", "gan.vn")))  # fmt: skip
    dead.deceased_at = now
    db.flush()
    people = [Target(one.id, one.email_key) for one in (dead, silent, elsewhere)]
    found = skips(db, people, EMAIL, MARKETING, sender.id, now)
    assert [found[one] for one in people] == [Skip.DECEASED, Skip.SUPPRESSED, Skip.NO_CONSENT]
    who = Who(Contact.id.expression, Contact.email_key.expression)
    reason = against(EMAIL, MARKETING, sender.id, now, who)
    at_claim = {row[0]: row[1] for row in db.execute(select(Contact.id, reason))}
    assert {Target(one.contact_id, one.address_key): at_claim[one.contact_id] for one in people} == found


def test_the_freeze_asks_one_statement_however_many_are_closed(
    database: Database, db: Session, now: datetime
) -> None:
    sender = make_sender(db)
    people = [make_contact(db, email=f"p{number}@cty{number}.com.vn") for number in range(60)]
    for number in range(300):
        db.add(SuppressedDomain(domain=f"cty{number * 2}.com.vn", tail="-", reason="x", at=now))
    db.flush()
    targets = [Target(one.id, one.email_key) for one in people]
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    found = skips(db, targets, EMAIL, MARKETING, sender.id, now)
    about = [one for one in asked if "suppressed_domain" in one]
    assert len(about) == 1
    assert "substr" not in about[0].lower(), "each person would be looked up by the ends of the address"
    assert sum(reason is Skip.SUPPRESSED for reason in found.values()) == 30


def test_an_answer_still_goes_there(db: Session, now: datetime) -> None:
    sender, asked = make_sender(db), make_contact(db, email="an@example.com")
    close(db, "example.com", now)
    assert skips(db, [Target(asked.id, asked.email_key)], EMAIL, None, sender.id, now) == {}


def test_a_letter_goes_whatever_the_domain(db: Session, now: datetime) -> None:
    sender, contact = make_sender(db), make_contact(db, email="an@example.com")
    close(db, "example.com", now)
    target = Target(contact.id, contact.letter_key)
    assert skips(db, [target], Channel.LETTER, MARKETING, sender.id, now) == {}


def test_lifting_leaves_addresses_as_they_are(db: Session, now: datetime) -> None:
    sender, actor = make_sender(db), make_account(db, Role.ADMIN)
    left, other = (make_contact(db, email=f"{name}@example.com") for name in ("an", "binh"))
    for contact in (left, other):
        make_consent(db, contact, sender)
    close(db, "example.com", now)
    suppression.suppress(db, EMAIL, left.email_key, SuppressionReason.UNSUBSCRIBED, source="x", now=now)
    entry = domains.of_address(db, other.email_key)
    assert entry is not None
    domains.lift(db, entry, account=actor, reason="nhầm", now=now)
    targets = [Target(contact.id, contact.email_key) for contact in (left, other)]
    assert skips(db, targets, EMAIL, MARKETING, sender.id, now) == {targets[0]: Skip.SUPPRESSED}
    actions = db.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
    assert {"suppress_domain", "lift_suppressed_domain"} <= set(actions)


@pytest.mark.parametrize(
    ("written", "domain"),
    [("Example.COM", "example.com"), ("@shop.vn", "shop.vn"), ("*.abc.com.vn", "abc.com.vn"),
     ("xn--mnchen-3ya.de", "münchen.de")],
)  # fmt: skip
def test_how_a_domain_may_be_written(written: str, domain: str) -> None:
    assert domains.read(written) == domain


@pytest.mark.parametrize("text", ["", "vn", "com.vn", "*", "%", "%.com", "a b.com", "an@example.com", "_.vn"])
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        domains.read(text)
