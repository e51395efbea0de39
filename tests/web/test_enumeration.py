"""Nobody learns at the door who has an account, nor at the form who is a customer: by words or by work."""

from __future__ import annotations

import re
import resource
import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaign.accounts import passwords
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import suppression
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import Account, Channel, Role, SuppressionReason
from tests.contacts.test_opt_in import make_form
from tests.factories import make_contact
from tests.people import make_account
from tests.web.conftest import HeldClock
from tests.web.test_subscribe import send

KNOWN, UNKNOWN, RESTING = "nguoi-quen@example.com", "nguoi-dung@example.com", "nguoi-nghi@example.com"
TIMES = 9
# the form's own token
DRAWN = re.compile(r"[\w.-]{60,}")
# the median of many, in processor time with the children's; a known one that is not asked for a hash costs a
# twentieth of one that is
MOST_APART = 2.0
# a single try each, of some hundredths of a second
FORM_MOST_APART = 10.0


@pytest.fixture
def people(database: Database) -> None:
    with database.write() as db:
        make_account(db, Role.MARKETER, email=KNOWN)
        make_account(db, Role.MARKETER, email=RESTING, active=False)
        db.execute(update(Account).values(password_hash=passwords.hash_password("một câu dễ nhớ")))
    # the hash that stands for nobody's is made once a process
    passwords.verify(None, "một câu")


def spent() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = spent()
        act()
        taken.append(spent() - begun)
    return statistics.median(taken)


def sign_in(app: Flask, email: str) -> tuple[int, str, dict[str, str]]:
    """A stranger's first try; what comes back, without what was typed and what is drawn anew each time."""
    answer = app.test_client().post("/sign-in", data={"email": email, "password": "sai mật khẩu rồi"})
    kept = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Date")}
    return answer.status_code, DRAWN.sub("DRAWN", answer.text).replace(f'value="{email}"', "EMAIL"), kept


@pytest.mark.usefixtures("people")
def test_the_door_answers_alike(app: Flask, held_clock: HeldClock) -> None:
    answers = [sign_in(app, email) for email in (KNOWN, UNKNOWN, RESTING, "", "no address")]
    assert answers[0][0] == 401
    assert [status for status, _, _ in answers] == [401] * len(answers)
    for status, body, headers in answers[1:3]:
        assert (status, body) == answers[0][:2]
        assert headers == answers[0][2]


@pytest.mark.usefixtures("people")
def test_waiting_answers_alike(app: Flask, held_clock: HeldClock) -> None:
    """Who tries often is slowed down for a name that nobody has as well."""
    tries = {email: [sign_in(app, email)[:2] for _ in range(12)] for email in (KNOWN, UNKNOWN, RESTING)}
    assert tries[KNOWN] == tries[UNKNOWN] == tries[RESTING]
    assert tries[KNOWN][-1][0] == 429


@pytest.mark.usefixtures("people")
def test_the_door_works_as_much_for_nobody(app: Flask, held_clock: HeldClock) -> None:
    def at_the_door(email: str) -> Callable[[], object]:
        def act() -> None:
            held_clock.goes_on(days=1)  # nobody waits
            assert sign_in(app, email)[0] == 401

        return act

    known, unknown = median(at_the_door(KNOWN)), median(at_the_door(UNKNOWN))
    assert max(known, unknown) / min(known, unknown) < MOST_APART


def test_a_form_answers_alike_and_works_as_much(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    """Whether the address is a customer's, a stranger's, or one that is never to be written to."""
    where = Addresses(Signer(settings.secret_key), "", settings.inbound_domain)
    with database.write() as db:
        form = make_form(db, utc_now(), topics=())
        customer = make_contact(db, email=KNOWN, full_name="Trần Văn Quen")
        gone = make_contact(db, email=RESTING)
        suppression.suppress(
            db, Channel.EMAIL, gone.email, SuppressionReason.COMPLAINED, now=utc_now(), source="test"
        )
        assert customer.id != gone.id
    answers, works = [], []
    for email in (KNOWN, UNKNOWN, RESTING):
        begun = spent()
        answer = send(client, where, database, form, email=email)
        works.append(spent() - begun)
        answers.append((answer.status_code, DRAWN.sub("DRAWN", answer.text).replace(email, "EMAIL")))
        assert "Trần Văn Quen" not in answer.text
    assert answers[0] == answers[1] == answers[2]
    # one question more or less to the database; a page in all three
    assert max(works) / min(works) < FORM_MOST_APART


@pytest.mark.usefixtures("people")
def test_nobody_is_found_by_a_cookie(client: FlaskClient, database: Database) -> None:
    """A page that needs a person says the same to a stranger, whatever number it bears."""
    with database.read() as db:
        there = db.scalars(select(Account.id)).first()
    answers = []
    for number in (there, 999_999):
        answer = client.get(f"/people/{number}")
        answers.append((answer.status_code, answer.text.replace(f"/people/{number}", "/people/N")))
    assert answers[0] == answers[1]
