"""What happened to the first campaign's letters: printed, posted, answered on paper, one returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.dispatch import print_run
from campaign.dispatch.print_letters import Press
from campaign.inbound import postal
from campaign.lab.seed import Seeded
from campaign.models import Account, Contact, Delivery, PrintRun, Role

# in the language of whoever answers; the tea house gets about one card for every twenty letters
CARDS_VI = (
    "Cho tôi đặt hai hộp trà sen, giao buổi chiều giúp tôi. Cảm ơn tiệm.",
    "Năm nay nhà có việc, xin hẹn tiệm dịp khác. Chúc tiệm đắt hàng.",
    "Tôi muốn hỏi trà sen để được bao lâu sau khi mở hộp?",
    "Đã nhận được thư. Nhờ tiệm giữ cho tôi một hộp, cuối tuần tôi qua lấy.",
    "Lần trước hộp bị móp góc, lần này tiệm gói kỹ hơn giúp tôi nhé.",
)
CARDS_EN = ("Two boxes, please. I will come by on Saturday.",)
LETTERS_A_CARD = 20


def story(press: Press, seeded: Seeded, now: datetime) -> None:
    """Make the print run, post it, and type in what the postman brought."""
    for run_id in print_run.make(press, seeded.mailing_id):
        with press.database.write() as db:
            clerk = db.get_one(Account, seeded.staff[Role.CARE])
            run = db.get_one(PrintRun, run_id)
            print_run.mark_printed(db, run, clerk, now)
            print_run.mark_posted(db, run, clerk, now)
            letters = db.execute(
                select(Delivery.reply_code, Contact.language)
                .join(Contact, Contact.id == Delivery.contact_id)
                .where(Delivery.print_run_id == run_id, Delivery.reply_code.is_not(None))
                .order_by(Delivery.sequence)
            ).all()
            _post(db, [(str(code), language) for code, language in letters], clerk, now)


def _post(db: Session, letters: Sequence[tuple[str, str]], clerk: Account, now: datetime) -> None:
    """One card for every so many letters, and the last letter back."""
    cards = {"vi": iter(CARDS_VI), "en": iter(CARDS_EN)}
    for code, language in letters[::LETTERS_A_CARD]:
        if text := next(cards.get(language, cards["vi"]), None):
            postal.record_reply(db, code, text, account=clerk, now=now)
    if len(letters) > LETTERS_A_CARD:
        postal.record_returned(db, letters[-1][0], account=clerk, now=now)
