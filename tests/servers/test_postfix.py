"""A real Postfix between us and the sink: each message arrives once, or is known not to."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign import config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, moves, progress, send
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.lab.bench_company import make_company
from campaign.lab.sink_process import SinkProcess, sink_process
from campaign.lab.sink_record import read
from campaign.models import Delivery
from campaign.models import DeliveryState as State
from tests.servers.postfix import Postfix, greylist, postfix

pytestmark = pytest.mark.servers
PEOPLE = 60
ARRIVAL_SECONDS = 60


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[SinkProcess]:
    with sink_process(tmp_path) as made:
        yield made


class House:
    """One installation with one mailing that goes out through a relay."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self._folder = folder
        with database.write() as db:
            mailing = make_company(db, PEOPLE, utc_now())
            control.start(db, mailing, utc_now())
            self.mailing_id = mailing.id

    def sends(self, url: str, later: timedelta = timedelta(0)) -> LaneReport:
        """One lane, as if it ran that much later."""
        settings = config.load({"CAMPAIGN_STATE_DIR": str(self._folder), "SMTP_URL": url})

        def clock() -> datetime:
            return utc_now() + later

        with self.database.write() as db:
            moves.requeue_due(db, clock())
        return send.run_email_lane(self.database, settings, self.mailing_id, clock=clock)

    def states(self) -> dict[State, int]:
        with self.database.read() as db:
            return {
                state: count
                for state, count in progress.of_mailing(db, self.mailing_id).counts.items()
                if count
            }

    def rows(self) -> list[Delivery]:
        with self.database.read() as db:
            return list(db.scalars(select(Delivery).where(Delivery.mailing_id == self.mailing_id)))


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "state")


@pytest.fixture(autouse=True)
def _no_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)


def trust(server: Postfix, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenSSL's way to name the authorities that count."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))


def arrived_once(server: Postfix, sink: SinkProcess, house: House) -> None:
    """Every accepted message, and nothing else, came out at the other end, once."""
    end = time.monotonic() + ARRIVAL_SECONDS
    while server.waiting() and time.monotonic() < end:
        time.sleep(0.2)
    assert server.waiting() == 0, server.log()[-3000:]
    taken = Counter((found.message_id, found.recipient) for found in read(sink.record).taken)
    accepted = {(row.message_id_header, row.address) for row in house.rows() if row.state is State.ACCEPTED}
    assert set(taken) == accepted
    assert set(taken.values()) <= {1}


@pytest.mark.parametrize("how", ["starttls", "implicit"])
def test_encrypted_and_logged_in(
    house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with postfix(sink.port) as server:
        trust(server, monkeypatch)
        report = house.sends(server.url(how))
        assert report.stop is Stop.DRAINED, (report, server.log()[-3000:])
        assert house.states() == {State.ACCEPTED: PEOPLE}
        assert "sasl_method=" in server.log()
        arrived_once(server, sink, house)


@pytest.mark.parametrize("how", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    house: House, sink: SinkProcess, how: str
) -> None:
    with postfix(sink.port) as server:
        report = house.sends(server.url(how))
        assert report.stop is Stop.DOWN
        assert "certificate" in report.detail.lower()
        assert house.states() == {State.QUEUED: PEOPLE}, "nothing was tried, so nothing is used up"
        assert "sasl_method=" not in server.log(), "and no password was told"
        arrived_once(server, sink, house)


def test_a_wrong_password_gets_nothing(
    house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postfix(sink.port) as server:
        trust(server, monkeypatch)
        report = house.sends(server.url(password="wrong"))
        assert report.stop is Stop.DOWN
        assert "535" in report.detail
        assert house.states() == {State.QUEUED: PEOPLE}
        house.sends(server.url())
        assert house.states() == {State.ACCEPTED: PEOPLE}
        arrived_once(server, sink, house)


def test_greylisted_ones_come_again_after_five_minutes(
    house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with greylist() as policy:
        checks = f"check_policy_service inet:127.0.0.1:{policy.port}, permit"
        with postfix(sink.port, smtpd_recipient_restrictions=checks) as server:
            trust(server, monkeypatch)
            house.sends(server.url())
            assert house.states() == {State.DEFERRED: PEOPLE}
            assert policy.put_off == PEOPLE
            assert {row.smtp_code for row in house.rows()} == {450}
            house.sends(server.url(), timedelta(minutes=4))
            assert house.states() == {State.DEFERRED: PEOPLE}, "too early"
            house.sends(server.url(), timedelta(minutes=6))
            assert house.states() == {State.ACCEPTED: PEOPLE}
            arrived_once(server, sink, house)


def test_a_full_queue_is_waited_for(house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    # smtpd wants room for one and a half of the largest message that it takes
    with postfix(sink.port, queue_megabytes=4, message_size_limit="10240000") as server:
        trust(server, monkeypatch)
        house.sends(server.url())
        assert house.states() == {State.DEFERRED: PEOPLE}, server.log()[-2000:]
        assert {row.smtp_code for row in house.rows()} == {452}
        server.grow_queue(64)
        house.sends(server.url(), timedelta(minutes=6))
        assert house.states() == {State.ACCEPTED: PEOPLE}
        arrived_once(server, sink, house)


def test_a_message_that_is_too_large_is_not_even_begun(
    house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postfix(sink.port, message_size_limit="6000") as server:
        trust(server, monkeypatch)
        house.sends(server.url())
        assert house.states() == {State.REJECTED: PEOPLE}
        assert {row.reason for row in house.rows()} == {"size"}
        arrived_once(server, sink, house)


def test_a_relay_that_restarts_in_the_middle_loses_nothing(
    house: House, sink: SinkProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Postfix is slow behind, and is stopped and started while it takes mail."""
    with postfix(sink.port, smtpd_error_sleep_time="0", smtpd_client_connection_count_limit="3") as server:
        trust(server, monkeypatch)
        house.sends(server.url())
        server.stop()
        assert house.sends(server.url(), timedelta(minutes=6)).stop in (Stop.DOWN, Stop.DRAINED)
        server.start()
        house.sends(server.url(), timedelta(minutes=30))
        assert house.states() == {State.ACCEPTED: PEOPLE}
        arrived_once(server, sink, house)
