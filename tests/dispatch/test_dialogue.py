"""The conversation without a socket: what each answer of a server means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dispatch.transports.dialogue import Dialogue, Offers, Unasked, Unwritable, Verdict
from campaign.dispatch.transports.replies import Nonsense, usual
from campaign.dispatch.transports.smtp import Envelope, Reply

ALL = Offers(pipelining=True, eight_bit=True, smtputf8=True, size=10_000)
PLAIN = replace(ALL, pipelining=False)
TO = Envelope("us@example.com", "you@example.com")
BODY = b"Subject: x\r\n\r\n.dot\r\n..\r\n"
GRANTED = b"250 ok\r\n250 ok\r\n354 go on\r\n"


def said(dialogue: Dialogue[str]) -> bytes:
    found = b"".join(dialogue.output)
    dialogue.output.clear()
    dialogue.written()
    return found


def heard(dialogue: Dialogue[str], data: bytes) -> list[Verdict[str]]:
    verdicts: list[Verdict[str]] = []
    dialogue.take(data, verdicts)
    return verdicts


def holding(offers: Offers = ALL) -> Dialogue[str]:
    """A dialogue whose server holds the body of message `a`."""
    dialogue: Dialogue[str] = Dialogue(offers)
    dialogue.start("a", TO, BODY)
    for answer in GRANTED.splitlines(keepends=True):
        said(dialogue)
        assert heard(dialogue, answer) == []
    said(dialogue)
    assert dialogue.holds
    return dialogue


def test_envelope_body_and_dot_with_the_next_envelope_are_three_writes() -> None:
    dialogue: Dialogue[str] = Dialogue(ALL)
    dialogue.start("a", TO, BODY)
    envelope = b"MAIL FROM:<us@example.com> SIZE=24 BODY=8BITMIME\r\nRCPT TO:<you@example.com>\r\nDATA\r\n"
    assert said(dialogue) == envelope
    heard(dialogue, GRANTED)
    assert not dialogue.holds
    assert said(dialogue) == b"Subject: x\r\n\r\n..dot\r\n...\r\n"
    assert dialogue.holds
    dialogue.end()
    dialogue.start("b", TO, BODY)
    assert said(dialogue) == b".\r\n" + envelope
    assert (dialogue.doubtful, dialogue.opening) == ("a", "b")
    (verdict,) = heard(dialogue, b"250 taken\r\n" + GRANTED)
    assert (verdict.message, verdict.phase, verdict.reply.code) == ("a", "dot", 250)
    assert (dialogue.doubtful, dialogue.opening, dialogue.taken) == (None, "b", 1)


def test_without_pipelining_each_command_waits_for_its_answer() -> None:
    dialogue = holding(PLAIN)
    dialogue.end()
    assert not dialogue.is_free
    assert said(dialogue) == b".\r\n"
    assert len(heard(dialogue, b"250 taken\r\n")) == 1
    assert dialogue.is_free


@pytest.mark.parametrize(
    ("answers", "phase", "code", "after"),
    [
        (b"451 later\r\n503 what\r\n503 what\r\n", "mail", 451, b"RSET\r\n"),
        (b"250 ok\r\n550 no\r\n554 nobody\r\n", "rcpt", 550, b"RSET\r\n"),
        (b"250 ok\r\n550 no\r\n354 go on\r\n", "rcpt", 550, b".\r\nRSET\r\n"),
        (b"250 ok\r\n250 ok\r\n452 full\r\n", "data", 452, b"RSET\r\n"),
        (b"250-a\r\n250 b\r\n550-5.1.1 no\r\n550 such\r\n503 x\r\n", "rcpt", 550, b"RSET\r\n"),
    ],
)
def test_a_refusal_decides_one_message_and_the_next_starts_afresh(
    answers: bytes, phase: str, code: int, after: bytes
) -> None:
    dialogue: Dialogue[str] = Dialogue(ALL)
    dialogue.start("a", TO, BODY)
    said(dialogue)
    (verdict,) = heard(dialogue, answers)
    assert (verdict.message, verdict.phase, verdict.reply.code) == ("a", phase, code)
    assert said(dialogue) == after
    assert not dialogue.holds
    dialogue.start("b", TO, BODY)
    said(dialogue)
    lone_dot = b"554 nothing\r\n" if after.startswith(b".") else b""
    assert heard(dialogue, lone_dot + b"250 reset\r\n" + GRANTED) == []
    said(dialogue)
    assert dialogue.holds


@given(st.integers(1, 60), st.booleans())
def test_it_does_not_matter_how_the_answers_are_cut(size: int, pipelining: bool) -> None:
    dialogue = holding(replace(ALL, pipelining=pipelining))
    dialogue.end()
    said(dialogue)
    answer = b"250-2.0.0 taken\r\n250-and\r\n250 thank you\r\n"
    verdicts: list[Verdict[str]] = []
    for start in range(0, len(answer), size):
        dialogue.take(answer[start : start + size], verdicts)
    (verdict,) = verdicts
    assert verdict.reply.text == "2.0.0 taken\nand\nthank you"


USUAL = [b"250 queued\r\n", *GRANTED.splitlines(keepends=True)]
ANY_LINE = [
    b"".join(parts)
    for parts in product(
        [b"250", b"299", b"354", b"550", b"421", b"300", b"199", b"25x", b""],
        [b" ", b"-", b""],
        [b"ok", b"2.1.5 ok", b"", b" \x00 ", b"\xff", b"\r", b"354 go on"],
        [b"\r\n", b"\n", b""],
    )
]


def test_one_unusual_line_among_usual_answers_is_not_overlooked() -> None:
    """The usual four are read at one glance when one read brings them; bytes that come one by one are always
    read line by line. Both must say the same."""
    for place, other in product(range(5), ANY_LINE):
        answers = b"".join([*USUAL[:place], other, *USUAL[place + 1 :]])
        assert _state_after([answers]) == _state_after(_bytes_of(answers)), answers


@given(st.one_of(st.just(USUAL), st.lists(st.sampled_from(ANY_LINE), max_size=7)), st.data())
def test_answers_say_what_they_say_byte_by_byte(lines: list[bytes], data: st.DataObject) -> None:
    answers = b"".join(lines)
    cuts = data.draw(st.sets(st.integers(0, len(answers)), max_size=3))
    pieces = [answers[begin:end] for begin, end in pairwise([0, *sorted(cuts), len(answers)])]
    assert _state_after(pieces) == _state_after(_bytes_of(answers))


def _bytes_of(data: bytes) -> list[bytes]:
    return [data[place : place + 1] for place in range(len(data))]


def _state_after(pieces: Sequence[bytes]) -> dict[str, object]:
    """All that there is to know of a dialogue that awaited a dot's answer and three more."""
    dialogue = holding()
    dialogue.end()
    dialogue.start("b", TO, BODY)
    said(dialogue)
    verdicts: list[Verdict[str]] = []
    trouble = ""
    try:
        for piece in pieces:
            dialogue.take(piece, verdicts)
    except (Nonsense, Unasked) as error:
        trouble = repr(error)
    # what was not read to its end does not count once the conversation is over
    unread = {"_rest", "_lines"} if trouble else set()
    state = {name: value for name, value in vars(dialogue).items() if name not in unread}
    return state | {"verdicts": verdicts, "trouble": trouble}


