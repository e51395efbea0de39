"""Mail that tests send: answers, bounces, complaints, as programs and servers write them."""

from __future__ import annotations

from email.message import EmailMessage


def answer(text: str, sender: str = "an@example.com", **headers: str) -> bytes:
    """A plain reply; header names with `_` for `-`."""
    mail = EmailMessage()
    mail["From"] = f"An <{sender}>"
    mail["Subject"] = headers.pop("Subject", "Re: Trà xuân")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def bounce(status: str = "5.1.1", diagnostic: str = "smtp; 550 5.1.1 user unknown") -> bytes:
    """An RFC 3464 report."""
    action = "failed" if status.startswith("5") else "delayed"
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your message.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: rfc822; an@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n\r\n--b--\r\n"
    ).encode()


def complaint(mail_from: str, returned_header: str = "Subject: x") -> bytes:
    """An RFC 5965 report."""
    return (
        "From: abuse@mx.example.net\r\nSubject: FW: x\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\n"
        f"Version: 1\r\nOriginal-Mail-From: <{mail_from}>\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{returned_header}\r\n\r\nbody\r\n--b--\r\n"
    ).encode()
