"""The way out of advertising: there, in every part, with all that Vietnam asks of it."""

from __future__ import annotations

import pytest

from lint_rules.finding import apply_edits
from tests.lint_rules.law import found, made

OPT_OUT = [
    ("vi", "Trà sen giảm 20%.", True),
    ("vi", "Trà sen giảm 20%.\n\nHủy đăng ký: https://tra.example/huy", False),
    ("vi", "Trà sen.\n\nĐể từ chối nhận thư, soạn TC gửi 0912 345 678.", False),
    ("vi", "Trà sen.\n\nTừ chối nhận thư: gửi email tới huy@tra.example", False),
    ("vi", "Trà sen.\n\nNếu không muốn nhận thư nữa, xin trả lời thư này.", False),
    ("vi", "Trà sen.\n\nTừ chối nhận thư:\n{{ system.unsubscribe_url }}", False),
    ("vi", "Nếu không nhận được hàng, gọi 1900 6750.", True),
    ("vi", "Chúng tôi từ chối hàng kém: https://tra.example\n\nTrân trọng,\nTrà Mộc An", True),
    ("vi", "Quý khách có quyền từ chối nhận thư.", True),
    ("en", "Tea is 20% off.\n\nUnsubscribe: https://tea.example/stop", False),
    ("en", "Tea is 20% off.\n\nTo opt out, write to stop@tea.example", False),
    ("en", "Tea is 20% off.\n\nNo longer wish to receive these? Call (555) 123-4567.", False),
    ("en", "Tea is 20% off.\n\nYou can unsubscribe at any time.", True),
    ("en", "Tea is 20% off. Order at https://tea.example", True),
    ("zh", "春茶八折。\n\n退订请点击：https://tea.example/stop", False),
    ("zh", "春茶八折。\n\n如不想再收到此类邮件，请回复本邮件。", False),
    ("zh", "春茶八折。\n\n您可以随时退订。", True),
    ("zh", "春茶八折。", True),
]


@pytest.mark.parametrize(("lang", "text", "flagged"), OPT_OUT)
@pytest.mark.parametrize("pack", ["vn", "us", "eu", "ca", "cn"])
def test_way_to_opt_out(lang: str, text: str, flagged: bool, pack: str) -> None:
    assert bool(found("no-way-to-opt-out", made(lang, text, pack=[pack]))) is flagged


@pytest.mark.parametrize(
    ("text", "html", "parts"),
    [
        ("Tea.\n\nUnsubscribe: https://tea.example/stop", "<p>Tea.</p>", ["html"]),
        ("Tea.", '<p>Tea.</p><p><a href="https://tea.example/stop">Unsubscribe</a></p>', ["text"]),
        ("", '<p>Tea.</p><p><a href="{{ u.unsubscribe_url }}">Unsubscribe</a></p>', []),
        ("", '<p>Tea.</p><p>Unsubscribe <a href="https://tea.example/stop">here</a></p>', []),
        ("", '<p>Tea.</p><p><a href="#">Unsubscribe</a></p>', ["html"]),
        ("", "<p>Tea.</p>", ["html"]),
        ("Tea.", "<p>Tea.</p>", ["text", "html"]),
    ],
)
def test_text_and_html_each_need_a_way_out(text: str, html: str, parts: list[str]) -> None:
    hits = found("no-way-to-opt-out", made("en", text, html=html, pack=["us"]))
    assert sorted(hit.part for hit in hits) == sorted(parts)


@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
@pytest.mark.parametrize("fields", [[], ["system.unsubscribe_url"]])
def test_the_footer_that_is_proposed_satisfies_both_rules(lang: str, fields: list[str]) -> None:
    text = "Trà sen 20%.\n"
    (finding,) = found("no-way-to-opt-out", made(lang, text, pack=["vn"], system_fields=fields))
    assert finding.fix is not None
    assert finding.fix.safe
    after = made(lang, apply_edits("text", text, finding.fix.edits), pack=["vn"])
    assert not found("no-way-to-opt-out", after)
    assert not found("opt-out-notice-incomplete", after)


@pytest.mark.parametrize(
    ("lang", "text", "flagged"),
    [
        (
            "vi",
            "Trà.\n\nQuý khách có quyền từ chối nhận mọi quảng cáo. Từ chối: https://tra.example/h",
            False,
        ),
        ("vi", "Trà.\n\nTừ chối nhận tất cả thư quảng cáo: https://tra.example/h", False),
        (
            "vi",
            "Trà.\n\nQuý khách có quyền từ chối tất cả sản phẩm.\n\nTừ chối nhận thư: https://tra.example/h",
            False,
        ),
        ("vi", "Trà.\n\nHủy đăng ký: https://tra.example/h", True),
        ("vi", "Trà.\n\nHủy đăng ký: https://tra.example/h\nMọi quyền được bảo lưu.", True),
        ("vi", "Trà.\n\nHủy đăng ký bất cứ lúc nào: https://tra.example/h", True),
        (
            "vi",
            "Quý khách có quyền từ chối tất cả quảng cáo: https://tra.example/h\n\nTrà sen ngon.\n\nTrân trọng,\nLan",
            True,
        ),
        ("vi", "Trà.\n\nQuý khách có quyền từ chối nhận tất cả quảng cáo.", True),
        ("vi", "Trà.\n\nTừ chối nhận tất cả quảng cáo: https://tra.example/h\n\n© 2026 Trà Mộc An", False),
        (
            "vi",
            "Trà.\n\nTừ chối nhận tất cả quảng cáo: https://tra.example/h\n\nXem trên trình duyệt: https://tra.example/x",
            False,
        ),
        ("vi", "Trà.\n\nQuý khách hoàn toàn có quyền từ chối nhận thư: https://tra.example/h", True),
        ("vi", "Trà.\n\nMọi khách hàng có thể từ chối nhận thư: https://tra.example/h", True),
        (
            "vi",
            "Trà.\n\nQuý khách có quyền từ chối nhận quảng cáo về các sản phẩm: https://tra.example/h",
            True,
        ),
        ("en", "Tea.\n\nUnsubscribe from all our e-mails: https://tea.example/stop", False),
        ("en", "Tea.\n\nUnsubscribe: https://tea.example/stop\nAll rights reserved.", True),
        ("zh", "茶。\n\n您有权拒收我们的全部广告。退订：https://tea.example/stop", False),
        ("zh", "茶。\n\n退订：https://tea.example/stop 版权所有", True),
        ("vi", "Trà sen giảm 20%.", False),
    ],
)
def test_opt_out_notice(lang: str, text: str, flagged: bool) -> None:
    assert bool(found("opt-out-notice-incomplete", made(lang, text, pack=["vn"]))) is flagged
    assert not found("opt-out-notice-incomplete", made(lang, text, pack=["us", "eu", "ca", "cn"]))