def test_the_usual_answers_are_read_at_one_glance() -> None:
    assert usual(b"250 2.0.0 queued as 7\r\n" + GRANTED) == Reply(250, "2.0.0 queued as 7")
    assert usual(b"250 queued\r\n" + GRANTED[:-1]) is None


@given(st.text("\r\n.a", max_size=30))
def test_dots_that_begin_lines_are_doubled(text: str) -> None:
    dialogue: Dialogue[str] = Dialogue(ALL)
    dialogue.start("a", TO, text.encode())
    said(dialogue)
    heard(dialogue, GRANTED)
    assert said(dialogue) == re.sub(r"(?m)^\.", "..", text).encode()


def test_a_server_that_speaks_within_a_body_is_heard_before_the_dot() -> None:
    dialogue = holding()
    with pytest.raises(Unasked, match="552 too much"):
        heard(dialogue, b"552 too much\r\n")
    assert dialogue.opening == "a"
    assert dialogue.doubtful is None


@pytest.mark.parametrize("answer", [b"hello\r\n", b"199 no\r\n", b"354 what\r\n", b"x" * 70_000])
def test_nonsense_after_the_dot_leaves_the_message_in_doubt(answer: bytes) -> None:
    dialogue = holding()
    dialogue.end()
    said(dialogue)
    with pytest.raises(Nonsense):
        heard(dialogue, answer)
    assert dialogue.doubtful == "a"


def test_what_was_decided_before_nonsense_counts() -> None:
    dialogue = holding()
    dialogue.end()
    dialogue.start("b", TO, BODY)
    said(dialogue)
    verdicts: list[Verdict[str]] = []
    with pytest.raises(Nonsense):
        dialogue.take(b"250 taken\r\n250 ok\r\n250 ok\r\n250 what\r\n", verdicts)
    assert [verdict.message for verdict in verdicts] == ["a"]


@pytest.mark.parametrize("recipient", ["a@b>\r\nRCPT TO:<evil@c", "a b@c", "a@", "", "a@b\n"])
def test_an_address_is_never_a_command(recipient: str) -> None:
    dialogue: Dialogue[str] = Dialogue(ALL)
    with pytest.raises(Unwritable):
        dialogue.start("a", Envelope("us@example.com", recipient), BODY)
    assert dialogue.output == []


def test_addresses_outside_ascii_need_a_server_that_takes_them() -> None:
    there = Envelope("us@example.com", "mộc@example.com")
    dialogue: Dialogue[str] = Dialogue(ALL)
    dialogue.start("a", there, BODY)
    assert b" SMTPUTF8\r\nRCPT TO:<m\xe1\xbb\x99c@" in said(dialogue)
    with pytest.raises(Unwritable):
        Dialogue(replace(ALL, smtputf8=False)).start("a", there, BODY)
