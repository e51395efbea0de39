"""`campaign user`: the people who work here."""

from __future__ import annotations

import json
import sys

import click
from sqlalchemy.orm import Session

from campaign.accounts import people
from campaign.cli.opening import reading, writing
from campaign.clock import utc_now
from campaign.errors import CampaignError
from campaign.models import Account, Role

ROLE = click.Choice([role.value for role in Role])


@click.group()
def command() -> None:
    """The people who work here.

    Passwords are asked for at a terminal; from a pipe the first line is taken. They are never arguments,
    for arguments stand in the shell's history and in the list of processes.
    """


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="Full name, as it stands under a sign-off.")
@click.option("--role", "roles", type=ROLE, multiple=True, required=True, help="May be given several times.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def add(email: str, name: str, roles: tuple[str, ...], language: str) -> None:
    """Add a person."""
    password = _ask_password()
    with writing() as db:
        account = people.create(
            db,
            None,
            email=email,
            name=name,
            password=password,
            roles=[Role(role) for role in roles],
            now=utc_now(),
            language=language,
        )
        click.echo(f"{account.name} <{account.email}> may sign in: {_roles(account)}.")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def list_(as_json: bool) -> None:
    """List everybody."""
    with reading() as db:
        accounts = people.everybody(db)
    if as_json:
        click.echo(json.dumps([_as_json(account) for account in accounts], ensure_ascii=False, indent=2))
        return
    if not accounts:
        click.echo("Nobody yet. Add the first person: campaign user add EMAIL --name NAME --role admin")
    for account in accounts:
        state = "" if account.active else "  (deactivated)"
        click.echo(f"{account.email:<32}  {account.name:<28}  {_roles(account)}{state}")


@command.command("set-password")
@click.argument("email")
def set_password(email: str) -> None:
    """Give a person a new password; ends their sessions."""
    password = _ask_password()
    with writing() as db:
        account = _find(db, email)
        people.set_password(db, None, account, password, utc_now())
        click.echo(f"{account.name} has a new password and is signed out everywhere.")


@command.command("set-roles")
@click.argument("email")
@click.argument("roles", type=ROLE, nargs=-1, required=True)
def set_roles(email: str, roles: tuple[str, ...]) -> None:
    """Give a person exactly these roles; ends their sessions."""
    with writing() as db:
        account = _find(db, email)
        people.set_roles(db, None, account, [Role(role) for role in roles], utc_now())
        click.echo(f"{account.name}: {_roles(account)}.")


@command.command()
@click.argument("email")
def deactivate(email: str) -> None:
    """The person no longer signs in; what they did stays."""
    with writing() as db:
        account = _find(db, email)
        people.deactivate(db, None, account, utc_now())
        click.echo(f"{account.name} no longer signs in.")


def _find(db: Session, email: str) -> Account:
    account = people.by_email(db, email)
    if account is None:
        raise CampaignError(f"Nobody signs in with {email}; `campaign user list` shows who does.")
    return account


def _ask_password() -> str:
    if sys.stdin.isatty():
        password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return password
    return sys.stdin.readline().rstrip("\r\n")


def _roles(account: Account) -> str:
    return ", ".join(sorted(account.roles))


def _as_json(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": sorted(account.roles),
        "language": account.language,
        "active": account.active,
        "created_at": account.created_at.isoformat(),
    }
