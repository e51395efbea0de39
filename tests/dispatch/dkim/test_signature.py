"""Signatures that a stranger's verifier accepts, and refuses when anything was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.dispatch.dkim import ahead, canonical, keys
from campaign.dispatch.dkim.signature import SigningKey, sign
from campaign.models import DkimAlgorithm, DkimKey
from campaign.render.email import EmailParts
from campaign.render.headers import Envelope
from campaign.render.mime import Encoding, build

RSA = SigningKey("tramocan.example", "c202603a", generate_private_key(65537, 2048))
EDWARDS = SigningKey("tramocan.example", "e202603a", Ed25519PrivateKey.generate())
AT = 1_773_000_000


def _records(*signing: SigningKey) -> Callable[..., bytes]:
    rows = [
        DkimKey(
            domain=key.domain,
            selector=key.selector,
            algorithm=DkimAlgorithm.RSA if key is RSA else DkimAlgorithm.ED25519,
            public=keys.base64.b64encode(keys._public(key.private)).decode(),
        )
        for key in signing
    ]
    zone = {f"{keys.record_name(row)}.".encode(): keys.record(row).encode() for row in rows}
    return lambda name, timeout=5: zone.get(name, b"")


def _mail(
    text: str = "Kính gửi chị Hương,\n\n  hai chấm  \n\n", encoding: Encoding = Encoding.EIGHT_BIT
) -> bytes:
    parts = EmailParts("[QC] Trà mới về cho chị Hương, giảm 60.000đ đến hết ngày 31/12", "", "<p>x</p>", text)
    envelope = Envelope(
        "Trà Mộc An", "thu@tramocan.example", "Nguyễn Thị Lan Hương", "huong@example.com",
        datetime(2026, 3, 9, 2, 0, tzinfo=UTC), "d12.k3v@tramocan.example",
        reply_to="reply+abc@reply.example.com", unsubscribe_url="https://example.com/u/" + "t" * 60,
        unsubscribe_mail="unsubscribe+abc@reply.example.com", feedback_id="m7:v0:marketing:s1tramocan",
    )  # fmt: skip
    return build(parts, envelope, encoding)


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("signing", [(RSA,), (EDWARDS,), (RSA, EDWARDS)])
def test_dkimpy_verifies_every_signature(signing: tuple[SigningKey, ...], encoding: Encoding) -> None:
    raw = sign(_mail(encoding=encoding), signing, AT)
    assert raw.endswith(_mail(encoding=encoding))
    verifier = dkim.DKIM(raw, minkey=1024)
    for number in range(len(signing)):
        assert verifier.verify(number, _records(*signing))
    assert raw.count(b"DKIM-Signature:") == len(signing)
    ours = raw.partition(b"From:")[0]
    assert max(map(len, ours.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Subject: ", b"Subject: x"),
        (b"From: ", b"From: evil@example.com\r\nFrom: "),
        (b"MIME-Version", b"Subject: another\r\nMIME-Version"),
        (b"/u/t", b"/u/s"),
        (b"K\xc3\xadnh", b"Kinh"),
        (b"Feedback-ID: m7", b"Feedback-ID: m8"),
    ],
)
@pytest.mark.parametrize("key", [RSA, EDWARDS])
def test_what_was_changed_on_the_way_does_not_verify(key: SigningKey, old: bytes, new: bytes) -> None:
    raw = sign(_mail(), [key], AT)
    head, _, rest = raw.partition(b"From: ")
    changed = head + (b"From: " + rest).replace(old, new, 1)
    assert changed != raw
    assert not dkim.verify(changed, dnsfunc=_records(key))


def test_what_servers_may_tidy_still_verifies() -> None:
    raw = sign(_mail(), [RSA], AT)
    tidied = raw.replace(b"\r\n <https", b" <https").replace(b"Subject: ", b"subject:   ") + b"\r\n\r\n"
    assert dkim.verify(tidied, dnsfunc=_records(RSA))


@settings(max_examples=60)
@given(text=st.text(st.sampled_from(" \t\nabễ."), max_size=120))
def test_any_body_verifies(text: str) -> None:
    assert dkim.verify(sign(_mail(text), [EDWARDS], AT), dnsfunc=_records(EDWARDS))


@given(st.lists(st.sampled_from([b" ", b"\t", b"\r\n", b"a", b"\xe1\xbb\x85", b"  ", b"."]), max_size=40))
def test_the_body_is_canonical_as_dkimpy_has_it(pieces: list[bytes]) -> None:
    data = b"".join(pieces) + b"\r\n"
    assert canonical.body(data) == dkim.canonicalization.Relaxed.canonicalize_body(data)


def test_signing_ahead_keeps_the_order_and_stays_near() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(200):
            taken.append(number)
            yield number

    results = ahead.in_order(items(), lambda number: number * 2)
    assert [next(results) for _ in range(10)] == list(range(0, 20, 2))
    assert len(taken) <= 10 + (ahead.AHEAD + 2) * ahead.TOGETHER
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_a_thread_reaches_who_asks() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ahead.in_order([1, 0], lambda number: 1 / number))
