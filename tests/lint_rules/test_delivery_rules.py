"""Delivery rules: who the mail says it is from, and how the mail program lets people leave."""

from __future__ import annotations

from typing import Any

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits
from lint_rules.registry import rule_named
from lint_rules.rule import Kind


def found(rule_id: str, context: dict[str, Any], text: str = "", kind: str = "marketing") -> list[Finding]:
    rule = rule_named(rule_id)
    assert rule is not None
    return check(Draft("en", "email", Kind(kind), "Tea", text, "", Context.from_json(context)), rules=[rule])


@pytest.mark.parametrize(
    ("sender", "reply", "flagged"),
    [
        ("Tea <a@tea.example>", "b@tea.example", False),
        ("a@news.tea.co.uk", "b@tea.co.uk", False),
        ("a@tea.co.uk", "b@coffee.co.uk", True),
        ("a@tea.com.vn", "b@coffee.com.vn", True),
        ("a@TEA.example", "b@tea.EXAMPLE", False),
        ("a@tea.example", '"Tea, House" <tea@gmail.com>', True),
        ("a@tea.example", None, False),
        (None, "b@tea.example", False),
        ("not an address", "b@tea.example", False),
    ],
)
def test_reply_domain(sender: str | None, reply: str | None, flagged: bool) -> None:
    assert bool(found("reply-address-on-another-domain", {"from": sender, "reply_to": reply})) is flagged


@pytest.mark.parametrize(
    ("context", "flagged"),
    [
        ({"from": "tea@gmail.com", "bulk_per_day": 6000}, True),
        ({"from": "Tea <TEA@Gmail.com>", "bulk_per_day": 500}, True),
        ({"from": "tea@gmail.com", "recipients": 2}, True),
        ({"from": "tea@gmail.com", "bulk_per_day": 10, "recipients": 900}, True),
        ({"from": "tea@gmail.com", "bulk_per_day": 10}, False),
        ({"from": "tea@gmail.com", "recipients": 1}, False),
        ({"from": "tea@gmail.com"}, False),
        ({"from": "tea@mail.gmail.com", "bulk_per_day": 6000}, False),
        ({"from": "tea@gmail.com.example", "bulk_per_day": 6000}, False),
        ({"from": "tea@notgmail.com", "bulk_per_day": 6000}, False),
        ({"from": "gmail.com <tea@tea.example>", "bulk_per_day": 6000}, False),
        ({"bulk_per_day": 6000}, False),
    ],
)
def test_free_mail(context: dict[str, Any], flagged: bool) -> None:
    assert bool(found("free-mail-sender-for-bulk", context)) is flagged


POST = "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("uri", "post", "flagged"),
    [
        ("<https://t.example/u>", POST, False),
        ("<mailto:u@t.example>, <https://t.example/u>", POST, False),
        ("<HTTPS://t.example/u>", POST, False),
        ("<https://t.example/u>", None, True),
        ("<https://t.example/u>", "One-Click", True),
        ("<https://t.example/u>, <https://t.example/v>", POST, True),
        ("<http://t.example/u>", POST, True),
        ("<mailto:u@t.example>", POST, True),
        ("https://t.example/u", POST, True),
        (None, POST, True),
    ],
)
def test_one_click(uri: str | None, post: str | None, flagged: bool) -> None:
    headers = {"list-unsubscribe": uri, "List-Unsubscribe-Post": post}
    context = {"headers": {name: value for name, value in headers.items() if value}}
    assert bool(found("no-one-click-unsubscribe-header", context)) is flagged
    assert not found("no-one-click-unsubscribe-header", context, kind="transactional")


@pytest.mark.parametrize("post", [None, "yes"])
def test_the_missing_line_is_written_by_a_safe_fix(post: str | None) -> None:
    headers = {"List-Unsubscribe": "<https://t.example/u>"} | (
        {"List-Unsubscribe-Post": post} if post else {}
    )
    (finding,) = found("no-one-click-unsubscribe-header", {"headers": headers})
    assert finding.fix is not None
    assert finding.fix.safe
    before = "\n".join(f"{name}: {value}" for name, value in headers.items())
    after = apply_edits("headers", before, finding.fix.edits)
    assert after == f"List-Unsubscribe: <https://t.example/u>\nList-Unsubscribe-Post: {POST}"


def test_unknown_headers_are_not_judged() -> None:
    assert not found("no-one-click-unsubscribe-header", {})


@pytest.mark.parametrize(
    ("name", "flagged"),
    [
        ("Trà Mộc An", False),
        ("VNPT", False),
        ("VIB", False),
        ("IBM", False),
        ("IBM VN", False),
        ("VNPT VinaPhone", False),
        ("FPT Shop", False),
        ("Siêu thị Điện máy HC", False),
        ("Rebecca Stone", False),
        ("Renewal: Team", False),
        ("Free People", False),
        ("绿叶茶业", False),
        ("Re: Trà Mộc An", True),
        ("FWD: Lotus House", True),
        ("回复：绿叶茶业", True),
        ("TRÀ MỘC AN", True),
        ("LOTUS TEA HOUSE", True),
        ("🍵 Lotus House", True),
        ("Lotus House ⚡", True),
        ("{{ first_name }}", True),
        ("{{ contact.given_name|default('you') }}", True),
        ("URGENT", True),
        ("Act now - Lotus House", True),
        ("Lotus House 50% off", True),
        ("Lotus House!", True),
        ("Anna", True),
    ],
)
def test_sender_name(name: str, flagged: bool) -> None:
    quoted = {"from": f'"{name}" <a@tea.example>'}
    assert bool(found("misleading-sender-name", quoted, "Dear Anna,\n\nTea is ready.")) is flagged


@pytest.mark.parametrize("name", ["Re: Lotus House", "TRÀ MỘC AN", "🍵 Tea", "Last chance"])
def test_sender_name_without_quotes(name: str) -> None:
    assert found("misleading-sender-name", {"from": f"{name} <a@tea.example>"})


@pytest.mark.parametrize("sender", ["a@tea.example", "", "Tea <"])
def test_an_address_alone_has_no_name(sender: str) -> None:
    assert not found("misleading-sender-name", {"from": sender})
