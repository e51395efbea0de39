"""What strangers and colleagues write is shown as they wrote it, and never run.

The policy of our pages is switched off here: escaping alone must hold. Beside what runs by itself, each
page is looked through for what would run at a touch: attributes, addresses and elements of the payloads.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from campaign.accounts import sessions
from campaign.campaigns import copy
from campaign.clock import utc_now
from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.contacts import notes, profile
from campaign.contacts.csv_import import imports, running
from campaign.inbound import intake, process
from campaign.links import Signer
from campaign.models import Account, Campaign, Contact, ImportKind, Message, Reply, Role
from campaign.storage import FileStore
from campaign.web.unit import SESSION_COOKIE
from tests.browser.conftest import House
from tests.browser.payloads import PAYLOADS
from tests.campaigns.helpers import Office, good_copy
from tests.factories import make_contact, make_segment

Open = Callable[..., Page]
# of the columns, and of one line in the copy
NAME, LINE = 200, 250
# what would run or ask elsewhere (a link to a web page would not: who writes a message may set one)
# at a click or at a touch of the mouse; found in the page that the browser built
LOOK = """() => [...document.querySelectorAll('*')].flatMap(one => [
    ...[...one.attributes].filter(a =>
        /^(on|hx-on)/i.test(a.name) && a.value.includes('pwned')
        || /^(href|src|action|xlink:href|data|srcdoc|content|style|(data-)?hx-get|formaction)$/i.test(a.name)
            && (/^\\s*(javascript|data):/i.test(a.value.replace(/[\\t\\n]/g, '')) && a.value.includes('pwned')
                || one.localName !== 'a'
                    && /^\\s*(https:..evil|0;url=https:..evil)|url.https:..evil/i.test(a.value))
    ).map(a => `${one.localName} ${a.name}=${a.value}`),
    ...(['script', 'style'].includes(one.localName) && one.textContent.includes('pwned') && !one.dataset.ours
        ? [`${one.localName}: ${one.textContent.slice(0, 80)}`] : []),
])"""


@dataclass
class Watched:
    """A page and all that speaks for something that ran."""

    page: Page
    signs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.signs.append(f"error {error}"))
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.expose_function("__pwned", lambda number: self.signs.append(f"ran {number}"))

    def _dialog(self, dialog: object) -> None:
        self.signs.append("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _asked(self, url: str) -> None:
        if "evil.example" in url and not url.startswith("http://127.0.0.1"):
            self.signs.append(f"asked for {url}")

    def look(self, path: str, status: int = 200) -> str:
        """Open it, wait until it is quiet, look it through; returns what stands there."""
        answer = self.page.goto(path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == status, path
        for frame in self.page.frames:
            self.signs += [f"{frame.url}: {sign}" for sign in frame.evaluate(LOOK)]
        assert self.signs == [], path
        return self.page.content()


@pytest.fixture
def watched(open_browser: Open, house: House) -> Watched:
    """All roles, and no policy between a payload and its wish."""
    return Watched(open_browser(*Role, bypass_csp=True))


def test_the_payloads_run_where_they_are_printed_raw(browser: Browser) -> None:
    """Else that nothing runs below would say nothing."""
    context = browser.new_context(bypass_csp=True)
    tried, ran = PAYLOADS[::3], 0
    for payload in tried:
        watched = Watched(context.new_page())
        watched.page.route("**/*", lambda route: route.abort())
        watched.page.set_content(f'<title>x</title><p>{payload}</p><input value="{payload}">')
        found = watched.page.evaluate(LOOK)
        ran += bool(watched.signs or found)
        watched.page.close()
    context.close()
    assert ran >= len(tried) * 0.8


def joined(limit: int) -> list[str]:
    """All payloads, as many at a time as `limit` characters hold."""
    out = [""]
    for payload in PAYLOADS:
        if len(out[-1]) + len(payload) + 1 > limit:
            out.append("")
        out[-1] = f"{out[-1]} {payload}".strip()
    return out


@dataclass
class Desk:
    """Mai's draft, and whom she looks at it as."""

    token: str
    campaign: int
    message: int
    contact: int


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    with house.database.write() as db:
        office = Office(db, utc_now())
        made = office.campaign(utc_now(), channels="both")
        token = sessions.start(db, db.get_one(Account, office.people["mai"].id), utc_now())
        return Desk(token, made.id, office.message.id, office.contacts[0].id)


