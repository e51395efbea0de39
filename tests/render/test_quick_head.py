"""Headers of many mails at once are the headers that each would have alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import IntegrityError, TemplateError
from campaign.render.headers import Envelope, headers
from campaign.render.quick_head import Envelopes, head_columns
from campaign.render.segments import rows

NAMES = st.sampled_from(
    ["", "Lan", "Vũ Lan", "Nguyễn Thị Hương Giang Tôn Nữ Công Tằng Tổ", "Lan\r\nBcc: x@example.com", "a" * 70,
     'O"Brien, Lan', "=?utf-8?q?=0D=0A?=", "\ud800", " Lan  Vũ ", "x" * 2000]
) | st.text(max_size=50)  # fmt: skip
USUAL = ["lan@example.com", "l.a+n@bücher.example", "x" * 64 + "@example.com"]
ADDRESSES = st.sampled_from(
    [*USUAL, *USUAL, "a@b\r\nBcc: c@d.example", "a@b\nc@d.example", "không@example.com", ""]
)
IDS = st.sampled_from(
    ["d1.k@example.com", "d2.k@example.com", "a b@example.com", "a@b>\r\nBcc: <c@d.example"]
)
URLS = st.sampled_from(
    ["https://t.example/u/abc", "https://t.example/" + "u" * 880, "a b", "a\r\n b", "u" * 901]
)
MAILS = st.tuples(NAMES, ADDRESSES, NAMES, IDS, URLS)
WHEN = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


def _envelope(name: str, address: str, message_id: str, url: str, *, answers: bool) -> Envelope:
    return Envelope(
        from_name="Trà Mộc An",
        from_email="thu@tramocan.example",
        to_name=name,
        to_email=address,
        date=WHEN,
        message_id=message_id,
        reply_to="reply+abc@reply.example.com",
        unsubscribe_url="" if answers else url,
        unsubscribe_mail="" if answers else "unsubscribe+abc@reply.example.com",
        feedback_id="" if answers else "m7:v0:marketing:s1tramocan",
        auto_submitted="auto-generated" if answers else "",
        in_reply_to="abc@example.com" if answers else "",
    )


@given(mails=st.lists(MAILS, min_size=1, max_size=4), answers=st.booleans())
def test_together_they_are_as_alone(mails: list[tuple[str, str, str, str, str]], answers: bool) -> None:
    envelopes = [
        _envelope(name, address, message_id, url, answers=answers)
        for name, address, _, message_id, url in mails
    ]
    subjects, boundaries = [mail[2] for mail in mails], [f"=_{number}" for number in range(len(mails))]
    those = Envelopes.of(envelopes[0])
    those.to_names = [one.to_name for one in envelopes]
    those.to_emails = [one.to_email for one in envelopes]
    those.dates = [WHEN] * len(mails)
    those.message_ids = [one.message_id for one in envelopes]
    those.reply_tos = [one.reply_to for one in envelopes]
    if not answers:
        those.unsubscribe_urls = [one.unsubscribe_url for one in envelopes]
        those.unsubscribe_mails = [one.unsubscribe_mail for one in envelopes]
    try:
        alone = [
            "".join(f"{name}: {value}\r\n" for name, value in headers(subject, one, boundary)) + "\r\n"
            for subject, one, boundary in zip(subjects, envelopes, boundaries, strict=True)
        ]
    except TemplateError:
        with pytest.raises(TemplateError):
            head_columns(subjects, those, boundaries)
        return
    assert list(rows(head_columns(subjects, those, boundaries))) == [head.encode() for head in alone]


@pytest.mark.parametrize("value", ['b"\r\nBcc: x@example.com', "b\n c", "b\r c", "b\0c", "b" * 990])
@pytest.mark.parametrize("place", [0, 1])
def test_the_guard_looks_at_each(value: str, place: int) -> None:
    envelope = _envelope("Lan", "lan@example.com", "d1.k@example.com", "https://t.example/u", answers=False)
    those = Envelopes.of(envelope)
    for column in ("to_names", "to_emails", "dates", "message_ids", "reply_tos", "unsubscribe_urls",
                   "unsubscribe_mails"):  # fmt: skip
        setattr(those, column, [*getattr(those, column)] * 2)
    boundaries = ["=_1", "=_2"]
    head_columns(["x", "y"], those, boundaries)
    boundaries[place] = value
    with pytest.raises(IntegrityError):
        head_columns(["x", "y"], those, boundaries)
