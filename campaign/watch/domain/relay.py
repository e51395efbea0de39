"""The relay: does it encrypt, is its certificate valid and for how long, what does it offer?"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime

from cryptography import x509

from campaign.dispatch.transports.relay import Relay
from campaign.watch.domain.remark import Remark, bad, ok, warn

WAIT_SECONDS = 10
# renewals happen 30 days before the end; a fortnight left means that one was missed
SOON_DAYS = 14


def check(relay: Relay, now: datetime) -> Iterator[Remark]:
    """Two connections: one looks at the certificate whatever it is, one lets the system judge it."""
    try:
        with _connected(relay, verify=False) as smtp:
            offers = {name.upper() for name in smtp.esmtp_features}
            certificate = _certificate(smtp)
    except (OSError, smtplib.SMTPException) as error:
        yield bad("relay", "doctor-relay-silent", relay=relay.name, why=_words(error))
        return
    yield ok("relay", "doctor-relay-there", relay=relay.name)
    yield from _encryption(relay, certificate, now)
    for feature in ("PIPELINING", "8BITMIME", "SIZE"):
        if feature in offers:
            yield ok("relay", "doctor-relay-offers", feature=feature)
        else:
            yield warn("relay", "doctor-relay-lacks", feature=feature)


def _encryption(relay: Relay, certificate: x509.Certificate | None, now: datetime) -> Iterator[Remark]:
    if certificate is None:
        if relay.host in ("127.0.0.1", "::1", "localhost"):
            yield ok("tls", "doctor-tls-local", relay=relay.name)
        else:
            yield bad("tls", "doctor-tls-none", relay=relay.name)
        return
    if relay.tls == "none":
        yield warn("tls", "doctor-tls-unused", relay=relay.name)
    days = (certificate.not_valid_after_utc - now).days
    try:
        with _connected(relay, verify=True):
            pass
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or _words(error)
        yield (bad if relay.verify else warn)("tls", "doctor-tls-invalid", relay=relay.name, why=why)
        return
    except (OSError, smtplib.SMTPException) as error:
        yield bad("relay", "doctor-relay-silent", relay=relay.name, why=_words(error))
        return
    if days < SOON_DAYS:
        yield warn("tls", "doctor-tls-soon", days=days)
    else:
        yield ok("tls", "doctor-tls-valid", days=days)


def _connected(relay: Relay, *, verify: bool) -> smtplib.SMTP:
    """Greeted, and encrypted when the relay can, whether mail is sent so or not."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    name = socket.gethostname()
    smtp: smtplib.SMTP
    if relay.tls == "implicit":
        smtp = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=WAIT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(relay.host, relay.port, name, timeout=WAIT_SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if relay.tls != "implicit" and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _certificate(smtp: smtplib.SMTP) -> x509.Certificate | None:
    if not isinstance(smtp.sock, ssl.SSLSocket):
        return None
    content = smtp.sock.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(content) if content else None


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]
