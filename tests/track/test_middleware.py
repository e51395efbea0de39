"""Opens and clicks through the real WSGI function; every token with one character changed leads nowhere."""

from __future__ import annotations

import hashlib
import string
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from campaign.db import Database
from campaign.links import Purpose, Signer
from campaign.models import Event, EventKind, Link
from campaign.track.middleware import PIXEL, Tracking
from tests.conftest import NOW
from tests.factories import make_delivery, make_message

SIGNER = Signer(b"a key for tests")
PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
TARGET = "https://shop.example.com/tra?a=1&b=2#đặt"


class Answer:
    """What came back of one request."""

    def __init__(self, tracking: Tracking, path: str, **environ: str) -> None:
        self.status, self.headers = "", {}
        given: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_USER_AGENT": PERSON}
        self.body = b"".join(tracking(given | environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)


def nothing_here(_environ: object, start_response: Any) -> list[bytes]:
    start_response("404 Not Found", [])
    return [b"nothing"]


@pytest.fixture
def tracking(database: Database) -> Iterator[Tracking]:
    made = Tracking(nothing_here, database, SIGNER, now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def sent(database: Database) -> tuple[int, int]:
    """Ids of a delivery and of a link in it."""
    with database.write() as db:
        delivery = make_delivery(db, settled_at=NOW - timedelta(minutes=5))
        link = Link(
            message_id=make_message(db).id, url=TARGET, url_sha256=hashlib.sha256(TARGET.encode()).hexdigest()
        )
        db.add(link)
        db.flush()
        return delivery.id, link.id


def events(database: Database) -> list[tuple[EventKind, int, bool, int | None]]:
    with database.read() as db:
        found = db.scalars(select(Event).order_by(Event.id))
        return [(one.kind, one.delivery_id, one.machine, one.link_id) for one in found]


def test_an_open_is_a_picture_and_an_event(
    tracking: Tracking, database: Database, sent: tuple[int, int]
) -> None:
    answer = Answer(tracking, f"/o/{SIGNER.link(Purpose.OPEN, sent[0])}.gif")
    assert (answer.status, answer.body) == ("200 OK", PIXEL)
    assert "no-store" in answer.headers["Cache-Control"]
    tracking.close()
    assert events(database) == [(EventKind.OPEN, sent[0], False, None)]


def test_a_click_goes_to_the_link_and_nowhere_else(
    tracking: Tracking, database: Database, sent: tuple[int, int]
) -> None:
    answer = Answer(
        tracking, f"/c/{SIGNER.link(Purpose.CLICK, *sent)}", QUERY_STRING="url=https://evil.example"
    )
    assert answer.status == "302 Found"
    assert answer.headers["Location"] == "https://shop.example.com/tra?a=1&b=2#%C4%91%E1%BA%B7t"
    tracking.close()
    assert events(database) == [(EventKind.CLICK, sent[0], False, sent[1])]


def test_machines_are_labelled(tracking: Tracking, database: Database, sent: tuple[int, int]) -> None:
    path = f"/c/{SIGNER.link(Purpose.CLICK, *sent)}"
    Answer(tracking, path, REQUEST_METHOD="HEAD")
    Answer(tracking, path, HTTP_USER_AGENT="Mimecast-scanner")
    tracking.close()
    assert [one[2] for one in events(database)] == [True, True]


def test_what_comes_within_a_second_of_sending_is_a_machine(database: Database, tracking: Tracking) -> None:
    with database.write() as db:
        delivery_id = make_delivery(db, settled_at=NOW - timedelta(seconds=1)).id
    Answer(tracking, f"/o/{SIGNER.link(Purpose.OPEN, delivery_id)}.gif")
    tracking.close()
    assert events(database) == [(EventKind.OPEN, delivery_id, True, None)]


def test_every_changed_character_of_a_click_leads_nowhere(
    tracking: Tracking, database: Database, sent: tuple[int, int]
) -> None:
    token = SIGNER.link(Purpose.CLICK, *sent)
    tried = 0
    for place in range(len(token)):
        for other in string.ascii_letters + string.digits + "-_=.%/":
            if other == token[place]:
                continue
            answer = Answer(tracking, f"/c/{token[:place]}{other}{token[place + 1 :]}")
            assert answer.status == "404 Not Found"
            assert "Location" not in answer.headers
            tried += 1
    assert tried > 1500
    for path in ("/c/", "/c/é", f"/c/{token}x", f"/c/{SIGNER.link(Purpose.OPEN, *sent)}", "/c/" + "A" * 5000):
        assert Answer(tracking, path).status == "404 Not Found"
    tracking.close()
    assert events(database) == []


def test_a_bad_open_still_gets_its_picture_and_leaves_no_trace(
    tracking: Tracking, database: Database, sent: tuple[int, int]
) -> None:
    token = SIGNER.link(Purpose.OPEN, sent[0])
    for bad in (token[:-1] + ("A" if token[-1] != "A" else "B"), "", "é", SIGNER.link(Purpose.VIEW, sent[0])):
        answer = Answer(tracking, f"/o/{bad}.gif")
        assert (answer.status, answer.body) == ("200 OK", PIXEL)
    tracking.close()
    assert events(database) == []


def test_a_link_to_anything_but_the_web_is_not_followed(tracking: Tracking, database: Database) -> None:
    with database.write() as db:
        delivery_id = make_delivery(db).id
        link = Link(message_id=make_message(db).id, url="javascript:alert(1)", url_sha256="0" * 64)
        db.add(link)
        db.flush()
        link_id = link.id
    assert (
        Answer(tracking, f"/c/{SIGNER.link(Purpose.CLICK, delivery_id, link_id)}").status == "404 Not Found"
    )
    assert Answer(tracking, f"/c/{SIGNER.link(Purpose.CLICK, delivery_id, 999)}").status == "404 Not Found"


def test_other_requests_pass_through(tracking: Tracking, sent: tuple[int, int]) -> None:
    assert Answer(tracking, "/").status == "404 Not Found"
    path = f"/c/{SIGNER.link(Purpose.CLICK, *sent)}"
    assert Answer(tracking, path, REQUEST_METHOD="POST").status == "404 Not Found"


def test_a_delivery_that_is_gone_does_not_take_others_with_it(
    tracking: Tracking, database: Database, sent: tuple[int, int]
) -> None:
    Answer(tracking, f"/o/{SIGNER.link(Purpose.OPEN, 4711)}.gif")
    Answer(tracking, f"/o/{SIGNER.link(Purpose.OPEN, sent[0])}.gif")
    tracking.close()
    assert [one[1] for one in events(database)] == [sent[0]]


def test_the_queue_is_bounded(
    database: Database, sent: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracking = Tracking(nothing_here, database, SIGNER, now=lambda: NOW)
    tracking.recorder._capacity = 3
    flush, go_on = tracking.recorder._flush, threading.Event()
    # the writer is kept waiting, so nothing leaves the queue
    monkeypatch.setattr(tracking.recorder, "_flush", lambda: go_on.wait() and flush())
    for _ in range(5):
        Answer(tracking, f"/o/{SIGNER.link(Purpose.OPEN, sent[0])}.gif")
    go_on.set()
    tracking.close()
    assert tracking.recorder.dropped == 2
    assert len(events(database)) == 3
