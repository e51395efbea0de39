"""The way from one text to the other, as people read it."""

from campaign.compose.difference import Change, readable


def test_a_phrase_is_replaced_by_a_phrase() -> None:
    assert readable("Xin chào", "Tiết kiệm 30%") == [Change("Xin chào", "Tiết kiệm 30%")]


def test_what_stays_is_kept_between_changes() -> None:
    assert readable("Giá cũ rất tốt", "Giá mới rất rẻ") == [
        Change("Giá ", "Giá "),
        Change("cũ", "mới"),
        Change(" rất ", " rất "),
        Change("tốt", "rẻ"),
    ]
    assert readable("một", "một") == [Change("một", "một")]
