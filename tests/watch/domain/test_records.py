"""SPF, DKIM, DMARC, PTR and MX, asked of a real name server."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from campaign.watch.domain import addresses, dkim, dmarc, spf
from campaign.watch.domain.dkim import Key
from campaign.watch.domain.names import CannotAsk, Names
from campaign.watch.domain.remark import Verdict
from tests.name_server import Zone, name_server

HERE = "203.0.113.9"


def txt(text: str) -> list[str]:
    """One TXT record, in strings of 255 bytes."""
    return [" ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))]


def said(zone: Zone, domain: str = "tea.example", address: str = HERE) -> dict[str, Verdict]:
    with name_server(zone) as server:
        return {one.key: one.verdict for one in spf.check(Names(server), domain, [address])}


@pytest.mark.parametrize(
    ("record", "passes"),
    [
        ("v=spf1 ip4:203.0.113.9 -all", True),
        ("v=spf1 ip4:203.0.113.0/24 -all", True),
        ("v=spf1 ip4:198.51.100.0/24 -all", False),
        ("v=spf1 a -all", True),
        ("v=spf1 a:other.example -all", False),
        ("v=spf1 a:other.example/8 -all", False),
        ("v=spf1 mx -all", True),
        ("v=spf1 mx:tea.example//64 -all", True),
        ("v=spf1 include:relay.example ~all", True),
        ("v=spf1 include:narrow.example -all", False),
        ("v=spf1 -ip4:203.0.113.9 ip4:203.0.113.0/24 -all", False),
        ("v=spf1 redirect=relay.example", True),
        ("v=spf1 exp=why.example ?all", False),
        ("v=spf1 ptr exists:%{i}.example -all", False),
        ("V=SPF1 IP4:203.0.113.9 -ALL", True),
    ],
)
def test_spf_covers_the_address_or_not(record: str, passes: bool) -> None:
    zone = {
        ("tea.example", "TXT"): txt(record),
        ("tea.example", "A"): [HERE],
        ("tea.example", "MX"): ["10 mail.tea.example."],
        ("mail.tea.example", "A"): [HERE],
        ("other.example", "A"): ["198.51.100.1"],
        ("relay.example", "TXT"): txt("v=spf1 ip4:203.0.113.0/28 -all"),
        ("narrow.example", "TXT"): txt("v=spf1 ip4:203.0.113.1 -all"),
    }
    found = said(zone)
    assert ("doctor-spf-pass" in found) is passes, found
    assert ("doctor-spf-fail" in found) is not passes


@pytest.mark.parametrize(
    ("records", "key"),
    [
        ([], "doctor-spf-none"),
        (["v=spf1 -all", "v=spf1 a -all"], "doctor-spf-two"),
        (["v=spf1 ipv4:203.0.113.9 -all"], "doctor-spf-syntax"),
        (["v=spf1 ip4:203.0.113 -all"], "doctor-spf-syntax"),
        (["v=spf1 include:nobody.example -all"], "doctor-spf-include"),
        (["v=spf1 include:tea.example -all"], "doctor-spf-loop"),
        (["v=spf1 +all"], "doctor-spf-everybody"),
        (["v=spf1 a:no1.example a:no2.example a:no3.example -all"], "doctor-spf-void"),
        (["v=spf1 " + " ".join(f"a:h{n}.example" for n in range(11)) + " -all"], "doctor-spf-too-many"),
    ],
)
def test_spf_records_that_receivers_count_as_wrong(records: list[str], key: str) -> None:
    zone = {("tea.example", "TXT"): [txt(record)[0] for record in records] or txt("something else")}
    zone |= {(f"h{n}.example", "A"): ["198.51.100.7"] for n in range(11)}
    assert said(zone)[key] is Verdict.BAD


def test_ten_questions_are_allowed() -> None:
    zone = {("tea.example", "TXT"): txt("v=spf1 include:i.example ip4:203.0.113.9 -all")}
    zone[("i.example", "TXT")] = txt("v=spf1 " + " ".join(f"a:h{n}.example" for n in range(9)) + " -all")
    zone |= {(f"h{n}.example", "A"): ["198.51.100.7"] for n in range(9)}
    assert said(zone)["doctor-spf-pass"] is Verdict.OK


def _rsa(bits: int) -> str:
    key = generate_private_key(65537, bits).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def test_dkim_keys() -> None:
    good, short, other = _rsa(2048), _rsa(1024), _rsa(2048)
    raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    ed = base64.b64encode(raw).decode()
    at = "{}._domainkey.tea.example".format
    zone = {
        (at("good"), "TXT"): txt(f"v=DKIM1; k=rsa; p={good}"),
        (at("ed"), "TXT"): txt(f"v=DKIM1; k=ed25519; p={ed}"),
        (at("short"), "TXT"): txt(f"v=DKIM1; p={short}"),
        (at("other"), "TXT"): txt(f"v=DKIM1; p={other}"),
        (at("cut"), "TXT"): txt(f"v=DKIM1; p={good[:-9]}"),
        (at("gone"), "TXT"): txt("v=DKIM1; p="),
        (at("test"), "TXT"): txt(f"v=DKIM1; t=s:y; p={good}"),
        (at("nokey"), "TXT"): txt("hello"),
    }
    expected = {
        "good": "doctor-dkim-key",
        "ed": "doctor-dkim-key",
        "short": "doctor-dkim-short",
        "other": "doctor-dkim-other",
        "cut": "doctor-dkim-broken",
        "gone": "doctor-dkim-revoked",
        "test": "doctor-dkim-testing",
        "nokey": "doctor-dkim-syntax",
        "absent": "doctor-dkim-none",
    }
    with name_server(zone) as server:
        for selector, key in expected.items():
            public = good if selector in ("good", "other") else ""
            found = list(dkim.check(Names(server), "tea.example", [Key(selector, public)]))
            assert key in [one.key for one in found], selector
        assert [one.verdict for one in dkim.check(Names(server), "tea.example", [Key("good")])] == [
            Verdict.OK
        ]


@pytest.mark.parametrize(
    ("record", "envelope", "signs", "expected"),
    [
        ("v=DMARC1; p=reject; rua=mailto:a@tea.example", "reply.tea.example", False, {}),
        ("v=DMARC1; p=none", "reply.tea.example", True, {"doctor-dmarc-p-none", "doctor-dmarc-no-reports"}),
        ("v=DMARC1; p=quarantine; rua=x", "bounce.example", True, {"doctor-dmarc-by-dkim"}),
        ("v=DMARC1; p=quarantine; rua=x", "bounce.example", False, {"doctor-dmarc-not-aligned"}),
        # what holds for sub-domains may be less
        ("v=DMARC1; p=reject; sp=none; rua=x", "reply.tea.example", True, {"doctor-dmarc-p-none"}),
        ("v=DMARC1; p=none; sp=reject; rua=x", "reply.tea.example", True, {}),
        ("v=DMARC1; p=maybe", "reply.tea.example", True, {"doctor-dmarc-syntax"}),
        ("v=spf1 -all", "reply.tea.example", True, {"doctor-dmarc-none"}),
    ],
)
def test_dmarc(record: str, envelope: str, signs: bool, expected: set[str]) -> None:
    """The From domain is a sub-domain; the policy of the organisation holds for it."""
    with name_server({("_dmarc.tea.example", "TXT"): txt(record)}) as server:
        found = list(dmarc.check(Names(server), "news.tea.example", envelope, signs))
    assert {one.key for one in found if one.verdict is not Verdict.OK} == set(expected)


def test_names_of_addresses_and_the_way_back() -> None:
    zone = {
        ("9.113.0.203.in-addr.arpa", "PTR"): ["mail.tea.example."],
        ("mail.tea.example", "A"): [HERE],
        ("8.113.0.203.in-addr.arpa", "PTR"): ["mail.tea.example."],
        ("reply.tea.example", "MX"): ["20 b.tea.example.", "10 mail.tea.example."],
        ("null.example", "MX"): ["0 ."],
        ("nowhere.example", "MX"): ["10 gone.example."],
        ("bare.example", "A"): [HERE],
    }
    with name_server(zone) as server:
        names = Names(server)
        told = list(addresses.reverse(names, [HERE, "203.0.113.8", "203.0.113.7"]))
        assert [one.key for one in told] == [
            "doctor-ptr-confirmed",
            "doctor-ptr-not-confirmed",
            "doctor-ptr-none",
        ]
        back = {
            of: next(iter(addresses.way_back(names, "reply.tea.example", of)))
            for of in (
                "reply.tea.example",
                "null.example",
                "nowhere.example",
                "bare.example",
                "absent.example",
            )
        }
    assert back["reply.tea.example"].values["host"] == "mail.tea.example"
    words = [one.key.removeprefix("doctor-mx-") for one in back.values()]
    assert words == ["there", "null", "nowhere", "a", "none"]
    assert [one.verdict for one in back.values()] == [
        Verdict.OK, Verdict.BAD, Verdict.BAD, Verdict.WARN, Verdict.BAD,
    ]  # fmt: skip


def test_a_name_server_that_fails_is_told_from_one_that_knows_nothing() -> None:
    with name_server({("broken.example", "SERVFAIL"): []}) as server:
        assert Names(server).texts("absent.example") == []
        with pytest.raises(CannotAsk):
            Names(server).texts("broken.example")
