"""Accounts: made, changed, put to rest. Every change is audited; a password or role change signs out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.accounts import passwords, sessions
from campaign.errors import InvalidInput, NotFound, Refused
from campaign.i18n import LANGUAGES
from campaign.models import Account, AccountRole, Role

NAME_LIMIT = 200
# pg_advisory_xact_lock key: one at a time counts the administrators
PEOPLE_LOCK = 0x50454F50


def create(
    db: Session,
    actor: Account | None,
    *,
    email: str,
    name: str,
    password: str,
    roles: Iterable[Role],
    now: datetime,
    language: str = "vi",
) -> Account:
    """A new account. `actor` is None at the command line and on the first-run page."""
    _one_at_a_time(db)
    account = Account(
        email=_free_email(db, email, None),
        name=_name(name),
        password_hash="",
        language=_language(language),
        created_at=now,
    )
    passwords.require_strong(password, email=account.email, name=account.name)
    account.password_hash = passwords.hash_password(password)
    account.role_rows = [AccountRole(role=role) for role in _roles(roles)]
    db.add(account)
    db.flush()
    audit.record(
        db,
        actor,
        "account.created",
        "account",
        account.id,
        now,
        email=account.email,
        name=account.name,
        roles=sorted(account.roles),
    )
    return account


def create_first(
    db: Session, *, email: str, name: str, password: str, now: datetime, language: str = "vi"
) -> Account:
    """The first administrator; Refused once anybody has an account, whoever asked first."""
    _one_at_a_time(db)
    if anybody(db):
        raise Refused("auth-first-run-over")
    return create(
        db,
        None,
        email=email,
        name=name,
        password=password,
        roles=[Role.ADMIN],
        now=now,
        language=language,
    )


def anybody(db: Session) -> bool:
    """Whether there is any account."""
    return db.scalar(select(Account.id).limit(1)) is not None


def get(db: Session, account_id: int) -> Account:
    """The account; NotFound when there is none."""
    account = db.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def by_email(db: Session, email: str) -> Account | None:
    """The account that signs in with this address."""
    return db.scalar(select(Account).where(Account.email == fold_email(email)))


def everybody(db: Session) -> list[Account]:
    """All accounts, active ones first, by name."""
    return list(db.scalars(select(Account).order_by(Account.active.desc(), Account.name, Account.id)))


def with_role(db: Session, role: Role) -> list[Account]:
    """Who holds the role and is active, by name: to assign replies to, to ask for a review."""
    holders = select(Account).join(AccountRole).where(AccountRole.role == role, Account.active)
    return list(db.scalars(holders.order_by(Account.name, Account.id)))


def change(
    db: Session, actor: Account | None, account: Account, *, email: str, name: str, now: datetime
) -> None:
    """Name and address."""
    before = {"email": account.email, "name": account.name}
    account.email = _free_email(db, email, account.id)
    account.name = _name(name)
    after = {"email": account.email, "name": account.name}
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        audit.record(db, actor, "account.changed", "account", account.id, now, **changed)


def set_roles(
    db: Session, actor: Account | None, account: Account, roles: Iterable[Role], now: datetime
) -> None:
    """Other roles; ends the person's sessions. Refused for the last administrator."""
    wanted = _roles(roles)
    if wanted == account.roles:
        return
    if Role.ADMIN not in wanted:
        _keep_an_admin(db, account)
    before = sorted(account.roles)
    account.role_rows = [row for row in account.role_rows if row.role in wanted] + [
        AccountRole(role=role) for role in wanted - account.roles
    ]
    db.flush()
    sessions.end_all(db, account, now)
    audit.record(
        db, actor, "account.roles", "account", account.id, now, before=before, after=sorted(account.roles)
    )


def set_password(
    db: Session,
    actor: Account | None,
    account: Account,
    password: str,
    now: datetime,
    keep: str | None = None,
) -> None:
    """A new password; ends the person's sessions except the one whose token is `keep`."""
    passwords.require_strong(password, email=account.email, name=account.name)
    account.password_hash = passwords.hash_password(password)
    sessions.end_all(db, account, now, keep)
    audit.record(db, actor, "account.password", "account", account.id, now)


def set_language(account: Account, language: str) -> None:
    """The language of the pages for this person."""
    account.language = _language(language)


def deactivate(db: Session, actor: Account | None, account: Account, now: datetime) -> None:
    """The person no longer signs in; what they did stays. Refused for the last administrator."""
    if not account.active:
        return
    _keep_an_admin(db, account)
    account.active = False
    sessions.end_all(db, account, now)
    audit.record(db, actor, "account.deactivated", "account", account.id, now)


def activate(db: Session, actor: Account | None, account: Account, now: datetime) -> None:
    """The person may sign in again, with the password they had."""
    if account.active:
        return
    account.active = True
    audit.record(db, actor, "account.activated", "account", account.id, now)


def fold_email(email: str) -> str:
    """As it is stored and looked up: trimmed, lower case."""
    return email.strip().lower()


def _free_email(db: Session, email: str, own_id: int | None) -> str:
    folded = fold_email(email)
    try:
        # people of a house may have addresses that only its own servers know
        validate_email(folded, check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidInput("auth-email-invalid", field="email") from error
    taken = db.scalar(select(Account.id).where(Account.email == folded))
    if taken is not None and taken != own_id:
        raise InvalidInput("auth-email-taken", field="email", email=folded)
    return folded


def _name(name: str) -> str:
    text = " ".join(name.split())
    if not text or len(text) > NAME_LIMIT:
        raise InvalidInput("auth-name-missing", field="name")
    return text


def _roles(roles: Iterable[Role]) -> frozenset[Role]:
    wanted = frozenset(roles)
    if not wanted:
        raise InvalidInput("auth-roles-missing", field="roles")
    return wanted


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput("auth-language-unknown", field="language")
    return language


def _keep_an_admin(db: Session, account: Account) -> None:
    """Refused when nobody would be left who can let people in."""
    if Role.ADMIN not in account.roles or not account.active:
        return
    _one_at_a_time(db)
    others = (
        select(func.count())
        .select_from(Account)
        .join(AccountRole)
        .where(AccountRole.role == Role.ADMIN, Account.active, Account.id != account.id)
    )
    if not db.scalar(others):
        raise Refused("auth-last-admin", name=account.name)


def _one_at_a_time(db: Session) -> None:
    """On SQLite a writing transaction is alone anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(PEOPLE_LOCK)))
