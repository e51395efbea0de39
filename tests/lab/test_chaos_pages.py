"""What the lab reads off a page of a sending: numbers whose names lead to their people, and plain ones."""

from __future__ import annotations

import pytest

from campaign.lab import chaos_pages

ROW = '<tr><th scope="row">{}</th><td class="number">{}</td></tr>'


@pytest.mark.parametrize(("language", "sent"), [("vi", "Đã gửi"), ("en", "Sent")])
def test_states_are_read_with_and_without_a_link(language: str, sent: str) -> None:
    link = f'<a href="/deliveries/campaigns/1?state=accepted">{sent}</a>'
    for name in (sent, link):
        page = ROW.format(name, "1.234") + ROW.format("Something else", "5")
        assert chaos_pages.states_in(page, language) == {"accepted": 1234}
