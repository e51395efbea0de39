"""The machine of silence sees each hole through which somebody could come back: the steps
that lead through it pass as the product is, and fail as soon as the hole is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from campaign.contacts import addresses, carried, erased, former_places, place_keys, suppression
from campaign.contacts.csv_import import keeping
from campaign.models import Channel, ConsentPurpose, SuppressionReason
from tests.flow.silence import Silence, copies
from tests.flow.silence import machine as machine_of
from tests.writings import HOMES, Home

A, A_OTHERWISE, A_STILL, B, _ = HOMES
REQUESTED = SuppressionReason.REQUESTED
LETTERS = (Channel.LETTER, ConsentPurpose.MARKETING)
Patch = pytest.MonkeyPatch
Steps = Callable[[Silence], object]


@pytest.fixture
def machine(sqlite_template: Path, tmp_path: Path) -> Iterator[Silence]:
    begun = machine_of(copies(sqlite_template, tmp_path), tmp_path)()
    begun.begin()
    yield begun
    begun.teardown()


def row(name: str, email: str, home: Home, code: str = "") -> tuple[Any, ...]:
    return (code, name, email, "", "", home)


def file(*rows: tuple[Any, ...]) -> Steps:
    return lambda machine: machine.bring(rows=list(rows), agreed="yes", way="file", of=0)


BOTH = file(row("Nguyễn Thị Lan", "a@example.com", A, "K1"), row("Trần Hoa", "b@example.com", B, "K2"))
LAN = file(row("Nguyễn Thị Lan", "a@example.com", A, "K1"))


def never_by_letter(machine: Silence) -> None:
    machine.close_home(number=0, reason=REQUESTED)


def letter_came_back(machine: Silence) -> None:
    machine.close_home(number=0, reason=SuppressionReason.RETURNED)


def mail_bounced(machine: Silence) -> None:
    machine.suppress(key="a@example.com", reason=SuppressionReason.BOUNCED)


def refuse_letters(machine: Silence) -> None:
    machine.withdraw(number=0, of=0, right=LETTERS)


def by_hand(home: Home) -> Steps:
    return lambda machine: machine.correct(number=0, name=None, home=home, email=None)


def erase(machine: Silence) -> None:
    machine.erase(number=0)


def hoa_refuses_mail(machine: Silence) -> None:
    machine.withdraw(number=1, of=0, right=(Channel.EMAIL, ConsentPurpose.MARKETING))


def to_her_mailbox(machine: Silence) -> None:
    machine.correct(number=0, name=None, home=None, email="b@example.com")


def to_another_mailbox(machine: Silence) -> None:
    """Where an advertisement may go: its owner agrees once more there."""
    machine.correct(number=0, name=None, home=None, email="C@shop.example.com")
    file(row("Nguyễn Thị Lan", "C@shop.example.com", A, "K1"))(machine)


def never_by_mail(machine: Silence) -> None:
    machine.suppress(key="a@example.com", reason=REQUESTED)


# --- holes ---------------------------------------------------------------------------------------


def a_file_carries_nothing(patch: Patch) -> None:
    patch.setattr(keeping.Keeper, "_leave", lambda *_: None)


def a_hand_carries_nothing(patch: Patch) -> None:
    patch.setattr(carried, "along", lambda *_, **__: None)


def nobody_is_a_twin(patch: Patch) -> None:
    patch.setattr(carried, "write_refusals", lambda *_, **__: 0)


def writings_are_compared_as_they_are(patch: Patch) -> None:
    patch.setattr(addresses, "place_key_at", lambda *parts: place_keys.bounded("|".join((*parts, ""))))
    patch.setattr(suppression, "place_key_of", lambda key: key)


def former_homes_are_forgotten(patch: Patch) -> None:
    patch.setattr(former_places, "of", lambda _, contact: {contact.place_key} - {""})


def only_old_hashes_are_compared(patch: Patch) -> None:
    ask = erased.Erased.refuse
    patch.setattr(erased.Erased, "refuse", lambda one, keys, own: ask(one, keys._replace(place=""), own))


def a_block_is_lost(patch: Patch) -> None:
    keep = suppression.suppress

    def lose(db: Any, *given: Any, **more: Any) -> Any:
        entry = keep(db, *given, **more)
        db.delete(entry)
        db.flush()
        return entry

    patch.setattr(suppression, "suppress", lose)


def the_first_reason_stays(patch: Patch) -> None:
    patch.setattr(suppression, "adds", lambda *_: False)


HOLES: list[tuple[Callable[[Patch], None], list[Steps]]] = [
    (a_file_carries_nothing, [LAN, never_by_letter, file(row("Trần Hoa", "", B, "K1"))]),
    (a_hand_carries_nothing, [LAN, never_by_letter, by_hand(B)]),
    (nobody_is_a_twin, [LAN, refuse_letters, file(row("NGUYEN THI LAN", "", A_OTHERWISE, "K2"))]),
    (
        writings_are_compared_as_they_are,
        [LAN, never_by_letter, file(row("NGUYEN THI LAN", "", A_STILL, "K2"))],
    ),
    (former_homes_are_forgotten, [LAN, by_hand(B), erase, file(row("Nguyễn Thị Lan", "", A, "K2"))]),
    (only_old_hashes_are_compared, [LAN, erase, file(row("Nguyễn Thị Lan", "", A_STILL, "K2"))]),
    (nobody_is_a_twin, [BOTH, hoa_refuses_mail, to_her_mailbox]),
    (nobody_is_a_twin, [BOTH, hoa_refuses_mail, file(row("Nguyễn Thị Lan", "b@example.com", A, "K1"))]),
    (a_block_is_lost, [LAN, never_by_letter]),
    (a_block_is_lost, [LAN, never_by_mail]),
    (the_first_reason_stays, [LAN, letter_came_back, never_by_letter, by_hand(B)]),
    (
        the_first_reason_stays,
        [LAN, letter_came_back, never_by_letter, file(row("Trần Hoa", "", B, "K1"))],
    ),
    (the_first_reason_stays, [BOTH, mail_bounced, never_by_mail, to_another_mailbox]),
]


@pytest.mark.parametrize(("hole", "steps"), HOLES, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("is_there", [False, True])
def test_a_hole_is_seen(
    machine: Silence, monkeypatch: Patch, hole: Callable[[Patch], None], steps: list[Steps], is_there: bool
) -> None:
    if is_there:
        hole(monkeypatch)
    for step in steps[:-1]:
        step(machine)
        machine.nobody_is_revived()
    steps[-1](machine)
    if not is_there:
        machine.nobody_is_revived()
        return
    with pytest.raises(AssertionError):
        machine.nobody_is_revived()
