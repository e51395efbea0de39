"""A second factor for who signs: six digits from a telephone (TOTP, RFC 6238), or a recovery code.

The secret is kept encrypted and shown only until its first code was right. Each code counts once. Whether
signing needs one is the house's setting. Every change signs the person out, for who sits in a stolen session
would sit there behind the new lock.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from campaign import audit, house
from campaign.accounts import sessions
from campaign.errors import InvalidInput, Refused, SetupError
from campaign.models import Account, RecoveryCode, SecondFactor

SETTING = "second_factor"
ISSUER = "Campaign"
# seconds a code lasts; the one before and the one after count too, for clocks differ (RFC 6238 §5.2)
STEP = 30
WINDOW = (-1, 0, 1)
# who begins and goes away begins anew
UNFINISHED = timedelta(minutes=15)
RECOVERY_CODES = 10
# 50 bits: behind a throttle nobody guesses them
RECOVERY_LENGTH = 10
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Enrolment:
    """What the telephone reads; `uri` as a QR code, `secret` to type."""

    secret: str
    uri: str

    def __repr__(self) -> str:
        return "Enrolment(…)"


def required(db: Session) -> bool:
    """Whether the house asks for a code when somebody signs."""
    kept = house.current(db, SETTING)
    return bool(kept and kept.value["required"])


def require(db: Session, actor: Account, wanted: bool, now: datetime) -> None:
    """The house's setting; in the log like every other."""
    if wanted != required(db):
        house.keep(db, SETTING, {"required": wanted}, actor, now)


def enrolled(db: Session, account: Account) -> bool:
    """Whether the person has one that counts."""
    row = db.get(SecondFactor, account.id)
    return row is not None and row.confirmed_at is not None


def begin(db: Session, account: Account, key: bytes, now: datetime) -> None:
    """A new secret, not confirmed yet. Refused while one counts."""
    if enrolled(db, account):
        raise Refused("auth-factor-there")
    db.execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))
    secret = _cipher(key).encrypt(pyotp.random_base32().encode()).decode()
    db.add(SecondFactor(account_id=account.id, secret=secret, made_at=now, confirmed_at=None, last_step=0))
    db.flush()


def unfinished(db: Session, account: Account, key: bytes, now: datetime) -> Enrolment | None:
    """The secret that waits for its first code; None when there is none, or not any more."""
    row = db.get(SecondFactor, account.id)
    if row is None or row.confirmed_at is not None or row.made_at < now - UNFINISHED:
        return None
    secret = _secret(row, key)
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER))


def confirm(
    db: Session, account: Account, code: str, key: bytes, now: datetime, keep: str | None = None
) -> list[str]:
    """The first code was right: from now on it counts. Returns the recovery codes, shown this once; ends the
    person's sessions except the one whose token is `keep`."""
    if unfinished(db, account, key, now) is None:
        raise Refused("auth-factor-late")
    row = db.get_one(SecondFactor, account.id)
    if not _uses_step(db, row, code, key, now):
        raise InvalidInput("auth-factor-wrong", field="code")
    row.confirmed_at = now
    codes = _new_codes(db, account)
    sessions.end_all(db, account, now, keep)
    audit.record(db, account, "account.second_factor", "account", account.id, now)
    return codes


def check(db: Session, account: Account, code: str, key: bytes, now: datetime) -> bool:
    """Whether the code is the person's and was not used before; it is used by this."""
    row = db.get(SecondFactor, account.id)
    if row is None or row.confirmed_at is None:
        return False
    return _uses_step(db, row, code, key, now) or _uses_recovery(db, account, code, now)


def renew_codes(
    db: Session, account: Account, code: str, key: bytes, now: datetime, keep: str | None = None
) -> list[str]:
    """New recovery codes, shown this once; the old ones are void. InvalidInput unless `code` is the
    telephone's own of now: a recovery code makes no others. Ends sessions as `confirm` does."""
    row = db.get(SecondFactor, account.id)
    if row is None or row.confirmed_at is None:
        raise Refused("auth-factor-none")
    if not _uses_step(db, row, code, key, now):
        raise InvalidInput("auth-factor-wrong", field="code")
    codes = _new_codes(db, account)
    sessions.end_all(db, account, now, keep)
    audit.record(db, account, "account.recovery_renewed", "account", account.id, now)
    return codes


def codes_left(db: Session, account: Account) -> int:
    """Recovery codes that were not used."""
    unused = select(RecoveryCode.id).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return len(db.scalars(unused).all())


def remove(db: Session, actor: Account, account: Account, now: datetime) -> None:
    """For a telephone that is lost: the person signs in anew and sets up another."""
    if db.get(SecondFactor, account.id) is None:
        return
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))
    db.expire_all()
    sessions.end_all(db, account, now)
    audit.record(db, actor, "account.second_factor_removed", "account", account.id, now)


def _uses_step(db: Session, row: SecondFactor, code: str, key: bytes, now: datetime) -> bool:
    """The step of a right code is used up with all before it; of two that come at once, one wins."""
    digits = code.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return False
    totp, present = pyotp.TOTP(_secret(row, key)), int(now.timestamp()) // STEP
    for step in (present + offset for offset in WINDOW):
        if secrets.compare_digest(totp.at(step * STEP), digits) and step > row.last_step:
            used = db.scalar(
                update(SecondFactor)
                .where(SecondFactor.account_id == row.account_id, SecondFactor.last_step < step)
                .values(last_step=step)
                .returning(SecondFactor.last_step)
            )
            return used is not None
    return False


def _uses_recovery(db: Session, account: Account, code: str, now: datetime) -> bool:
    used = db.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _code_hash(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    if used is None:
        return False
    audit.record(db, account, "account.recovery_code", "account", account.id, now)
    return True


def _new_codes(db: Session, account: Account) -> list[str]:
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [
        "".join(secrets.choice(_ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    db.add_all(RecoveryCode(account_id=account.id, code_hash=_code_hash(code)) for code in codes)
    db.flush()
    half = RECOVERY_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _code_hash(code: str) -> str:
    """Random codes of 50 bits need no slow hash."""
    plain = "".join(mark for mark in code.lower() if mark.isalnum())
    return hashlib.sha256(f"recovery\0{plain}".encode()).hexdigest()


def _secret(row: SecondFactor, key: bytes) -> str:
    try:
        return _cipher(key).decrypt(row.secret.encode()).decode()
    except InvalidToken as error:
        raise SetupError(
            "The secrets of second factors were made with another secret key: put CAMPAIGN_SECRET_KEY back, "
            "or remove the second factor on the person's page."
        ) from error


def _cipher(key: bytes) -> Fernet:
    """A key of its own purpose, from the installation's."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"campaign second factor").derive(key)
    return Fernet(base64.urlsafe_b64encode(derived))