@pytest.fixture(scope="module")
def people(house: House, desk: Desk) -> list[int]:
    """A contact for each payload: in the name, in a note, in the street, in a tag."""
    with house.database.write() as db:
        found = []
        for number, payload in enumerate(PAYLOADS):
            contact = make_contact(
                db, full_name=payload, street=payload, email=f"x{number}@example.com", tags=[payload[:60]]
            )
            notes.add(db, contact, payload, now=utc_now())
            found.append(contact.id)
        for many in joined(notes.LIMIT):
            notes.add(db, db.get_one(Contact, found[0]), many, now=utc_now())
        return found


def test_names_and_notes_of_contacts(watched: Watched, people: list[int]) -> None:
    for page in range(1, 4):
        watched.look(f"/contacts?page={page}")
    for contact in people[:1] + people[1::12]:
        watched.look(f"/contacts/{contact}")
    watched.look(f"/contacts/{people[0]}/edit")
    watched.look(f"/contacts/{people[0]}/history")
    watched.look(f"/contacts/{people[0]}/consents")
    shown = watched.look(f"/contacts/{people[8]}")
    assert "&lt;img src=x onerror=__pwned(0)&gt;" in shown, "it is shown as it was written"


def test_what_is_searched_for(watched: Watched, people: list[int]) -> None:
    for words in joined(LINE):
        watched.look(f"/contacts?q={quote(words)}")


def test_names_of_segments(watched: Watched, house: House, people: list[int]) -> None:
    with house.database.write() as db:
        made = [make_segment(db, name=payload[:120], description=payload).id for payload in PAYLOADS]
        asks = {"type": "and", "rules": [{"type": "segment", "segment_id": made[8]}]}
        asking = make_segment(db, name="hỏi", rule=asks).id
    for page in range(1, 3):
        watched.look(f"/segments?page={page}")
    for segment in [*made[::12], asking]:
        watched.look(f"/segments/{segment}")
    watched.look(f"/segments/{asking}/edit")


def test_replies_as_text_and_as_html(watched: Watched, house: House, people: list[int]) -> None:
    signer, now = Signer(house.settings.secret_key), utc_now()
    with house.database.write() as db:
        for number, payload in enumerate(PAYLOADS):
            mail = EmailMessage()
            mail["From"] = "x8@example.com"
            mail["Subject"] = " ".join(payload.split())
            mail["Message-ID"] = f"<{number}@example.com>"
            if number % 2:
                mail.set_content(payload)
            else:
                mail.set_content(f"<html><body><p>Xin chào</p>{payload}</body></html>", subtype="html")
            stored = intake.store(db, mail.as_bytes(), "x8@example.com", "thu@reply.example.com", now)
            process.process(db, signer, stored.id, now)
        replies = list(db.scalars(select(Reply.id).order_by(Reply.id)))
    assert len(replies) == len(PAYLOADS)
    for page in (1, 2):
        watched.look(f"/replies?show=all&page={page}")
    for reply in replies[::12]:
        watched.look(f"/replies/{reply}")
    watched.look("/replies/shelf")
    watched.look(f"/contacts/{people[8]}/timeline")


@pytest.fixture
def mai(browser: Browser, house: House, desk: Desk) -> Iterator[Watched]:
    """Who wrote the draft. A refused e-mail is an error on the console, and meant: only what runs counts."""
    context = browser.new_context(base_url=house.url, locale="vi-VN", bypass_csp=True)
    context.add_cookies([{"name": SESSION_COOKIE, "value": desk.token, "url": house.url}])
    yield Watched(context.new_page())
    context.close()


def hostile(document: Document) -> Document:
    """All payloads in the body, some elsewhere; without what would be a merge field."""
    plain = [payload.replace("{", "(").replace("}", ")") for payload in PAYLOADS]
    words = {Part.BODY: "\n\n".join(plain), Part.HOOK: plain[8], Part.SUBJECT: plain[0]}
    return Document(
        tuple(replace(block, text=words.get(block.part, block.text)) for block in document.blocks)
    )


