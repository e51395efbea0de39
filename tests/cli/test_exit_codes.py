"""Whatever command meets a fault of ours ends with 3, and wrong use of it with 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import pytest

from campaign.cli import EXIT_INTERNAL, EXIT_USAGE, group, main


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something, by the words that call it."""
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None, name
        yield from leaves(found, (*path, name))


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = group
    for name in path:
        assert isinstance(command, click.Group)
        following = command.get_command(click.Context(command), name)
        assert following is not None
        command = following
    return command


COMMANDS = sorted(leaves(group))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> object:
    monkeypatch.setattr(sys, "argv", ["campaign", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return stop.value.code


def test_commands_are_found() -> None:
    assert len(COMMANDS) > 20
    assert {path[0] for path in COMMANDS} >= {"up", "send", "lint", "doctor", "db", "bench"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_fault_of_ours_ends_with_three_and_says_where(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    command = found(path)
    monkeypatch.setattr(command, "params", [])
    monkeypatch.setattr(command, "callback", broken)
    assert run(monkeypatch, *path) == EXIT_INTERNAL
    assert "ZeroDivisionError: a fault of ours" in capsys.readouterr().err


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_flag_that_is_not_there_is_wrong_use(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *path, "--no-such-flag") == EXIT_USAGE
    assert "no-such-flag" in capsys.readouterr().err
