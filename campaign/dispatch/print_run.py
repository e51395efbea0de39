"""Print runs: queued letters become one PDF in one ZIP, and are recorded as printed and posted.

Letters are claimed (consent, suppression and holds are read again there), typeset outside any
transaction, and enter the run in one transaction with the run's row. A death before it leaves them
claimed, and the sweeper puts them back into the queue; a death after it leaves a whole run.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from campaign import audit
from campaign.dispatch import moves
from campaign.dispatch.claim import Claimed, Terms, claim
from campaign.dispatch.print_letters import CLAIM_ROWS, Press, Ready, fill_all
from campaign.dispatch.print_package import PrintedLetter, letter_sha256, pack
from campaign.errors import IntegrityError, Refused
from campaign.models import (
    Account,
    Channel,
    Delivery,
    Mailing,
    MailingState,
    PrintRun,
    PrintRunState,
    Submission,
)
from campaign.render import content as contents
from campaign.render.content import MessageContent
from campaign.render.pdf import make_pdf

# what one hand-off holds at most: about 150 MB of memory while it is made, 10 kg of paper and more
LETTERS_PER_RUN = 2_500


def make(press: Press, mailing_id: int) -> list[int]:
    """Print runs of all queued letters of a running mailing; their ids, none when nothing waits."""
    made = []
    while (run_id := _make_one(press, mailing_id)) is not None:
        made.append(run_id)
    return made


def _make_one(press: Press, mailing_id: int) -> int | None:
    owner = f"print:{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
    with press.database.read() as db:
        mailing = db.get(Mailing, mailing_id)
        if mailing is None or mailing.state is not MailingState.RUNNING:
            return None
        content = contents.from_json(db, db.get_one(Submission, mailing.submission_id).content)
        deadline = mailing.deadline
    terms = Terms(mailing_id, Channel.LETTER, content.purpose, content.sender.id, deadline)
    try:
        rows = _claim_all(press, terms, owner)
        ready = fill_all(press, content, rows)
        return _typeset_and_store(press, content, mailing_id, owner, ready) if ready else None
    except BaseException:
        # known not printed: others may take them at once
        with press.database.write() as db:
            moves.release(db, owner, press.clock())
        raise


def _claim_all(press: Press, terms: Terms, owner: str) -> list[Claimed]:
    rows: list[Claimed] = []
    while len(rows) < LETTERS_PER_RUN:
        with press.database.write() as db:
            moves.renew(db, owner, press.clock())
            chunk = claim(db, terms, owner, min(CLAIM_ROWS, LETTERS_PER_RUN - len(rows)), press.clock())
        if not chunk:
            break
        rows += chunk
    # variants together: a change of variant begins a new chunk, and people sort the sheets by language
    return sorted(rows, key=lambda row: (row.variant_id, row.row_id))


def _typeset_and_store(
    press: Press, content: MessageContent, mailing_id: int, owner: str, ready: Sequence[Ready]
) -> int:
    def sign_of_life() -> None:
        with press.database.write() as db:
            moves.renew(db, owner, press.clock())

    sign_of_life()
    made = make_pdf([each.letter for each in ready], on_chunk=sign_of_life)
    letters = [
        PrintedLetter(
            each.row.row_id, sequence, each.reply_code, each.lines, letter_sha256(each.letter), pages
        )
        for sequence, (each, pages) in enumerate(zip(ready, made.pages, strict=True), 1)
    ]
    now = press.clock()
    name = f"letters-{mailing_id}-{now:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"
    language = "vi" if content.sender.country == "VN" else "en"
    package = pack(name, made.pdf, letters, house=content.sender.organisation, language=language, now=now)
    pdf = press.files.put(f"print-runs/{name}.pdf", made.pdf)
    archive = press.files.put(f"print-runs/{name}.zip", package.content)
    with press.database.write() as db:
        run = PrintRun(
            mailing_id=mailing_id,
            state=PrintRunState.MADE,
            letters=len(letters),
            pages=sum(made.pages),
            pdf_key=pdf.key,
            pdf_sha256=pdf.sha256,
            zip_key=archive.key,
            detail={"ticket": package.ticket, "zip_sha256": archive.sha256},
            created_at=now,
        )
        db.add(run)
        db.flush()
        if moves.to_print(db, owner, run.id) != len(letters):
            # a lease ran out meanwhile: somebody else may print those, so this run must not exist
            raise IntegrityError("Some letters of this print run were taken back while it was made.")
        _note_letters(db, letters)
        audit.record(
            db, None, "print_run.made", "print_run", run.id, now,
            mailing=mailing_id, letters=len(letters), pdf_sha256=pdf.sha256,
        )  # fmt: skip
        return run.id


def _note_letters(db: Session, letters: Sequence[PrintedLetter]) -> None:
    """Each delivery remembers its code, its place and the hash of what was typeset."""
    statement = (
        update(Delivery.__table__)  # type: ignore[arg-type]  # a mapped class's table is a `Table`
        .where(Delivery.__table__.c.id == bindparam("row"))
        .values(reply_code=bindparam("code"), sequence=bindparam("place"), body_sha256=bindparam("digest"))
    )
    for chunk in _chunks(letters):
        db.connection().execute(
            statement,
            [
                {"row": it.delivery_id, "code": it.reply_code, "place": it.sequence, "digest": it.sha256}
                for it in chunk
            ],
        )


def _chunks(letters: Sequence[PrintedLetter]) -> Iterator[Sequence[PrintedLetter]]:
    for start in range(0, len(letters), CLAIM_ROWS):
        yield letters[start : start + CLAIM_ROWS]


def mark_printed(db: Session, run: PrintRun, account: Account, now: datetime) -> None:
    """Somebody says that the sheets are printed."""
    _change(db, run, (PrintRunState.MADE,), PrintRunState.PRINTED, printed_at=now)
    audit.record(db, account, "print_run.printed", "print_run", run.id, now, letters=run.letters)


def mark_posted(db: Session, run: PrintRun, account: Account, now: datetime) -> int:
    """Somebody says that the letters are at the post: they count as delivered; how many."""
    facts = {"posted_at": now} | ({} if run.printed_at else {"printed_at": now})
    _change(db, run, (PrintRunState.MADE, PrintRunState.PRINTED), PrintRunState.POSTED, **facts)
    posted = moves.post(db, run.id, now)
    audit.record(db, account, "print_run.posted", "print_run", run.id, now, letters=posted)
    return posted


def _change(
    db: Session, run: PrintRun, sources: tuple[PrintRunState, ...], target: PrintRunState, **facts: datetime
) -> None:
    """One conditional UPDATE, so that two people pressing at once do it once."""
    statement = (
        update(PrintRun)
        .where(PrintRun.id == run.id, PrintRun.state.in_(sources))
        .values(state=target, **facts)
    )
    if moves.run(db, statement) != 1:
        raise Refused("letters-error-run-state")
    db.refresh(run)
