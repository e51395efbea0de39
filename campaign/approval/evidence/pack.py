"""A pack: the facts, each part's hash, one root over them, the installation's signature over the root."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval.evidence import canonical, collect, paper
from campaign.approval.evidence.canonical import FORMAT, JSON_NAME, PDF_NAME, VERSION
from campaign.approval.evidence.keys import ALGORITHM, Key
from campaign.approval.evidence.verify import PDF_MARK, pdf_digest
from campaign.errors import Refused
from campaign.models import Account, Submission

# the same facts give the same archive
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Pack:
    """One submission's evidence."""

    envelope: dict[str, Any]
    key: Key
    language: str
    time_zone: str

    @property
    def root(self) -> str:
        """The hash that stands for the whole."""
        return str(self.envelope["root"])

    @cached_property
    def json(self) -> bytes:
        """The pack itself."""
        return canonical.canonical(self.envelope) + b"\n"

    @cached_property
    def pdf(self) -> bytes:
        """The pack for people, with the JSON within, signed as a file."""
        body = paper.typeset(self.envelope, self.json, self.language, self.time_zone)
        signature = base64.b64encode(self.key.sign(pdf_digest(body)))
        return body + PDF_MARK + signature + b"\n"

    @cached_property
    def zip(self) -> bytes:
        """Both."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in ((JSON_NAME, self.json), (PDF_NAME, self.pdf)):
                archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def make_pack(
    db: Session,
    submission: Submission,
    account: Account,
    key: Key,
    now: datetime,
    *,
    language: str = "vi",
    time_zone: str = "Asia/Ho_Chi_Minh",
) -> Pack:
    """The evidence of a decided submission; Refused while nobody has decided. Recorded in the log."""
    if submission.decided_at is None:
        raise Refused("evidence-undecided")
    parts = collect.parts(db, submission, account, now)
    pack = Pack(sealed(parts, key), key, language, time_zone)
    audit.record(
        db,
        account,
        "evidence.made",
        "message",
        submission.message_id,
        now,
        submission=submission.id,
        root=pack.root,
        key=key.fingerprint,
    )
    return pack


def sealed(parts: dict[str, Any], key: Key) -> dict[str, Any]:
    """The envelope around the parts."""
    hashes = {name: canonical.sha256(part) for name, part in parts.items()}
    root = canonical.root_of(hashes)
    return {
        "format": FORMAT,
        "version": VERSION,
        "parts": parts,
        "hashes": hashes,
        "root": root,
        "signature": {
            "algorithm": ALGORITHM,
            "public_key": key.public_text,
            "fingerprint": key.fingerprint,
            "value": base64.b64encode(key.sign(root.encode())).decode(),
        },
    }
