"""An offer names its price."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import selling
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư mời mua mà không nói giá. Hãy ghi giá, để người đọc quyết định mà không phải hỏi thêm.",
    en="The message offers something and names no price. Say what it costs, so that the reader can decide.",
    zh="信中推荐商品却没有写价格。请写明价格，让读者能直接决定。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """No form of price anywhere in a message that offers something which is not free."""
    if not selling.offers_something(draft) or selling.is_free(draft) or selling.names_price(draft):
        return
    part, span = selling.place(draft)
    yield Hit(part, span, MESSAGE)


RULE = Rule(
    id="price-missing",
    code="OFR002",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(vi="Ưu đãi phải có giá.", en="An offer names its price.", zh="优惠要写明价格。"),
    why=Words(
        vi="Người đọc không phải vào trang chủ mới biết giá; không có giá thì phần lớn bỏ qua.",
        en="Readers must not have to look up the price on a page; without it most of them move on.",
        zh="读者不该为了价格再去翻网页；没有价格，多数人就放弃了。",
    ),
    source="Course notes on e-mail marketing: key facts complete: price, delivery, deadlines.",
    bad=(
        Example("vi", text="Trà sen giảm 20% đến hết 31/3. Đặt ngay: gọi 0912 345 678."),
        Example("en", text="Winter coats are 20% off until 31 March 2026. Order on +44 20 7946 0000."),
        Example("zh", text="春茶八折，截至3月31日，欢迎订购，电话0571-88000000。"),
    ),
    good=(
        Example("vi", text="Trà sen giảm 20%, còn 390k một hộp."),
        Example("vi", text="Mời anh chị dự lớp pha trà miễn phí sáng Chủ nhật."),
        Example("en", text="Winter coats are 20% off: now $96."),
        Example("zh", text="春茶八折，每罐九十九块。"),
    ),
    check=check,
)
