"""Verifies a pack from the file alone: no database, no network, no secret.

A JSON must be spelled exactly as we spell it, so that one changed byte shows; a PDF ends with a signature
over all bytes before it and carries the JSON; a ZIP has both, and they must be of one root.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from campaign.approval.evidence import canonical
from campaign.approval.evidence.canonical import FORMAT, JSON_NAME, PDF_NAME, VERSION
from campaign.approval.evidence.keys import ALGORITHM, fingerprint_of
from campaign.audit import hash_facts
from campaign.errors import CampaignError
from campaign.render.layouts import layout_hash

PDF_MARK = b"\n%campaign-evidence-signature "
# a pack of two languages and two channels is some 300 kB
LARGEST = 64 * 1024 * 1024
SIGNATURE_BYTES = 64


class Unreadable(CampaignError):
    """The file is no evidence pack at all."""


@dataclass(frozen=True)
class Report:
    """`broken` names what differs, part by part; none: what was signed is what stands there."""

    broken: list[str]
    root: str = ""
    fingerprint: str = ""
    key_checked: bool = False
    """Whether the key was compared with one that the reader trusts."""
    parts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        return not self.broken


def verify(data: bytes, trusted: str = "") -> Report:
    """Recompute everything; `trusted` is the fingerprint that the signing key must have."""
    if len(data) > LARGEST:
        raise Unreadable("The file is too large to be an evidence pack.")
    if data.startswith(b"%PDF-"):
        return _pdf(data, trusted)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data, trusted)
    return _json(data, trusted)


def _json(data: bytes, trusted: str) -> Report:
    try:
        pack = canonical.parsed(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"This is no evidence pack: {error}") from error
    if not isinstance(pack, dict) or pack.get("format") != FORMAT:
        raise Unreadable("This is no evidence pack: it does not say that it is one.")
    if pack.get("version") != VERSION:
        raise Unreadable(f"The pack is of version {pack.get('version')}; this program reads {VERSION}.")
    try:
        spelled = canonical.canonical(pack) + b"\n" == data
        broken = [*_hashes(pack), *_signature(pack), *_meaning(pack["parts"])]
        fingerprint = fingerprint_of(_key_bytes(pack))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Report([f"envelope: {type(error).__name__} {error}"])
    broken += [] if spelled else ["spelling: not the bytes that were written"]
    if trusted and fingerprint != trusted:
        broken.append(f"key: signed by {fingerprint}, not by the key you trust")
    return Report(broken, pack["root"], fingerprint, bool(trusted), pack["parts"])


def _hashes(pack: Mapping[str, Any]) -> Iterator[str]:
    hashes, parts = pack["hashes"], pack["parts"]
    for name in sorted({*hashes, *parts}):
        if name not in hashes or name not in parts:
            yield f"{name}: missing"
        elif canonical.sha256(parts[name]) != hashes[name]:
            yield f"{name}: changed"
    if canonical.root_of(hashes) != pack["root"]:
        yield "root: does not agree with the hashes"


def _signature(pack: Mapping[str, Any]) -> Iterator[str]:
    signature = pack["signature"]
    public = _key_bytes(pack)
    if signature["algorithm"] != ALGORITHM or signature["fingerprint"] != fingerprint_of(public):
        yield "signature: the key is not the one that is named"
    if not _signed(public, canonical.root_of(pack["hashes"]).encode(), signature["value"]):
        yield "signature: not made by this key over this content"


def _key_bytes(pack: Mapping[str, Any]) -> bytes:
    return base64.b64decode(pack["signature"]["public_key"], validate=True)


def _signed(public: bytes, message: bytes, value: str) -> bool:
    try:
        raw = base64.b64decode(value, validate=True)
        # of several base64 spellings of the same bytes, one is ours
        if len(raw) != SIGNATURE_BYTES or base64.b64encode(raw).decode() != value:
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(raw, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _meaning(parts: Mapping[str, Any]) -> Iterator[str]:
    """Inner hashes: they hold whoever signed the pack."""
    message = parts["message"]
    if canonical.sha256(message["content"]) != message["sha256"]:
        yield "message: is not what was signed off"
    kept = {layout["sha256"] for layout in parts["layouts"]}
    if kept != {ref["sha256"] for ref in message["content"]["layouts"].values()}:
        yield "layouts: not those of the message"
    for layout in parts["layouts"]:
        if layout_hash(layout["channel"], layout["name"], layout["files"]) != layout["sha256"]:
            yield f"layouts: {layout['name']} is not what was signed off"
    for rendering in parts["renderings"]:
        html = rendering.get("html")
        if html is not None and hashlib.sha256(html.encode()).hexdigest() != rendering["html_sha256"]:
            yield f"renderings: the HTML of variant {rendering['variant']} differs"
    signed_for = message["content"]["settings"].get("audience")
    if signed_for and signed_for["sha256"] != parts["audience"]["sha256"]:
        yield "audience: not the one that was signed off"
    for entry in parts["audit"]["entries"]:
        if hash_facts(entry["facts"]) != entry["hash"]:
            yield f"audit: entry {entry['id']} differs"


def _pdf(data: bytes, trusted: str) -> Report:
    body, mark, line = data.rpartition(PDF_MARK)
    inner = attached(body if mark else data)
    report = _json(inner, trusted)
    broken = list(report.broken)
    if not mark or not line.endswith(b"\n"):
        broken.append("pdf: its signature is missing")
    elif report.fingerprint:
        public = _key_bytes(canonical.parsed(inner))
        if not _signed(public, pdf_digest(body), line[:-1].decode("ascii", "replace")):
            broken.append("pdf: its pages are not those that were made")
    return Report(broken, report.root, report.fingerprint, report.key_checked, report.parts)


def pdf_digest(body: bytes) -> bytes:
    """What the signature at the end of a PDF is made over."""
    return b"campaign-evidence-pdf " + hashlib.sha256(body).digest()


def attached(pdf: bytes) -> bytes:
    """The JSON within a PDF; Unreadable when it carries none."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            for number in range(document.count_attachments()):
                attachment = document.get_attachment(number)
                if attachment.get_name() == JSON_NAME:
                    return bytes(attachment.get_data())
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"The PDF cannot be read: {error}") from error
    raise Unreadable("The PDF carries no evidence.")


def _zip(data: bytes, trusted: str) -> Report:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise Unreadable("The ZIP is too large to be an evidence pack.")
            if sorted(archive.namelist()) != sorted((JSON_NAME, PDF_NAME)):
                raise Unreadable(f"The ZIP does not hold {JSON_NAME} and {PDF_NAME} alone.")
            inner, pdf = archive.read(JSON_NAME), archive.read(PDF_NAME)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(f"The ZIP cannot be read: {error}") from error
    by_json = _json(inner, trusted)
    by_pdf = _pdf(pdf, trusted)
    broken = [*by_json.broken, *(word for word in by_pdf.broken if word not in by_json.broken)]
    if by_json.root != by_pdf.root:
        broken.append("zip: PDF and JSON are of two packs")
    return Report(broken, by_json.root, by_json.fingerprint, by_json.key_checked, by_json.parts)
