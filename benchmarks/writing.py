"""CPU microseconds to write one message, by stage: the bench's message, no server, no database.

    .venv/bin/python benchmarks/writing.py [--messages 2000]

Each figure is the best of nine rounds: other work on the machine only ever adds. `sha256_11k` says how fast
the machine was meanwhile.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from campaign.compose import document as documents
from campaign.dispatch.claim import Claimed
from campaign.dispatch.dkim.signature import SigningKey
from campaign.dispatch.mail import Mail
from campaign.dispatch.writer import MailWriter
from campaign.lab import bench_message
from campaign.links import Addresses, Signer
from campaign.models import Channel
from campaign.render import mime, samples
from campaign.render.email import compile_email
from campaign.render.headers import Envelope

ROUNDS = 9
DATED = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
RSA = SigningKey("tramocan.example", "c", generate_private_key(65537, 2048))
EDWARDS = SigningKey("tramocan.example", "e", Ed25519PrivateKey.generate())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    rows = _rows(parser.parse_args().messages)
    content = samples.sample_content(Channel.EMAIL, bench_message.LAYOUT, "vi").with_document(
        0, documents.from_json(bench_message.DOCUMENT)
    )
    where = Addresses(Signer(b"k" * 40), "https://thu.tramocan.example", "reply.tramocan.example")
    writer, rsa, edwards = (MailWriter(content, where, keys) for keys in ((), (RSA,), (EDWARDS,)))
    for one in (writer, rsa, edwards):
        one.track({url: 120 + number for number, url in enumerate(sorted(one.links))})
    size = sum(len(writer.write(row, eight_bit=True).data) for row in rows) / len(rows)
    data = bytes(11_000)
    compiled, few = compile_email(content, 0), rows[:200]

    def plain(row: Claimed) -> bytes:
        reach, name = where.reach([row.row_id]), row.values["contact"]["full_name"]
        system = {"unsubscribe_url": reach.unsubscribe[0], "view_url": reach.view[0],
                  "pixel_url": reach.open_pixel[0], "reply_code": "", "today": "2026-03-09"}  # fmt: skip
        envelope = Envelope(
            "Trà Mộc An", "thu@tramocan.example", name, row.address, row.dated_at,
            row.message_id_header, reach.reply[0], reach.unsubscribe[0], reach.unsubscribe_mail[0],
        )  # fmt: skip
        return mime.build(compiled.fill(row.values, system, {}), envelope)

    figures = {
        "message_bytes": round(size),
        "sha256_11k": _best(lambda: [hashlib.sha256(data).hexdigest() for _ in rows], len(rows)),
        "write_8bit": _best(lambda: _all(writer, rows, True), len(rows)),
        "write_base64": _best(lambda: _all(writer, rows, False), len(rows)),
        "write_8bit_signed_ed25519": _best(lambda: _all(edwards, few, True), len(few)),
        "write_8bit_signed_rsa2048": _best(lambda: _all(rsa, few, True), len(few)),
        "plain_road_base64": _best(lambda: [plain(row) for row in few], len(few)),
    }
    print(json.dumps(figures))


def _all(writer: MailWriter, rows: list[Claimed], eight_bit: bool) -> None:
    assert all(isinstance(mail, Mail) for mail in writer.writes(rows, eight_bit))


def _best(act: Callable[[], object], count: int) -> float:
    """The least CPU time of a round, in microseconds a message; all threads count."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        times.append(time.process_time() - began)
    return round(min(times) / count * 1e6, 1)


def _rows(count: int) -> list[Claimed]:
    random = Random(count)
    return [_row(number, bench_message.person(number, random)) for number in range(count)]


def _row(number: int, person: dict[str, object]) -> Claimed:
    address = str(person.pop("email"))
    person.pop("email_key")
    return Claimed(
        row_id=100_000 + number,
        contact_id=number,
        address_key=address,
        fence=1,
        variant_id=0,
        address=address,
        message_id_header=f"d{number}.k3v@tramocan.example",
        attempt=0,
        dated_at=DATED,
        values={"contact": person},
    )


if __name__ == "__main__":
    main()
