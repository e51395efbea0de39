"""Mail that simulated people and their servers send: answers, absence notes, bounces, complaints.

Written as real programs write it, with nothing random in it: a mail that is sent again after a crash is
the same mail, and the intake stores it once.
"""

from __future__ import annotations

import email.policy
import email.utils
import hashlib
from datetime import datetime
from email.message import EmailMessage

from campaign.inbound.parse import Parsed
from campaign.lab.people import AWAY_WORDS, WORDS, choose

SERVER = "mx.example.com"
# so much of the mail is quoted below an answer, as mail programs do
QUOTED_LINES = 40


def answer(mail: Parsed, address: str, language: str, now: datetime) -> bytes:
    """A person's reply with the mail quoted below it."""
    words = choose(address, "words", WORDS[language])
    prefix = "wrote:" if language == "en" else "đã viết:"
    sender = mail.headers.get("from", "")
    day = f"{now:%d/%m/%Y %H:%M}"
    head = f"On {day}, {sender} {prefix}" if language == "en" else f"Vào {day}, {sender} {prefix}"
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines()[:QUOTED_LINES])
    reply = _reply(mail, address, now, "answer")
    reply["Subject"] = f"Re: {mail.subject}"
    reply.set_content(f"{words}\n\n{head}\n\n{quoted}\n", cte="8bit")
    return reply.as_bytes(policy=email.policy.SMTP)


def away(mail: Parsed, address: str, language: str, now: datetime) -> bytes:
    """An out-of-office note (RFC 3834)."""
    subject, words = AWAY_WORDS[language]
    note = _reply(mail, address, now, "away")
    note["Subject"] = subject
    note["Auto-Submitted"] = "auto-replied"
    note.set_content(words + "\n", cte="8bit")
    return note.as_bytes(policy=email.policy.SMTP)


def bounce(mail: Parsed, address: str, status: str, now: datetime) -> bytes:
    """A server's report that it could not deliver (RFC 3464)."""
    dead = status == "5.1.1"
    why = "550 5.1.1 No such user here" if dead else "552 5.2.2 The mailbox is full"
    return _report(
        f"From: Mail Delivery System <MAILER-DAEMON@{SERVER}>\n"
        f"To: {mail.headers.get('return-path', '')}\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        f"Date: {email.utils.format_datetime(now)}\n"
        f"Message-ID: <{_id(address, mail, 'bounce')}>\n"
        "Auto-Submitted: auto-replied\n",
        "delivery-status",
        f"This is the mail system at {SERVER}.\n\nYour message could not be delivered to {address}:\n{why}\n",
        f"Reporting-MTA: dns; {SERVER}\nArrival-Date: {email.utils.format_datetime(now)}\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\n"
        f"Status: {status}\nDiagnostic-Code: smtp; {why}\n",
        mail,
    )


def complaint(mail: Parsed, address: str, envelope_from: str, now: datetime) -> bytes:
    """A mailbox provider's report that somebody pressed "this is spam" (RFC 5965)."""
    return _report(
        f"From: Feedback Loop <fbl@{SERVER}>\nTo: abuse@{SERVER}\nSubject: FW: complaint\n"
        f"Date: {email.utils.format_datetime(now)}\nMessage-ID: <{_id(address, mail, 'complaint')}>\n",
        "feedback-report",
        f"This is an e-mail abuse report for a message received from {SERVER}.\n",
        f"Feedback-Type: abuse\nUser-Agent: FeedbackLoop/1.0\nVersion: 1\n"
        f"Original-Mail-From: <{envelope_from}>\n",
        mail,
    )


def _reply(mail: Parsed, address: str, now: datetime, what: str) -> EmailMessage:
    reply = EmailMessage()
    reply["From"] = address
    reply["To"] = mail.headers.get("reply-to", "") or mail.headers.get("from", "")
    reply["Date"] = email.utils.format_datetime(now)
    reply["Message-ID"] = f"<{_id(address, mail, what)}>"
    original = mail.headers.get("message-id", "")
    if original:
        reply["In-Reply-To"] = reply["References"] = original
    return reply


def _report(head: str, kind: str, words: str, fields: str, mail: Parsed) -> bytes:
    returned = "".join(
        f"{name}: {mail.headers[name]}\n"
        for name in ("from", "subject", "message-id", "list-unsubscribe")
        if mail.headers.get(name)
    )
    part = "message/delivery-status" if kind == "delivery-status" else "message/feedback-report"
    text = (
        f"{head}MIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="=_report"\n\n'
        f"--=_report\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"
        f"--=_report\nContent-Type: {part}\n\n{fields}\n"
        f"--=_report\nContent-Type: text/rfc822-headers; charset=utf-8\n\n{returned}\n--=_report--\n"
    )
    return text.replace("\n", "\r\n").encode()


def _id(address: str, mail: Parsed, what: str) -> str:
    facts = f"{what} {address} {mail.headers.get('message-id', '')} {mail.subject}"
    return f"{hashlib.sha256(facts.encode()).hexdigest()[:24]}@{SERVER}"
