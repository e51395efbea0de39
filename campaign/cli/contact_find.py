"""`campaign contact find`: look somebody up."""

from __future__ import annotations

import json
from typing import Any

import click

from campaign.cli.opening import reading
from campaign.contacts import finding
from campaign.contacts.search.pages import COUNT_LIMIT, Filters, Place
from campaign.errors import InvalidInput
from campaign.i18n import translate
from campaign.models import Contact, ContactKind

EXIT_NO = 1
MOST = 1_000


@click.command()
@click.argument("query")
@click.option("--kind", type=click.Choice([kind.value for kind in ContactKind]))
@click.option("--tag", default="", help="Only those with this tag.")
@click.option("--province", default="", help="Only those of this province.")
@click.option(
    "--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="So many at a time."
)
@click.option("--after", type=click.IntRange(0), help="Go on behind the contact of this id (`next`).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def find(
    query: str, kind: str | None, tag: str, province: str, limit: int, after: int | None, as_json: bool
) -> None:
    """Contacts by name, code, phone or e-mail, the best first.

    \b
    Words of a name in any order, with marks or without, or their beginnings; a phone number in
    whatever writing, or its last digits; an e-mail address, what is before its @, or its domain.
    `found` is null when there are more than 10,000. Exit 1 when nobody is found.
    """
    filters = Filters(ContactKind(kind) if kind else None, tag, province)
    with reading() as db:
        try:
            found = finding.find(db, query, filters, limit, Place(after) if after is not None else None)
        except InvalidInput as error:
            raise click.UsageError(translate("en", error.key, **error.values)) from error
        people = [_facts(contact) for contact in finding.load(db, found.ids)]
    following = found.ids[-1] if found.has_next else None
    if as_json:
        told = {"query": query, "found": found.count, "contacts": people, "next": following}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(people, found.count)
    if not people:
        raise SystemExit(EXIT_NO)


def _facts(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id, "code": contact.code, "kind": contact.kind.value, "name": contact.full_name,
        "organisation": contact.organisation.full_name if contact.organisation else None,
        "email": contact.email, "phone": contact.phone, "province": contact.province, "tags": contact.tags,
    }  # fmt: skip


def _tell(people: list[dict[str, Any]], count: int | None) -> None:
    for one in people:
        click.echo("  ".join(str(one[name]) for name in ("code", "name", "phone", "email") if one[name]))
    of_all = f"more than {COUNT_LIMIT:,}" if count is None else f"{count:,}"
    click.echo(f"{len(people)} of {of_all}" if people else "Nobody was found.", err=True)
