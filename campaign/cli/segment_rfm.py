"""`campaign segment rfm`: a file of orders in, a line a customer out. No database."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from json.encoder import encode_basestring

import click

from campaign.contacts.dates import parse_date
from campaign.errors import InvalidInput
from campaign.i18n import translate
from campaign.segments import rfm_file
from campaign.segments.rfm import Amount, Scored

LINES_AT_ONCE = 10_000
NAME_WIDTH = 20  # a longer code pushes its own line only


def _day(_context: click.Context, _option: click.Parameter, given: str) -> date:
    try:
        return parse_date("as_of", given)
    except InvalidInput as error:
        raise click.BadParameter(_words(error)) from error


@click.command()
@click.option(
    "--orders",
    "file",
    type=click.File("rb"),
    required=True,
    help="CSV with the columns customer_id, date, amount; - is standard input.",
)
@click.option(
    "--as-of",
    required=True,
    callback=_day,
    metavar="DATE",
    help="The day from which is counted back: 2026-12-31 or 31/12/2026. Orders after it are left aside.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a customer and line.")
def command(file: io.BufferedReader, as_of: date, as_json: bool) -> None:
    """Recency, frequency and monetary value of each customer in a file of orders, each scored 1 to 5.

    \b
    A score is 1 + floor(5 x share of customers who do strictly worse): 5 is best,
    equal values score alike. Recency is days since the last order, frequency is the
    number of distinct days with an order, monetary value the sum of the amounts.
    Customers come in the order of the file.

    \b
    Amounts may be written 1990000, 1.990.000, 1,990,000, 12.50 or with a currency
    sign; refunds are negative. Dates are 2026-12-31, with a time or without, or
    31/12/2026. Exit 2, and nothing is printed, when a row cannot be read.
    """
    try:
        purchases = rfm_file.read(file, as_of)
    except rfm_file.BadRow as error:
        raise click.ClickException(f"Row {error.number}: {_words(error.why)}") from error
    except InvalidInput as error:
        raise click.ClickException(_words(error)) from error
    scored = purchases.scored()
    lines = map(_json, scored) if as_json else _table(scored)
    _print(lines)


def _words(error: InvalidInput) -> str:
    return translate("en", error.key, **error.values)


def _json(one: Scored) -> str:
    return (
        f'{{"customer_id": {encode_basestring(one.customer_id)}, "recency_days": {one.recency_days}, '
        f'"frequency": {one.frequency}, "monetary": {_number(one.monetary)}, '
        f'"r": {one.r}, "f": {one.f}, "m": {one.m}}}'
    )


def _number(amount: Amount) -> str:
    """All its digits: a float would round large sums."""
    if amount == int(amount):
        return str(int(amount))
    return f"{Decimal(amount).normalize():f}"


def _table(scored: Iterable[Scored]) -> Iterator[str]:
    head = ("customer_id", "recency_days", "frequency", "monetary", "r", "f", "m")
    shape = f"{{:<{NAME_WIDTH}}}  {{:>12}}  {{:>9}}  {{:>18}}  {{}}  {{}}  {{}}"
    body = (
        shape.format(
            one.customer_id, one.recency_days, one.frequency, _number(one.monetary), one.r, one.f, one.m
        )
        for one in scored
    )
    return chain([shape.format(*head)], body)


def _print(lines: Iterator[str]) -> None:
    """In blocks: a call per line would take longer than the scoring."""
    out = sys.stdout.buffer
    while block := list(islice(lines, LINES_AT_ONCE)):
        out.write(("\n".join(block) + "\n").encode())
    out.flush()
