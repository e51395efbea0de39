"""A key's life: it signs only after the world can verify, and never again once it is retired."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign import audit
from campaign.dispatch.dkim import keys
from campaign.errors import InvalidInput, NotFound, Refused, SetupError
from campaign.models import DkimAlgorithm, DkimKey, DkimState

SECRET = b"the installation's secret key"
RSA, ED25519 = DkimAlgorithm.RSA, DkimAlgorithm.ED25519


class Zone:
    """The DNS as far as these tests go."""

    def __init__(self) -> None:
        self.records: dict[str, list[str]] = {}

    def publish(self, key: DkimKey) -> None:
        self.records[keys.record_name(key)] = ["v=spf1 -all", keys.record(key).replace("; ", " ; ")]

    def __call__(self, name: str) -> list[str]:
        return self.records.get(name, [])


@pytest.fixture
def zone() -> Zone:
    return Zone()


def made(db: Session, now: datetime, domain: str = "example.com", algorithm: DkimAlgorithm = RSA) -> DkimKey:
    return keys.new(db, None, domain, algorithm, SECRET, now)


def active(db: Session, zone: Zone, now: datetime, *names: object) -> DkimKey:
    key = made(db, now, *names)  # type: ignore[arg-type]
    zone.publish(key)
    keys.activate(db, None, key, zone, now)
    return key


def test_a_key_signs_after_its_record_was_seen(db: Session, zone: Zone, now: datetime) -> None:
    key = made(db, now)
    assert key.state is DkimState.NEW
    with pytest.raises(Refused, match="dkim-not-in-dns"):
        keys.activate(db, None, key, zone, now)
    zone.records[keys.record_name(key)] = ["v=DKIM1; k=rsa; p=somebodyelses"]
    assert not keys.see(db, None, key, zone, now)
    assert keys.signing_keys(db, "example.com", SECRET) == []
    zone.publish(key)
    assert keys.see(db, None, key, zone, now)
    assert (key.state, key.published_at) == (DkimState.PUBLISHED, now)
    assert keys.signing_keys(db, "example.com", SECRET) == []
    keys.activate(db, None, key, zone, now)
    assert key.state is DkimState.ACTIVE
    assert [one.selector for one in keys.signing_keys(db, "example.com", SECRET)] == [key.selector]
    assert audit.verify(db) is None


def test_rotation_retires_the_key_before_and_only_that(db: Session, zone: Zone, now: datetime) -> None:
    old, beside = active(db, zone, now), active(db, zone, now, "example.com", ED25519)
    elsewhere = active(db, zone, now, "example.net")
    new = active(db, zone, now + timedelta(days=90))
    assert old.selector != new.selector
    assert (old.state, new.state) == (DkimState.RETIRED, DkimState.ACTIVE)
    assert (beside.state, elsewhere.state) == (DkimState.ACTIVE, DkimState.ACTIVE)
    assert keys.record_until(old) == now + timedelta(days=97)
    assert keys.record_until(new) is None
    found = keys.signing_keys(db, "example.com", SECRET)
    assert [one.algorithm for one in found] == ["rsa-sha256", "ed25519-sha256"]
    with pytest.raises(Refused, match="dkim-is-retired"):
        keys.activate(db, None, old, zone, now)


def test_the_nearest_domain_above_signs(db: Session, zone: Zone, now: datetime) -> None:
    active(db, zone, now)
    assert [one.domain for one in keys.signing_keys(db, "news.Example.com", SECRET)] == ["example.com"]
    active(db, zone, now, "news.example.com")
    assert [one.domain for one in keys.signing_keys(db, "news.example.com", SECRET)] == ["news.example.com"]
    assert keys.signing_keys(db, "other.example", SECRET) == []
    assert keys.signing_keys(db, "badexample.com", SECRET) == []


def test_selectors_of_a_month_differ(db: Session, now: datetime) -> None:
    names = [made(db, now, "example.com", ED25519).selector for _ in range(30)]
    assert len(set(names)) == 30
    assert names[0] == "e202603a"


def test_the_private_half_stands_nowhere_in_clear(db: Session, now: datetime) -> None:
    key = made(db, now)
    opened = keys.open_key(key, SECRET)
    assert key.public not in key.private
    assert "PRIVATE" not in key.private
    assert "private" not in repr(opened).lower()
    with pytest.raises(SetupError, match="another secret key"):
        keys.open_key(key, b"another secret key")


@pytest.mark.parametrize(
    "domain", ["", "example", "a b.example", "-x.example", "x\n.example", "example..com"]
)
def test_what_is_no_domain_is_refused(db: Session, now: datetime, domain: str) -> None:
    with pytest.raises(InvalidInput):
        made(db, now, domain)


def test_a_vietnamese_domain_is_written_in_ascii(db: Session, now: datetime) -> None:
    assert made(db, now, "Trà.example.").domain == "xn--tr-kia.example"


def test_a_long_record_is_cut_into_strings_that_fit(db: Session, now: datetime) -> None:
    key = made(db, now)
    strings = keys.zone_line(key).split('"')[1::2]
    assert "".join(strings) == keys.record(key)
    assert max(map(len, strings)) <= 255
    assert keys.get(db, key.selector.upper(), "Example.com") is key
    with pytest.raises(NotFound):
        keys.get(db, "nobody", "example.com")
