"""What exactly did she receive by post: the pages of her letter, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.contacts import erasure
from campaign.db import Database
from campaign.dispatch import print_run, printed
from campaign.dispatch.print_letters import Press
from campaign.links import Addresses, Signer
from campaign.models import Contact, Delivery, PrintRun, Role
from campaign.storage import FileStore
from tests.conftest import NOW
from tests.dispatch.test_print_run import _mailing
from tests.factories import make_delivery
from tests.web.conftest import SignedIn

NAMES = ["Trần Lan", "Lê Ngọc Ánh", "Phạm Sơn"]


@pytest.fixture
def letters(db: Session, database: Database, settings: Settings) -> list[int]:
    """The deliveries of a run, in the order of its PDF."""
    mailing_id = _mailing(db, NAMES).id
    db.commit()
    addresses = Addresses(Signer(b"k" * 32), "https://trasen.example", "reply.example.com")
    press = Press(database, FileStore(settings.files_dir), addresses, lambda: NOW)
    (run_id,) = print_run.make(press, mailing_id)
    in_order = select(Delivery.id).where(Delivery.print_run_id == run_id).order_by(Delivery.sequence)
    found = list(db.scalars(in_order))
    db.commit()
    return found


def test_each_letter_has_its_own_pages(db: Session, settings: Settings, letters: list[int]) -> None:
    files = FileStore(settings.files_dir)
    with pypdfium2.PdfDocument(files.get(db.scalars(select(PrintRun.pdf_key)).one())) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    taken: list[int] = []
    for delivery_id in letters:
        delivery = db.get_one(Delivery, delivery_id)
        pages = printed.pages_of(files, db.scalars(select(PrintRun)).one(), delivery)
        name = delivery.address.splitlines()[0].split()[-1]
        assert name in texts[pages[0]]
        taken += pages
    assert taken == list(range(len(texts)))


def test_the_page_shows_them(signed_in: SignedIn, letters: list[int]) -> None:
    clerk = signed_in(Role.CARE)
    page = clerk.get(f"/deliveries/{letters[1]}/letter")
    assert "Đây đúng là tờ đã in" in page.text
    picture = f"/deliveries/{letters[1]}/letter/1.png"
    assert picture in page.text
    assert clerk.get(picture).data.startswith(b"\x89PNG")
    assert clerk.get(f"/deliveries/{letters[1]}/letter/99.png").status_code == 404
    assert clerk.get(f"/deliveries/{letters[1]}/letter/0.png").status_code == 404
    assert signed_in(Role.REVIEWER).get(picture).status_code == 403


def test_of_the_erased_nothing_is_shown(db: Session, signed_in: SignedIn, letters: list[int]) -> None:
    contact = db.get_one(Contact, db.get_one(Delivery, letters[0]).contact_id)
    erasure.empty(db, contact, NOW)
    db.commit()
    clerk = signed_in(Role.CARE)
    page = clerk.get(f"/deliveries/{letters[0]}/letter").text
    assert ".png" not in page
    assert "Trần Lan" not in page
    assert clerk.get(f"/deliveries/{letters[0]}/letter/1.png").status_code == 404


def test_a_run_whose_file_is_gone_says_so(
    signed_in: SignedIn, settings: Settings, letters: list[int]
) -> None:
    for path in Path(settings.files_dir).rglob("*.zip"):
        path.unlink()
    assert "không còn" in signed_in(Role.CARE).get(f"/deliveries/{letters[0]}/letter").text


def test_an_email_is_no_letter(db: Session, signed_in: SignedIn) -> None:
    mail = make_delivery(db).id
    db.commit()
    assert signed_in(Role.CARE).get(f"/deliveries/{mail}/letter").status_code == 404