def test_names_in_a_message(mai: Watched, house: House, desk: Desk) -> None:
    """The recipient's name is the payload: the preview is laid out, and runs nothing."""
    for payload in joined(NAME):
        with house.database.write() as db:
            contact = db.get_one(Contact, desk.contact)
            profile.change(db, contact, {"full_name": payload}, source="test", now=utc_now())
        asked = f"language=vi&contact={desk.contact}"
        assert "pwned" in mai.look(f"/messages/{desk.message}/documents/email?{asked}")
    mai.look(f"/messages/{desk.message}/write?{asked}")


def write(house: House, desk: Desk, document: Document) -> None:
    """Save the copy, as its author."""
    with house.database.write() as db:
        message = db.get_one(Message, desk.message)
        variant = copy.variant_of(message, "vi")
        base = copy.version_of(documents.from_json(variant.document))
        author = db.get_one(Account, message.account_id)
        assert isinstance(copy.save(db, message, variant, document, base, author, utc_now()), copy.Saved)


def test_the_copy_of_a_message(mai: Watched, house: House, desk: Desk) -> None:
    """In the editor and its previews, on the pages before sign-off; with the e-mail as a page of its own."""
    with house.database.write() as db:
        campaign = db.get_one(Campaign, desk.campaign)
        campaign.name, campaign.goal = joined(NAME)[0], joined(NAME)[1]
    asked = f"language=vi&contact={desk.contact}"
    email = f"/messages/{desk.message}/documents/email?{asked}"
    copied = hostile(good_copy())
    write(house, desk, copied)
    for path in (
        "/campaigns",
        f"/campaigns/{desk.campaign}/head",
        f"/campaigns/{desk.campaign}/whom",
        f"/messages/{desk.message}/write?{asked}",
        f"/messages/{desk.message}/check",
        f"/messages/{desk.message}/sign-off",
    ):
        mai.look(path)
    # it has links that lead nowhere we may link to: they are refused, and all of it with them
    mai.look(email, status=422)
    body = "\n\n".join(text for text in copied.text(Part.BODY).split("\n\n") if "](" not in text)
    write(
        house,
        desk,
        Document(tuple(replace(b, text=body) if b.part is Part.BODY else b for b in copied.blocks)),
    )
    assert mai.look(email).count("pwned") > len(PAYLOADS) / 2
    mai.look(f"/messages/{desk.message}/write?{asked}&view=text")


def test_an_import(watched: Watched, house: House) -> None:
    """In headings, in values, in what is refused, in the name of the file."""
    plain = [payload for payload in PAYLOADS if "\n" not in payload]
    heads = ["Họ tên", "E-mail", *plain[:3]]
    lines = [
        heads,
        *([payload, f"nhap{number}@example.com", *plain[:3]] for number, payload in enumerate(plain)),
    ]
    lines += [[payload, payload, *plain[:3]] for payload in plain[:20]]
    content = "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines
    )
    files = FileStore(house.settings.files_dir)
    with house.database.write() as db:
        begun = imports.upload(
            db, files, kind=ImportKind.CONTACTS, file_name=PAYLOADS[8] + ".csv",
            file=io.BytesIO(content.encode()), now=utc_now(),
        )  # fmt: skip
        number = begun.id
    watched.look(f"/contacts/imports/{number}/mapping")
    with house.database.write() as db:
        begun = db.get_one(type(begun), number)
        imports.ask_check(begun, {"Họ tên": "full_name", "E-mail": "email"}, {})
    assert running.work(running.Work(house.database, files, number, utc_now))
    watched.look(f"/contacts/imports/{number}")
    with house.database.write() as db:
        imports.ask_run(db.get_one(type(begun), number))
    assert running.work(running.Work(house.database, files, number, utc_now))
    shown = watched.look(f"/contacts/imports/{number}")
    assert "pwned" in shown
    watched.look("/contacts/imports")
    watched.look("/contacts")
