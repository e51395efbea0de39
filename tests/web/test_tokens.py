"""A token opens one door for one row: all purposes at all doors, guesses, and how macs are compared."""

from __future__ import annotations

import ast
import inspect
import random
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign import links
from campaign.config import Settings
from campaign.db import Database
from campaign.errors import TokenError
from campaign.links import MAC_BYTES, Purpose, Signer
from campaign.models import Base
from tests.factories import make_contact, make_delivery

GUESSES = 100_000
# who answers to which purpose; clicks and opens are answered before the application
DOORS: dict[Purpose, Callable[[str], str]] = {
    Purpose.CLICK: lambda token: f"/c/{token}",
    Purpose.UNSUBSCRIBE: lambda token: f"/u/{token}",
    Purpose.VIEW: lambda token: f"/v/{token}",
    Purpose.CONFIRM: lambda token: f"/k/{token}",
    Purpose.PREFERENCES: lambda token: f"/p/{token}",
}
SIZES = (1, 2, 3)


def rows_of(database: Database) -> dict[str, int]:
    """How many rows each table has: what an accepted token would add to."""
    with database.read() as db:
        return {
            table.name: db.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("door", DOORS)
def test_no_door_opens_for_another_purpose(
    client: FlaskClient, database: Database, settings: Settings, door: Purpose
) -> None:
    signer = Signer(settings.secret_key)
    with database.write() as db:
        number = make_delivery(db, contact=make_contact(db, email="an@example.com")).id
    before = rows_of(database)
    for purpose in set(Purpose) - {door}:
        for size in SIZES:
            ids = [number] * size
            for token in {signer.link(purpose, *ids), signer.address(purpose, *ids)}:
                for method in ("GET", "POST"):
                    answer = client.open(DOORS[door](token), method=method)
                    assert answer.status_code in (404, 405), (purpose, door, size, method)
                    assert "Location" not in answer.headers
        assert rows_of(database) == before, purpose


def test_the_door_opens_for_its_own(client: FlaskClient, database: Database, settings: Settings) -> None:
    """So that what is refused above is refused for its purpose."""
    signer = Signer(settings.secret_key)
    with database.write() as db:
        number = make_delivery(db, contact=make_contact(db, email="an@example.com")).id
    assert client.get(f"/u/{signer.link(Purpose.UNSUBSCRIBE, number)}").status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_every_purpose_refuses_every_other(size: int) -> None:
    signer = Signer(b"a key for tests")
    for made in Purpose:
        for asked in Purpose:
            for make, read in ((signer.link, signer.read_link), (signer.address, signer.read_address)):
                token = make(made, *range(7, 7 + size))
                if made is asked:
                    assert read(asked, token) == tuple(range(7, 7 + size))
                    continue
                with pytest.raises(TokenError):
                    read(asked, token)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_of_one_row_is_worth_nothing_for_another(purpose: Purpose) -> None:
    """Its number exchanged, its mac kept: in every place of the token."""
    signer = Signer(b"a key for tests")
    mine, theirs = signer.sealed(purpose, 7), signer.sealed(purpose, 8)
    forged = theirs[:-MAC_BYTES] + mine[-MAC_BYTES:]
    (link,), (address,) = links.link_texts([forged]), links.address_texts([forged])
    for read, token in ((signer.read_link, link), (signer.read_address, address)):
        with pytest.raises(TokenError):
            read(purpose, token)


def test_guesses_open_nothing() -> None:
    """Well-formed ones with a mac drawn at random; of 128 bits none is hit."""
    signer, draw, hit = Signer(b"a key for tests"), random.Random(7), 0
    purposes = list(Purpose)
    for number in range(GUESSES):
        forged = links.payload(number % 1000) + draw.randbytes(MAC_BYTES)
        (token,) = links.link_texts([forged])
        try:
            signer.read_link(purposes[number % len(purposes)], token)
        except TokenError:
            continue
        hit += 1
    assert hit == 0


def test_macs_are_compared_in_constant_time() -> None:
    """By construction: where a token is read, what is signed goes through `hmac.compare_digest` alone."""
    tree = ast.parse(inspect.getsource(links))
    readers = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in ("read_link", "read_address", "_open")
    ]  # fmt: skip
    assert len(readers) == 3
    for reader in readers:
        called = [ast.unparse(node.func) for node in ast.walk(reader) if isinstance(node, ast.Call)]
        assert "hmac.compare_digest" in called, reader.name
        compared = [node for node in ast.walk(reader) if isinstance(node, ast.Compare)]
        # lengths may be compared as they are
        assert all("mac" not in ast.unparse(one) and "token" not in ast.unparse(one) for one in compared)
