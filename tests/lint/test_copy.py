"""Lint while typing: the shipped samples are clean, and what is wrong is said at its block."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib import resources

import pytest

from campaign.compose.document import Document, Offer, Part
from campaign.lint import lint_copy
from campaign.models import Channel, OfferType
from campaign.render.content import MessageContent
from campaign.render.samples import sample_content


def sample() -> MessageContent:
    return sample_content(Channel.EMAIL, "offer", "vi")


def sample_layouts() -> list[str]:
    folder = resources.files("templates") / "email"
    return sorted(path.name for path in folder.iterdir() if (path / "sample.json").is_file())


def changed(content: MessageContent, part: Part, **changes: object) -> MessageContent:
    document = content.variants[0].document
    blocks = tuple(replace(block, **changes) if block.part is part else block for block in document.blocks)
    return content.with_document(content.variants[0].id, Document(blocks))


@pytest.mark.parametrize("layout", sample_layouts())
@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_shipped_samples_have_no_finding(layout: str, language: str) -> None:
    assert lint_copy(sample_content(Channel.EMAIL, layout, language), 0) == []


@pytest.mark.parametrize("layout", ["business", "greeting"])
@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_shipped_letters_have_no_finding(layout: str, language: str) -> None:
    assert lint_copy(sample_content(Channel.LETTER, layout, language), 0) == []


def test_findings_stand_at_their_block() -> None:
    content = changed(sample(), Part.SUBJECT, text="Xin chào {{ contact.given_nam|default('bạn') }}")
    found = {finding.rule: finding for finding in lint_copy(content, 0)}
    subject = content.variants[0].document.first(Part.SUBJECT)
    assert subject is not None
    assert found["greeting-or-mystery-subject"].part == subject.id
    assert found["unknown-merge-field"].column == 10
    assert "contact.given_name" in found["unknown-merge-field"].message


def test_only_kept_breaks_can_be_too_wide() -> None:
    wide = "Mỗi dòng tác giả tự xuống hàng thì được giữ nguyên, nên có thể rộng quá 67 cột."
    body = Part.HOOK
    assert not lint_copy(changed(sample(), body, text=wide), 0)
    (finding,) = lint_copy(changed(sample(), body, text=wide, keep_breaks=True), 0)
    assert finding.rule == "line-length"


def test_the_houses_own_fields_are_judged_once_they_are_known() -> None:
    content = changed(sample(), Part.SALUTATION, text="Chào {{ contact.custom.hoby|default('bạn') }},")
    assert not lint_copy(content, 0)
    (finding,) = lint_copy(content, 0, known_fields=["contact.custom.hobby"])
    assert "contact.custom.hobby" in finding.message


def test_goods_are_asked_how_they_are_delivered() -> None:
    content = replace(sample(), offer_type=OfferType.GOODS)
    assert not lint_copy(content, 0)
    facts = Offer(product="Hộp trà Tết", price="490.000đ", deadline="đến hết 31/12")
    silent = changed(changed(content, Part.OFFER, facts=facts), Part.HOOK, text="Tiết kiệm 60.000đ.")
    assert "delivery-missing" in {finding.rule for finding in lint_copy(silent, 0)}
    unsaid = replace(silent, offer_type=None)
    assert "delivery-missing" not in {finding.rule for finding in lint_copy(unsaid, 0)}


def test_it_keeps_up_with_typing() -> None:
    content = changed(sample(), Part.HOOK, text="Trà sen Tây Hồ ướp bảy lần. " * 30)
    times = []
    for _ in range(7):
        start = time.process_time()
        lint_copy(content, 0)
        times.append(time.process_time() - start)
    # about 0.01 s on a quiet machine; how long exactly, the bench says
    assert min(times) < 0.25
