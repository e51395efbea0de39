"""Mails of deliveries: many together are what each would be alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.compose.document import Block, Document, Part
from campaign.dispatch.claim import Claimed
from campaign.dispatch.mail import CannotWrite, Mail
from campaign.dispatch.writer import TOGETHER, MailWriter
from campaign.links import Addresses, Purpose, Signer
from campaign.models import Channel
from campaign.render import samples

SIGNER = Signer(b"k" * 40)
DOCUMENT = Document(
    (
        Block("s", Part.SUBJECT, "Chào {{ contact.given_name }}"),
        Block("b", Part.BODY, "{{ contact.given_name }}, xem [giá](https://example.com/gia)."),
    )
)
ROW = Claimed(
    row_id=1,
    contact_id=1,
    address_key="lan@example.com",
    fence=1,
    variant_id=0,
    address="lan@example.com",
    message_id_header="d1.k@example.com",
    attempt=0,
    dated_at=datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
    values={"contact": {"given_name": "Lan", "full_name": "Vũ Lan"}},
)


@pytest.fixture(scope="module")
def writer() -> MailWriter:
    first = samples.sample_content(Channel.EMAIL, "letterhead", "vi").with_document(0, DOCUMENT)
    second = replace(first.variants[0], id=1, language="en")
    made = MailWriter(
        replace(first, variants=(*first.variants, second)),
        Addresses(SIGNER, "https://t.example", "in.example"),
    )
    made.track({url: number for number, url in enumerate(sorted(made.links), 5)})
    return made


def _row(number: int, variant: int, given_name: str | None, address: str) -> Claimed:
    contact: dict[str, Any] = {"full_name": "Vũ Lan"}
    if given_name is not None:
        contact["given_name"] = given_name
    return ROW._replace(
        row_id=number, variant_id=variant, address=address, message_id_header=f"d{number}@example.com",
        values={"contact": contact},
    )  # fmt: skip


@given(
    kinds=st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(["Lan", "Hương", None, "a\r\nb", "陈"]),
            st.sampled_from(["a@example.com", "không phải", "a@bücher.example"]),
        ),
        max_size=2 * TOGETHER + 3,
    ),
    eight_bit=st.booleans(),
)
def test_each_row_gets_the_mail_that_it_would_get_alone(
    writer: MailWriter, kinds: list[tuple[int, str | None, str]], eight_bit: bool
) -> None:
    rows = [_row(number, *kind) for number, kind in enumerate(kinds)]
    alone = [next(writer.writes([row], eight_bit)) for row in rows]
    together = list(writer.writes(rows, eight_bit))
    assert [_shown(mail) for mail in together] == [_shown(mail) for mail in alone]
    for kind, mail in zip(kinds, together, strict=True):
        assert isinstance(mail, CannotWrite) == (kind[1] is None or kind[2] == "không phải")


def _shown(mail: Mail | CannotWrite) -> object:
    return mail if isinstance(mail, Mail) else str(mail)


def test_a_mail_carries_its_own_delivery(writer: MailWriter) -> None:
    rows = [_row(number, number % 2, "Lan", f"p{number}@example.com") for number in range(1, TOGETHER + 9)]
    for row, mail in zip(rows, writer.writes(rows, eight_bit=True), strict=True):
        assert isinstance(mail, Mail)
        assert mail.envelope.recipient == row.address
        sender = mail.envelope.sender.removeprefix("bounce+").removesuffix("@in.example")
        assert SIGNER.read_address(Purpose.BOUNCE, sender) == (row.row_id,)
        assert f"https://t.example/c/{SIGNER.link(Purpose.CLICK, row.row_id, 5)}\r\n".encode() in mail.data
        assert f"Message-ID: <{row.message_id_header}>\r\n".encode() in mail.data
        assert mail.sha256 == hashlib.sha256(mail.data).hexdigest()
        assert mail.data == writer.write(row, eight_bit=True).data


def test_what_cannot_be_written_alone_is_said_so(writer: MailWriter) -> None:
    with pytest.raises(CannotWrite, match="given_name"):
        writer.write(_row(1, 0, None, "a@example.com"), eight_bit=True)
