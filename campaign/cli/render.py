"""`campaign render`: a message for one recipient, as HTML, text, mail and letter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.audience.fields import known_fields, values_for
from campaign.cli import EXIT_NO
from campaign.cli.opening import reading
from campaign.clock import utc_now
from campaign.compose import document as documents
from campaign.compose.check import check_document
from campaign.compose.fields import contact_fields
from campaign.contacts.addresses import letter_lines
from campaign.errors import NotFound, TemplateError
from campaign.i18n import translate
from campaign.models import Channel, Contact, CustomField, Message, MessageKind
from campaign.render import headers, layouts, mime, samples
from campaign.render.content import MessageContent, Variant, from_message
from campaign.render.email import EmailParts, compile_email


@dataclass(frozen=True)
class Work:
    """What to render and for whom; `variant_id` is the variant in the recipient's language."""

    content: MessageContent
    variant_id: int
    values: Mapping[str, Any]
    to_name: str
    to_email: str
    address: list[str]


@click.command()
@click.argument("message_id", type=int, required=False)
@click.option("--contact", "contact_id", type=int, help="The recipient's number; needed with MESSAGE_ID.")
@click.option("--sample", metavar="LAYOUT", help="Render the sample copy of a layout instead of a message.")
@click.option(
    "--document",
    "document_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Render copy from a JSON file, with the values of --values.",
)
@click.option("--values", "values_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help='Merge values: {"contact": {"full_name": "…"}}.')  # fmt: skip
@click.option("--layout", default="letterhead", show_default=True, help="E-mail layout for --document.")
@click.option("--letter-layout", help="Letter layout for --document.")
@click.option("--language", default="vi", show_default=True, help="For --sample and --document.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write files there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the text part.")
def command(
    message_id: int | None,
    contact_id: int | None,
    sample: str | None,
    document_file: Path | None,
    values_file: Path | None,
    layout: str,
    letter_layout: str | None,
    language: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Render MESSAGE_ID for a contact, a layout's sample, or copy from a file.

    Prints subject and text; with --to also writes message.html, message.txt, message.eml and, when there
    is a letter, letter.pdf. Exit codes: 0 done, 1 the copy has problems, 2 wrong use.
    """
    if [message_id, sample, document_file].count(None) != 2:
        raise click.UsageError("Give one of MESSAGE_ID, --sample or --document.")
    if message_id is not None:
        if contact_id is None:
            raise click.UsageError("Say for whom: --contact ID.")
        with reading() as db:
            work = _of_message(db, message_id, contact_id)
    elif sample:
        work = _of_sample(sample, language)
    else:
        assert document_file
        work = _of_file(document_file, values_file, layout, letter_layout, language)
    _show(work, folder, as_json)


def _of_message(db: Session, message_id: int, contact_id: int) -> Work:
    message, contact = db.get(Message, message_id), db.get(Contact, contact_id)
    if message is None or contact is None:
        raise NotFound(f"There is no {'message' if message is None else 'contact'} by that number.")
    content = from_message(message)
    if not content.variants:
        raise NotFound("The message has no copy yet.")
    in_language = (variant for variant in content.variants if variant.language == contact.language)
    variant = next(in_language, content.variants[0])
    _refuse_problems(variant, known_fields(db.scalars(select(CustomField.key))))
    return Work(
        content,
        variant.id,
        values_for(contact, contact_fields(variant.document)),
        contact.full_name,
        contact.email,
        letter_lines(contact, content.sender.country),
    )


def _of_sample(name: str, language: str) -> Work:
    channel = Channel.EMAIL if layouts.sample_path(Channel.EMAIL, name).is_file() else Channel.LETTER
    content = samples.sample_content(channel, name, language)
    return _of_values(content, samples.load_sample(channel, name).values[language])


def _of_file(
    path: Path, values_file: Path | None, layout: str, letter_layout: str | None, language: str
) -> Work:
    named = {Channel.EMAIL: layout, Channel.LETTER: letter_layout}
    content = MessageContent(
        message_id=0,
        kind=MessageKind.MARKETING,
        sender=samples.sample_sender(),
        variants=(Variant(0, language, "a", documents.from_json(_read_json(path))),),
        layouts={channel: layouts.load(channel, name) for channel, name in named.items() if name},
    )
    sample = samples.load_sample(Channel.EMAIL, layout).values.get(language, {})
    values = _read_json(values_file) if values_file else sample
    known = [f"contact.{name}" for name in values.get("contact", {})]
    _refuse_problems(content.variants[0], known_fields([]) | dict.fromkeys(known))
    return _of_values(content, values)


def _of_values(content: MessageContent, values: Mapping[str, Any]) -> Work:
    name = str(values.get("contact", {}).get("full_name", ""))
    sender = content.sender
    address = [name, sender.street, *sender.locality.split(", ")]
    return Work(content, 0, values, name, "recipient@example.com", address)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} is not JSON: {error}") from error


def _refuse_problems(variant: Variant, known: Mapping[str, object]) -> None:
    """Copy that may not be rendered ends the command, each problem on a line."""
    problems = check_document(variant.document, known)
    for problem in problems:
        sentence = translate("en", problem.key, **problem.values)
        click.echo(f"{problem.block_id} ({problem.where}, line {problem.line}): {sentence}", err=True)
    if problems:
        sys.exit(EXIT_NO)


def _show(work: Work, folder: Path | None, as_json: bool) -> None:
    settings = config.load()
    system = samples.sample_system(utc_now().date(), settings.base_url)
    parts = None
    if Channel.EMAIL in work.content.layouts:
        parts = compile_email(work.content, work.variant_id).fill(work.values, system)
    written = list(_write(folder, work, parts, system)) if folder else []
    if as_json:
        subject, text = (parts.subject, parts.text) if parts else ("", "")
        click.echo(json.dumps({"subject": subject, "text": text, "files": written}, ensure_ascii=False))
        return
    if parts:
        click.echo(f"{parts.subject}\n\n{parts.text}", nl=False)
    elif not folder:
        raise TemplateError("This is a letter; name a folder with --to to get its PDF.")
    for path in written:
        click.echo(path, err=True)


def _write(folder: Path, work: Work, parts: EmailParts | None, system: Mapping[str, str]) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, bytes] = {}
    if parts:
        files["message.html"] = parts.html.encode()
        files["message.txt"] = parts.text.encode()
        files["message.eml"] = _mail(work, parts, system)
    if Channel.LETTER in work.content.layouts:
        files["letter.pdf"] = _letter(work, system)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        yield str(folder / name)


def _mail(work: Work, parts: EmailParts, system: Mapping[str, str]) -> bytes:
    sender = work.content.sender
    envelope = headers.Envelope(
        from_name=sender.from_name,
        from_email=sender.from_email,
        to_name=work.to_name,
        to_email=work.to_email or "nobody@example.com",
        date=utc_now(),
        message_id=f"preview@{sender.domain}",
        unsubscribe_url=system["unsubscribe_url"] if work.content.purpose else "",
    )
    return mime.build(parts, envelope)


def _letter(work: Work, system: Mapping[str, str]) -> bytes:
    from campaign.render.letter import compile_letter
    from campaign.render.pdf import make_pdf

    letter = compile_letter(work.content, work.variant_id).fill(work.values, system, work.address)
    return make_pdf([letter]).pdf
