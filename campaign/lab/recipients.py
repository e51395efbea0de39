"""Simulated people: they read the development mailbox and act through the real protocols.

Pictures and links are fetched over HTTP, replies and bounces handed in by LMTP, one-click unsubscribes
posted (RFC 8058). Nothing outside this installation is ever contacted: only addresses under its own base
URL are fetched, and redirects are not followed.
"""

from __future__ import annotations

import email
import fcntl
import http.client
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from campaign.config import Settings
from campaign.devmail.store import Mail, Mailbox, Summary
from campaign.inbound.parse import Parsed, parse
from campaign.lab import people, post
from campaign.lab.people import Habit, choose, habit_of

log = structlog.get_logger()

# people look after this long; what is fetched within three seconds counts as a machine's
PATIENCE = timedelta(seconds=5)
# mails one round deals with: a round ends well before its job's time limit
ROUND = 400
PLACE = "people-read-to"
TIMEOUT_SECONDS = 10
ONE_CLICK = b"List-Unsubscribe=One-Click"
_LINKS = re.compile(r"""(?:href|src)=["']([^"']{10,500})["']""", re.IGNORECASE)
_ANGLED = re.compile(r"<([^<>]+)>")
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@dataclass
class Round:
    """What was done in one round, by kind, for the log and for tests."""

    mails: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


class Recipients:
    """Reads on where the last round stopped; OSError when a server of ours is away: nothing is skipped."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._mailbox = Mailbox(settings.mailbox_dir)
        self._place = settings.mailbox_dir / PLACE
        base = urlsplit(settings.base_url)
        self._host, self._port = base.hostname or "127.0.0.1", base.port or 80

    def act(self, now: datetime) -> Round:
        """One round over what arrived at least `PATIENCE` ago; two rounds never run at once."""
        done = Round()
        with _alone(self._place.with_suffix(".lock")) as free:
            if not free:
                return done
            for summary, place in self._unread(now):
                # dated by the mail, so that what is done again after a crash is the same to the byte
                at = summary.moment + PATIENCE
                for address in summary.recipients:
                    self._deal(self._mailbox.get(summary.id), address, at, done)
                self._place.write_text(str(place))
                done.mails += 1
        return done

    def _unread(self, now: datetime) -> Iterator[tuple[Summary, int]]:
        place = int(self._place.read_text()) if self._place.exists() else 0
        for _ in range(ROUND):
            found, after = self._mailbox.next(place)
            if found is None or now - found.moment < PATIENCE:
                return
            yield found, after
            place = after

    def _deal(self, mail: Mail, address: str, now: datetime, done: Round) -> None:
        read = parse(mail.raw)
        links = [link for link in _LINKS.findall(_html(mail.raw)) if self._is_ours(link)]
        if not any("/o/" in link for link in links):
            return  # a test send or a notice: nobody follows it
        habit = habit_of(address)
        for what, act in (
            ("bounce", self._bounce),
            ("scan", self._scan),
            ("open", self._open),
            ("click", self._click),
            ("away", self._away),
            ("reply", self._reply),
            ("unsubscribe", self._unsubscribe),
            ("complain", self._complain),
        ):
            if act(Visit(mail, read, links, address, habit, now)):
                done.count(what)
                if what == "bounce":
                    return

    def _bounce(self, visit: Visit) -> bool:
        status = visit.habit.bounces
        if not status:
            return False
        raw = post.bounce(visit.read, visit.address, status, visit.now)
        self._hand_in(raw, "", visit.mail.envelope_from)
        return True

    def _scan(self, visit: Visit) -> bool:
        if visit.habit.scanned:
            for link in visit.links:  # the way out among them: looking at it must change nothing
                self._get(link, people.SCANNER)
        return visit.habit.scanned

    def _open(self, visit: Visit) -> bool:
        if visit.habit.opens:
            for link in visit.pixels[:1]:
                self._get(link, visit.browser)
        return visit.habit.opens

    def _click(self, visit: Visit) -> bool:
        if not visit.habit.clicks or not visit.clicks:
            return False
        self._get(visit.clicks[0], visit.browser)
        return True

    def _away(self, visit: Visit) -> bool:
        if visit.habit.away and not visit.is_answer:
            raw = post.away(visit.read, visit.address, visit.language, visit.now)
            # absence notes go to the envelope sender (RFC 3834 §4)
            self._hand_in(raw, visit.address, visit.mail.envelope_from)
        return visit.habit.away

    def _reply(self, visit: Visit) -> bool:
        to = _ANGLED.findall(visit.read.headers.get("reply-to", "")) or [
            visit.read.headers.get("reply-to", "")
        ]
        if not visit.habit.replies or visit.is_answer or "@" not in to[0]:
            return False
        raw = post.answer(visit.read, visit.address, visit.language, visit.now)
        self._hand_in(raw, visit.address, to[0])
        return True

    def _unsubscribe(self, visit: Visit) -> bool:
        if not visit.habit.unsubscribes:
            return False
        links = [
            link
            for link in _ANGLED.findall(visit.read.headers.get("list-unsubscribe", ""))
            if self._is_ours(link)
        ]
        if links:
            self._request("POST", links[0], visit.browser, ONE_CLICK)
        return bool(links)

    def _complain(self, visit: Visit) -> bool:
        if not visit.habit.complains:
            return False
        raw = post.complaint(visit.read, visit.address, visit.mail.envelope_from, visit.now)
        self._hand_in(raw, "", f"abuse@{self._settings.inbound_domain}")
        return True

    def _is_ours(self, link: str) -> bool:
        return link.startswith(self._settings.base_url + "/")

    def _get(self, link: str, agent: str) -> None:
        self._request("GET", link, agent, None)

    def _request(self, method: str, link: str, agent: str, body: bytes | None) -> None:
        """One request to ourselves; the answer is read to its end and not followed."""
        headers = {"User-Agent": agent, "Accept-Language": "vi,en;q=0.8"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, link.removeprefix(self._settings.base_url), body, headers)
            connection.getresponse().read()
        finally:
            connection.close()

    def _hand_in(self, raw: bytes, envelope_from: str, envelope_to: str) -> None:
        with smtplib.LMTP(
            self._settings.lmtp_host, self._settings.lmtp_port, timeout=TIMEOUT_SECONDS
        ) as client:
            client.sendmail(envelope_from, [envelope_to], raw, mail_options=["SMTPUTF8", "BODY=8BITMIME"])


@dataclass(frozen=True)
class Visit:
    """One person with one mail in front of them."""

    mail: Mail
    read: Parsed
    links: list[str]
    address: str
    habit: Habit
    now: datetime

    @property
    def pixels(self) -> list[str]:
        return [link for link in self.links if "/o/" in link]

    @property
    def clicks(self) -> list[str]:
        return [link for link in self.links if "/c/" in link]

    @property
    def browser(self) -> str:
        return choose(self.address, "browser", people.BROWSERS)

    @property
    def is_answer(self) -> bool:
        """Our clerk's answer to them; they read it and are content."""
        return "in-reply-to" in self.read.headers

    @property
    def language(self) -> str:
        return "vi" if _VIETNAMESE.search(self.read.text[:2000]) else "en"


def _html(raw: bytes) -> str:
    """The HTML part's source, where the links stand."""
    message = email.message_from_bytes(raw)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload.decode("utf-8", "replace").replace("&amp;", "&")
    return ""


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Hold a lock for this round; False when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
