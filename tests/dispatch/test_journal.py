"""The journal: what is written is read, whatever tore it."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dispatch import journal as journals
from campaign.dispatch.host import Host, this_host
from campaign.dispatch.journal import Journal, JournalBroken, is_held, journals_of
from campaign.dispatch.journal_reading import Reading, read
from campaign.dispatch.moves import ATTEMPTS, Outcome

AT = datetime(2026, 3, 9, 2, 0, 0, 123456, tzinfo=UTC)

outcomes = st.builds(
    Outcome,
    row_id=st.integers(1, 6),
    fence=st.integers(1, 3),
    transition=st.sampled_from(ATTEMPTS),
    at=st.integers(0, 3_000_000_000).map(lambda micros: AT + timedelta(microseconds=micros)),
    reason=st.sampled_from(["", "rcpt", "connection"]),
    code=st.none() | st.integers(200, 599),
    reply=st.text(st.characters(exclude_characters="\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029")),
    next_attempt_at=st.none() | st.just(AT + timedelta(minutes=5)),
    dead_address=st.booleans(),
)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return this_host(tmp_path)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@given(st.lists(outcomes, max_size=8))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, written: list[Outcome]) -> None:
    host = this_host(tmp_path_factory.mktemp("host"))
    journal = Journal(host, f"{host.id}:1:a")
    for outcome in written:
        journal.intend(outcome.row_id, outcome.fence, "d" * 64)
        journal.settle(outcome)
    journal.intend(7, 1, "e" * 64)
    journal.flush()
    journal.leave()
    wanted = {(row, fence) for row in range(1, 8) for fence in range(1, 4)}
    with journal.path.open("rb") as lines:
        found = read(lines, wanted)
    assert found.proves_silence(host.boot)
    assert found.owner == f"{host.id}:1:a"
    assert found.intents == {(7, 1): "e" * 64}
    assert found.outcomes == {
        (outcome.row_id, outcome.fence): outcome._replace(body_sha256="d" * 64) for outcome in written
    }


def small_journal(folder: Path) -> tuple[Host, bytes]:
    host = this_host(folder)
    journal = Journal(host, f"{host.id}:1:a")
    for row in range(1, 6):
        journal.intend(row, 1, "d" * 64)
        if row % 2:
            journal.settle(Outcome(row, 1, "accept", AT, "", 250, "ok"))
    journal.flush()
    journal.leave()
    return host, journal.path.read_bytes()


@given(st.data())
def test_a_torn_end_hides_only_what_it_announced(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut anywhere: the whole lines before the cut are read as if there had never been more."""
    _, whole = small_journal(tmp_path_factory.mktemp("host"))
    cut = data.draw(st.integers(0, len(whole)))
    torn = whole[:cut]
    wanted = {(row, 1) for row in range(1, 6)}
    found = read(torn.splitlines(keepends=True), wanted)
    before = read(torn[: torn.rfind(b"\n") + 1].splitlines(keepends=True), wanted)
    assert (found.intents, found.outcomes) == (before.intents, before.outcomes)
    assert found.whole is bool(found.host)


@given(st.data())
def test_a_broken_line_in_the_midst_takes_away_all_proof_of_silence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    host, whole = small_journal(tmp_path_factory.mktemp("host"))
    lines = whole.splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 2))
    at = data.draw(st.integers(0, len(lines[place]) - 2))
    broken = bytearray(lines[place])
    broken[at] ^= data.draw(st.integers(1, 255))
    lines[place] = bytes(broken)
    found = read(b"".join(lines).splitlines(keepends=True), {(row, 1) for row in range(1, 6)})
    assert not found.proves_silence(host.boot)


def test_the_journal_of_another_boot_proves_nothing_by_silence() -> None:
    found = Reading(host="h", boot="one", owner="o")
    assert found.proves_silence("one")
    assert not found.proves_silence("two")


def test_line_ends_of_a_reply_make_no_line(host: Host) -> None:
    journal = Journal(host, "o")
    journal.settle(Outcome(1, 1, "reject", AT, "rcpt", 550, "no\nO 2 1 accept 0 250 - 0 - x\r\n"))
    journal.flush()
    journal.leave()
    found = read(lines_of(journal.path), {(1, 1), (2, 1)})
    assert list(found.outcomes) == [(1, 1)]
    assert found.whole


def test_a_journal_is_held_as_long_as_its_lane_lives(host: Host) -> None:
    journal = Journal(host, "o")
    assert list(journals_of(host)) == [journal.path]
    assert is_held(journal.path)
    journal.leave()
    assert not is_held(journal.path)
    other = Journal(host, "p")
    other.discard()
    assert list(journals_of(host)) == [journal.path]


def test_nothing_waits_in_memory_after_a_flush_and_nothing_is_written_before(host: Host) -> None:
    journal = Journal(host, "o")
    size = journal.path.stat().st_size
    journal.intend(1, 1, "d")
    assert journal.path.stat().st_size == size
    journal.flush()
    assert journal.path.stat().st_size > size
    journal.discard()


@pytest.mark.parametrize("how", ["error", "short"])
def test_a_full_disk_breaks_the_journal_for_good(
    host: Host, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    journal = Journal(host, "o")
    journal.intend(1, 1, "d" * 64)
    real = os.write

    def full(file: int, data: bytes) -> int:
        if how == "error":
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data[:20])

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "write", full)
        with pytest.raises(JournalBroken, match="No space"):
            journal.flush()
    journal.settle(Outcome(1, 1, "accept", AT))
    with pytest.raises(JournalBroken):
        journal.flush()
    journal.leave()
    found = read(lines_of(journal.path), {(1, 1)})
    assert (found.intents, found.outcomes) == ({}, {})


def test_a_host_keeps_its_name(tmp_path: Path) -> None:
    first, second = this_host(tmp_path), this_host(tmp_path)
    assert first == second
    assert len(first.id) == 16
    assert this_host(tmp_path / "other").id != first.id
