"""What is new in a reply, as mail programs of three languages wrap it."""

from __future__ import annotations

import time

import pytest

from campaign.inbound.quotes import new_text
from campaign.inbound.wishes import asks_to_stop

REPLIES = {
    "gmail vi": (
        "Tôi lấy 2 hộp nhé.\n\nVào Th 2, 9 thg 3, 2026 vào lúc 09:00 Trà Việt <h@x.example> đã viết:\n"
        "\n> Kính chào anh An,\n> Giảm 20%\n",
        "Tôi lấy 2 hộp nhé.",
    ),
    "gmail vi wrapped": (
        "Cảm ơn shop!\n\nVào Th 2, 9 thg 3, 2026 lúc 09:00 Trà <\nh@x.example> đã viết:\n\n> Kính chào",
        "Cảm ơn shop!",
    ),
    "vi day": ("Đồng ý.\n\nNgày 9 tháng 3 năm 2026, Trà Việt viết:\n> xin chào", "Đồng ý."),
    "gmail en": (
        "Two boxes, please.\n\nOn Mon, Mar 9, 2026 at 9:00 AM Viet Tea <h@x.example> wrote:\n\n> Dear An,",
        "Two boxes, please.",
    ),
    "gmail en wrapped": (
        "Fine.\n\nOn Mon, Mar 9, 2026 at 9:00 AM A very long name of a company\n<h@x.example> wrote:\n> x",
        "Fine.",
    ),
    "gmail zh": (
        "好的，谢谢。\n\nTra Viet <h@x.example> 于2026年3月9日周一 09:00写道：\n\n> 您好",
        "好的，谢谢。",
    ),
    "qq": ("我要两盒。\n\n\n------------------ 原始邮件 ------------------\n发件人: x\n您好", "我要两盒。"),
    "netease": ("收到\n\n-----原始邮件-----\n发件人:Tra\n发送时间:2026-03-09\n主题:x", "收到"),
    "outlook en": (
        "I will come.\n\n________________________________\nFrom: Viet Tea <h@example.com>\nSent: Monday\n"
        "To: An\nSubject: x\n\nDear An",
        "I will come.",
    ),
    "outlook vi": (
        "Tôi sẽ đến.\n\nTừ: Trà Việt\nĐã gửi: Thứ Hai\nĐến: An\nChủ đề: x\n\nKính chào",
        "Tôi sẽ đến.",
    ),
    "outlook old": ("ok\n-----Original Message-----\nFrom: x\nDear", "ok"),
    "below": ("On Mon, An wrote:\n> Giảm 20%\n> đến 30/3\n\nTôi lấy một hộp.", "Tôi lấy một hộp."),
    "between": ("> Anh có đến không?\nCó.\n> Mấy người?\nHai.", "Có.\nHai."),
    "phone": ("Được ạ\n\nGửi từ iPhone của tôi", "Được ạ"),
    "phone zh": ("可以\n发自我的iPhone", "可以"),
    "signature": ("Hello\n-- \nAn Nguyen\n0901", "Hello"),
    "only a quote": ("> Giảm 20%", "> Giảm 20%"),
    "plain words": ("On Monday I wrote you a letter.\nFrom: me it is fine.\nTo be clear: yes.",) * 2,
    "a vietnamese letter": ("Vào dịp Tết tôi đã viết thư cho shop.\nNgày mai tôi đến.",) * 2,
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_is_new(name: str) -> None:
    full, new = REPLIES[name]
    assert new_text(full) == new


@pytest.mark.parametrize(
    "line",
    ["On " * 100_000, "> " * 200_000, "在" * 300_000, "<a@" * 100_000, "From:\n" * 60_000, "vào \n" * 80_000],
)
def test_no_text_makes_it_slow(line: str) -> None:
    begun = time.process_time()
    new_text(line)
    assert time.process_time() - begun < 10  # linear time


@pytest.mark.parametrize(
    "text",
    [
        "Hủy đăng ký giúp tôi",
        "please stop",
        "退订",
        "Đừng gửi nữa nhé",
        "Unsubscribe",
        "Tôi không muốn nhận thư nữa",
    ],
)
def test_a_wish_to_stop_is_seen(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi lấy 2 hộp nhé",
        "Where is the bus-stopover?",
        "Tôi muốn hỏi cách hủy đăng ký khóa học tháng trước, vì tôi đã chuyển tiền mà chưa ai trả lời. "
        "Xin cho tôi biết khi nào lớp bắt đầu và địa chỉ lớp ở đâu, tôi cảm ơn.",
    ],
)
def test_a_letter_is_no_wish_to_stop(text: str) -> None:
    assert not asks_to_stop(text)
