"""Mail as bytes: the same as EmailMessage would say, and nobody's name becomes a header."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import IntegrityError, TemplateError
from campaign.render.email import EmailParts
from campaign.render.headers import Envelope, one_line
from campaign.render.mime import Encoding, base64_lines, build, check_bytes

NAMES = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Unsubscribe",
         "List-Unsubscribe-Post", "Feedback-ID", "MIME-Version", "Content-Type"]  # fmt: skip
PARTS = EmailParts(
    subject="[QC] Tiết kiệm 60.000đ cho hộp trà Tết ba vị, đến hết ngày 31/12, giao tận nhà",
    preheader="",
    html="<p>Kính gửi chị Hương,</p>\n<p>Một ấm trà nóng</p>\n",
    text="Kính gửi chị Hương,\n\n.Một ấm trà nóng\nFrom here\n",
)


def _envelope(**facts: object) -> Envelope:
    base: dict[str, object] = {
        "from_name": "Trà Mộc An",
        "from_email": "thu@tramocan.example",
        "to_name": "Nguyễn Thị Lan Hương",
        "to_email": "huong@example.com",
        "date": datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
        "message_id": "d12.k3v@tramocan.example",
        "reply_to": "reply+abc@reply.example.com",
        "unsubscribe_url": "https://example.com/u/" + "t" * 60,
        "feedback_id": "7:marketing:tramocan",
    }
    return Envelope(**(base | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_it_reads_as_what_emailmessage_would_have_made(encoding: Encoding) -> None:
    envelope = _envelope()
    theirs = EmailMessage(policy=policy.SMTP)
    theirs["From"] = f"{envelope.from_name} <{envelope.from_email}>"
    theirs["To"] = f"{envelope.to_name} <{envelope.to_email}>"
    theirs["Subject"] = PARTS.subject
    theirs["Date"] = envelope.date
    theirs.set_content(PARTS.text)
    theirs.add_alternative(PARTS.html, subtype="html")
    reference = message_from_bytes(theirs.as_bytes(), policy=policy.default)

    raw = build(PARTS, envelope, encoding)
    ours = message_from_bytes(raw, policy=policy.default)
    assert ours.keys() == NAMES
    for name in ("From", "To", "Date"):
        assert ours[name] == reference[name]
    # EmailMessage of Python 3.11 loses a blank where it folds this subject; ours keeps it
    assert ours["Subject"] == PARTS.subject
    assert [part.get_content_type() for part in ours.walk()] == [
        part.get_content_type() for part in reference.walk()
    ]
    for kind in ("plain", "html"):
        mine, theirs_part = ours.get_body((kind,)), reference.get_body((kind,))
        assert mine is not None
        assert theirs_part is not None
        assert mine.get_content() == theirs_part.get_content()
    assert ours["List-Unsubscribe"] == f"<{envelope.unsubscribe_url}>"
    assert ours["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ours["Message-ID"] == "<d12.k3v@tramocan.example>"
    assert not ours.defects


def test_the_same_delivery_is_the_same_bytes() -> None:
    assert build(PARTS, _envelope()) == build(PARTS, _envelope())


def test_what_is_absent_leaves_no_header() -> None:
    raw = build(PARTS, _envelope(reply_to="", unsubscribe_url="", feedback_id="", to_name=""))
    read = message_from_bytes(raw, policy=policy.default)
    assert read.keys() == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    assert read["To"] == "huong@example.com"


def test_an_answer_names_what_it_answers() -> None:
    answer = build(PARTS, _envelope(in_reply_to="abc@mail.example", auto_submitted="auto-replied"))
    read = message_from_bytes(answer, policy=policy.default)
    assert read["In-Reply-To"] == read["References"] == "<abc@mail.example>"
    assert read["Auto-Submitted"] == "auto-replied"


HOSTILE = [
    "Lan\r\nBcc: victim@example.com",
    "A =?utf-8?q?=0D=0ABcc=3A_victim@example.com?=",
    "=?utf-8?b?DQpCY2M6IHg=?=",
    'Lan" <evil@example.com>, "x',
    "Lan\nSubject: x\n\n<script>",
    "x" * 3000,
    "Nguyễn\u2028Bcc: x",
    "Lan\x00\x0b\x0c\x85Bcc: x",
    "ễ" * 500,
    "👩‍👩‍👧‍👦" * 40,
    'a, b; c: d @ e (f) [g] \\ "h" .',
    "\\",
]


_TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@settings(max_examples=300)
@given(name=_TEXT, subject=_TEXT)
def test_no_name_and_no_subject_becomes_a_header(name: str, subject: str) -> None:
    _reads_as_meant(name, subject)


@pytest.mark.guard
@settings(max_examples=100_000)
@given(name=_TEXT, subject=_TEXT)
def test_none_of_100_000_names_and_subjects_becomes_a_header(name: str, subject: str) -> None:
    _reads_as_meant(name, subject)


def test_the_guards_own_example() -> None:
    """CVE-2024-6923: EmailMessage of Python 3.11.7 made a Bcc of this subject."""
    subject = "A =?utf-8?q?=0D=0ABcc=3A_victim@example.com?="
    raw = build(EmailParts(subject, "", "<p>x</p>", "x\n"), _envelope(to_name=subject))
    assert b"\r\nBcc" not in raw
    read = message_from_bytes(raw, policy=policy.compat32)
    assert "Bcc" not in read
    assert _decoded(read["Subject"]) == subject


def _reads_as_meant(name: str, subject: str) -> None:
    """What a server and a mail program read: our headers, the name, the subject, and nothing else."""
    parts = EmailParts(subject, "", "<p>x</p>", "x\n")
    raw = build(parts, _envelope(to_name=name, from_name=name))
    read = message_from_bytes(raw, policy=policy.compat32)
    assert read.keys() == NAMES
    assert _decoded(read["Subject"]) == one_line(subject)
    for header, address in (("To", "huong@example.com"), ("From", "thu@tramocan.example")):
        shown, found = parseaddr(read[header].replace("\r\n", ""))
        assert found == address
        assert _decoded(shown) == one_line(name)
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert all(len(line) <= 78 for line in head if not line.startswith(b"List-Unsubscribe"))


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value.replace("\r\n", ""))))


@pytest.mark.parametrize(
    "facts",
    [
        {"to_email": "huong@example.com\r\nBcc: x@example.com"},
        {"to_email": "huong@example.com, x@example.com"},
        {"to_email": "<huong@example.com>"},
        {"to_email": "hương\u202e@example.com"},
        {"to_email": "hương\r\nBcc: x@example.com"},
        {"to_email": "hương, x@example.com"},
        {"from_email": "hương@example.com"},
        {"to_email": "huong"},
        {"reply_to": "a@b.example\nX: y"},
        {"message_id": "a b@c.example"},
        {"unsubscribe_url": "https://example.com/\r\nX: y"},
        {"feedback_id": "a\nb"},
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(facts: dict[str, str]) -> None:
    with pytest.raises(TemplateError):
        build(PARTS, _envelope(**facts))


def test_an_international_domain_is_written_in_ascii() -> None:
    read = message_from_bytes(build(PARTS, _envelope(to_email="lan@trà.example")), policy=policy.default)
    assert read["To"].addresses[0].addr_spec == "lan@xn--tr-kia.example"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a\r\nBcc: b\r\n\r\n",
        b"From: a\nBcc: b\r\n\r\n",
        b"From: a\r\n\r\nbody\rmore\r\n",
        b"From: a\r\n\r\n" + b"x" * 999 + b"\r\n",
        b"From: a\r\n\r\n\0\r\n",
    ],
)
def test_the_guard_finds_what_should_never_be(raw: bytes) -> None:
    with pytest.raises(IntegrityError):
        check_bytes(raw, ["From"])


def test_a_paragraph_too_long_for_a_line_travels_encoded() -> None:
    html = "<p>" + "ễ" * 400 + "</p>\n"
    raw = build(EmailParts("s", "", html, "x\n"), _envelope(), Encoding.EIGHT_BIT)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    plain, rich = message_from_bytes(raw, policy=policy.default).iter_parts()
    assert (plain["Content-Transfer-Encoding"], rich["Content-Transfer-Encoding"]) == ("8bit", "base64")
    assert rich.get_content() == html.replace("\n", "\r\n")


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 911, 912, 913, 1824, 2000])
def test_base64_is_cut_into_the_standard_librarys_lines(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    assert base64_lines(data) == base64.encodebytes(data).replace(b"\n", b"\r\n")
