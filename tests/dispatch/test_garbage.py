"""A lane's own look for reference cycles."""

import gc
import weakref

from campaign.dispatch import garbage
from campaign.dispatch.garbage import Garbage


class Knot:
    """Refers to itself: counting references never frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_cycles_are_freed_when_it_is_time_and_not_before() -> None:
    ours = Garbage()
    with ours.by_hand():
        assert not gc.isenabled()
        ours.sweep(ours._swept_at + garbage.EVERY_SECONDS + 1)
        knot = weakref.ref(Knot())
        ours.sweep(ours._swept_at)
        assert knot() is not None
        ours.sweep(ours._swept_at + garbage.EVERY_SECONDS + 1)
        assert knot() is None
    assert gc.isenabled()


def test_two_lanes_in_one_process_leave_it_as_it_was() -> None:
    first, second = Garbage().by_hand(), Garbage().by_hand()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_what_was_there_before_is_left_alone_and_found_again() -> None:
    ours = Garbage()
    gc.disable()  # nobody looks between the knot's making and the lane's beginning
    try:
        knot = weakref.ref(Knot())
        with ours.by_hand():
            ours.sweep(ours._swept_at + garbage.EVERY_SECONDS + 1)
            assert knot() is not None
        gc.collect()
        assert knot() is None
    finally:
        gc.enable()
