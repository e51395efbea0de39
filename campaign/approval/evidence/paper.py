"""The pack on paper: who signed what, when and why, with the JSON attached to the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from campaign.approval.evidence.canonical import JSON_NAME
from campaign.i18n import translate
from campaign.render import pdf
from campaign.render.typst_text import quoted

Facts = Mapping[str, Any]
# lines of the plain text of each rendering; the whole of it is in the attached JSON
_LINES = 60
_DAY = "%d/%m/%Y"

STYLE = Path(__file__).with_name("paper.typ")


def typeset(envelope: Facts, attached: bytes, language: str, time_zone: str) -> bytes:
    """The PDF; TemplateError when it cannot be made."""
    zone = ZoneInfo(time_zone)
    title = translate(language, "evidence-title", name=envelope["parts"]["about"]["name"])
    style = STYLE.read_text(encoding="utf-8").replace("TITLE", quoted(title))
    style = style.replace("LANG", quoted(language))
    style = style.replace("FOOT", quoted(f"{translate(language, 'evidence-root')} {envelope['root']}"))
    body = "\n".join(_body(envelope, language, zone, title))
    return pdf.typeset(f"{style}\n{_attachment(attached)}\n{body}\n")


def _attachment(data: bytes) -> str:
    words = quoted("The evidence as data: verify this file with `campaign verify-evidence`.")
    return (
        f'#pdf.attach("{JSON_NAME}", bytes({_exact(data.decode())}), relationship: "data",'
        f' mime-type: "application/json", description: {words})'
    )


def _exact(text: str) -> str:
    """A Typst string of exactly these characters: none of them may be tidied, for their bytes are hashed."""
    return (
        '"'
        + "".join(mark if mark.isalnum() or mark in _PLAIN else f"\\u{{{ord(mark):x}}}" for mark in text)
        + '"'
    )


_PLAIN = frozenset(" !#$%&'()*+,-./:;<=>?@[]^_`{|}~")


def _body(envelope: Facts, language: str, zone: ZoneInfo, title: str) -> Iterator[str]:
    parts = envelope["parts"]
    yield f"= #{quoted(title)}"
    yield f"#v(0.4em) #{quoted(translate(language, 'evidence-lead'))}"
    yield _seal(parts, language, zone)
    yield from _section(language, "evidence-who", _who(parts, language, zone))
    yield from _section(language, "evidence-whom", _whom(parts, language))
    yield from _section(language, "evidence-proof", _proof(envelope, language))
    yield from _list(
        language, "evidence-findings", [_finding(found, language) for found in parts["findings"]]
    )
    yield from _list(language, "evidence-waivers", [_waiver(one, language) for one in parts["waivers"]])
    questions = [translate(language, f"review-question-{one['question']}") for one in parts["checklist"]]
    yield from _list(language, "evidence-checklist", questions)
    for rendering in parts["renderings"]:
        yield from _rendering(rendering, language)


def _seal(parts: Facts, language: str, zone: ZoneInfo) -> str:
    decided = parts["people"]["decided"]
    word = translate(language, f"review-state-{decided['decision']}")
    code = parts["message"]["sha256"][:16]
    cells = ", ".join(map(quoted, (word, decided["name"], _moment(decided["at"], zone), code)))
    return f"#v(0.6em) #align(right, seal({cells}))"


def _section(language: str, key: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"== #{quoted(translate(language, key))}"
    cells = ", ".join(f"({quoted(name)}, {quoted(value)})" for name, value in rows)
    yield f"#facts({cells},)"


def _who(parts: Facts, language: str, zone: ZoneInfo) -> list[tuple[str, str]]:
    people = parts["people"]
    writers = ", ".join(dict.fromkeys(one["name"] for one in people["wrote"]))
    submitted, decided = people["submitted"], people["decided"]
    rows = [
        ("evidence-wrote", writers),
        ("evidence-submitted", f"{submitted['name']}, {_moment(submitted['at'], zone)}"),
        ("evidence-decided", f"{decided['name']}, {_moment(decided['at'], zone)}"),
        ("evidence-reason", decided["reason"]),
        ("evidence-note", submitted["note"]),
    ]
    return [(translate(language, key), value) for key, value in rows if value]


def _whom(parts: Facts, language: str) -> list[tuple[str, str]]:
    audience, sender = parts["audience"], parts["message"]["content"]["sender"]
    rows = [("evidence-sender", f"{sender['from_name']} <{sender['from_email']}>, {sender['organisation']}")]
    if "counts" in audience:
        counts = audience["counts"]
        told = translate(
            language, "review-audience-counts",
            people=counts["people"], email=counts["email"], letter=counts["letter"],
        )  # fmt: skip
        rows += [
            ("evidence-audience", told),
            ("evidence-segment", f"{audience['segment']}. {audience['words'].get(language, '')}"),
            ("evidence-audience-hash", _grouped(audience["sha256"])),
        ]
    rows += [("evidence-consent", _consent(one, language)) for one in parts["consent"]]
    return [(translate(language, key), value) for key, value in rows]


def _consent(one: Facts, language: str) -> str:
    words = [
        translate(language, "review-row-people", count=one["people"]),
        translate(language, f"common-channel-{one['channel']}"),
        translate(language, f"contacts-purpose-{one['purpose']}"),
        translate(language, f"evidence-consent-{one['action']}"),
        *(one.get(name, "") for name in ("frequency", "method", "wording")),
    ]
    return " · ".join(word for word in words if word)


def _proof(envelope: Facts, language: str) -> list[tuple[str, str]]:
    parts = envelope["parts"]
    rows = [
        ("evidence-content-hash", _grouped(parts["message"]["sha256"])),
        ("evidence-root", _grouped(envelope["root"])),
        ("evidence-rules", f"{len(parts['rules']['rules'])} · {_grouped(parts['rules']['version'])}"),
        ("evidence-key", _grouped(envelope["signature"]["fingerprint"])),
        ("evidence-verify", "campaign verify-evidence FILE"),
    ]
    return [(translate(language, key), value) for key, value in rows]


def _list(language: str, key: str, lines: list[str]) -> Iterator[str]:
    yield f"== #{quoted(translate(language, key))}"
    if not lines:
        yield f"#{quoted(translate(language, 'evidence-none'))}"
    for line in lines:
        yield f"- #{quoted(line)}"


def _finding(found: Facts, language: str) -> str:
    severity = translate(language, f"rules-severity-{found['severity']}")
    return f"{severity} · {found['message']} ({found['rule']})"


def _waiver(one: Facts, language: str) -> str:
    until = date.fromisoformat(one["ends_on"]).strftime(_DAY) if one["ends_on"] else "…"
    held = translate(language, "review-waiver-by", name=one["granted_by_name"], until=until)
    return f"{one['rule']}: {held} {one['reason']}"


def _rendering(rendering: Facts, language: str) -> Iterator[str]:
    text = rendering.get("text") or ""
    if not text:
        return
    title = translate(language, "evidence-message")
    channel = translate(language, f"common-channel-{rendering['channel']}")
    heading = f"{title} · {channel} · {rendering['language']}"
    yield f"== #{quoted(heading)}"
    if rendering.get("subject"):
        yield f"#text(weight: 600, {quoted(rendering['subject'])})"
    lines = " #linebreak() ".join(f"#{quoted(line)};" for line in text.split("\n")[:_LINES])
    yield f"#sheet[{lines}]"


def _grouped(digest: str) -> str:
    """In groups of sixteen, so that it wraps and can be compared by eye."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _moment(value: str | None, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(value).astimezone(zone).strftime(f"{_DAY} %H:%M") if value else ""
