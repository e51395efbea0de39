"""The editor keeps the author's words whatever happens, with htmx and without."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from campaign.campaigns import copy
from campaign.compose import document as documents
from campaign.compose.document import Document
from campaign.web.compose import forms
from tests.campaigns.helpers import good_copy
from tests.web.campaigns.conftest import Desk, Rows

URL = "/messages/1/write"
HTMX = {"HX-Request": "true"}
HOSTILE = (
    "{{ ''.__class__ }}",
    "{% for x in contact %}a{% endfor %}",
    "{{ contact.full_name",
    "{{ 9**9**9 }}",
)


def typed(document: Document, base: Document | None = None, **changes: str) -> dict[str, Any]:
    """The form as a browser sends it: `hook="…"` changes the text of that block."""
    data: dict[str, Any] = {"base": copy.version_of(base or document), "block": []}
    for field in forms.fields_of(document):
        data["block"].append(f"{field.part}:{field.id}")
        data[f"text.{field.id}"] = changes.get(field.id, field.text)
        data[f"url.{field.id}"] = field.url
        data |= {f"fact.{field.id}.{name}": words for name, words in (field.facts or {}).items()}
    return data


def saved(rows: Rows) -> Document:
    return documents.from_json(rows.message.variants[0].document)


def test_the_page_holds_every_part_and_the_sheet(desk: Desk) -> None:
    page = desk("mai").get(URL).text
    for part in ("subject", "hook", "body", "action", "postscript"):
        assert f'name="text.{part}"' in page
    assert "Tiết kiệm 30% cho bộ ấm trà Bát Tràng" in page
    assert "<iframe" in page
    assert "data-insert" in page
    assert "style=" not in page
    assert "onclick" not in page


def test_a_plain_form_saves_and_comes_back(desk: Desk, rows: Rows) -> None:
    answer = desk("mai").post(f"{URL}?language=vi", data=typed(good_copy(), hook="Nay nhẹ hơn 30%."))
    assert answer.status_code == 303
    assert saved(rows).text(documents.Part.HOOK) == "Nay nhẹ hơn 30%."


def test_htmx_gets_the_next_version_and_the_new_sheet(desk: Desk, rows: Rows) -> None:
    answer = desk("mai").post(
        f"{URL}?language=vi", data=typed(good_copy(), hook="Nay nhẹ hơn 30%."), headers=HTMX
    )
    assert answer.status_code == 200
    assert copy.version_of(saved(rows)) in answer.text
    assert 'id="sheet"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_authors_lose_nothing(desk: Desk, rows: Rows, headers: dict[str, str]) -> None:
    desk("nam").post(f"{URL}?language=vi", data=typed(good_copy(), hook="Lời của Nam."))
    mine = typed(good_copy(), hook="Lời của Mai.")
    answer = desk("mai").post(f"{URL}?language=vi", data=mine, headers=headers)
    assert answer.status_code == 409
    assert "Lời của Nam." in answer.text
    if not headers:
        assert "Lời của Mai." in answer.text
    assert saved(rows).text(documents.Part.HOOK) == "Lời của Nam."
    forced = mine | {"force": copy.version_of(saved(rows))}
    assert desk("mai").post(f"{URL}?language=vi", data=forced).status_code == 303
    assert saved(rows).text(documents.Part.HOOK) == "Lời của Mai."


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_named_and_never_run(desk: Desk, rows: Rows, words: str) -> None:
    client = desk("mai")
    assert client.post(f"{URL}?language=vi", data=typed(good_copy(), hook=words)).status_code == 303
    assert saved(rows).text(documents.Part.HOOK) == words
    page = client.get(URL).text
    assert "part-blocked" in page
    assert "sheet-broken" in page
    assert client.get("/messages/1/documents/email?language=vi").status_code == 422
    refused = client.post(
        "/messages/1/sign-off", data={}, headers={"Referer": "http://localhost/messages/1/sign-off"}
    )
    assert refused.status_code in (303, 409, 422)
    assert rows.campaign.state == "draft"


def test_lint_answers_beside_the_field_without_saving(desk: Desk, rows: Rows) -> None:
    answer = desk("mai").post(
        "/messages/1/lint?language=vi", data=typed(good_copy(), subject="Xin chào"), headers=HTMX
    )
    margin = answer.text.split('id="notes-subject"')[1].split("</ul>")[0]
    assert "finding-" in margin
    assert 'hx-swap-oob="true"' in margin
    assert saved(rows) == good_copy()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_too_long_is_shown_and_kept(desk: Desk, rows: Rows, headers: dict[str, str]) -> None:
    long = "dài " * 100
    answer = desk("mai").post(f"{URL}?language=vi", data=typed(good_copy(), subject=long), headers=headers)
    assert answer.status_code == 422
    assert "250" in answer.text
    assert headers or "dài dài" in answer.text
    assert saved(rows) == good_copy()


def test_paragraphs_come_and_go(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    client.post(f"{URL}?language=vi", data=typed(good_copy()) | {"add": "body"})
    two = saved(rows)
    assert [block.id for block in two.blocks if block.part == "body"] == ["body", "body-2"]
    client.post(f"{URL}?language=vi", data=typed(two) | {"remove": "body-2"})
    assert [block.id for block in saved(rows).blocks if block.part == "body"] == ["body"]


def test_languages_are_tabs(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    assert client.post("/messages/1/languages", data={"language": "en"}).status_code == 303
    assert client.get(f"{URL}?language=en").status_code == 200
    assert client.post("/messages/1/languages/remove", data={"language": "en"}).status_code == 303
    assert [variant.language for variant in rows.message.variants] == ["vi"]
    assert client.get(f"{URL}?language=xx").status_code == 404


def test_the_preview_is_a_document_with_its_own_policy(desk: Desk) -> None:
    answer = desk("mai").get("/messages/1/documents/email?language=vi&contact=1")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'")
    assert "Nguyễn Thị Lan 0" in answer.text


def test_the_letter_is_a_picture(desk: Desk) -> None:
    answer = desk("mai").get("/messages/1/documents/letter?language=vi&contact=1")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert desk("mai").get("/messages/1/documents/letter?language=vi&page=9").status_code == 404


def test_every_view_and_a_search_for_a_recipient(desk: Desk) -> None:
    client = desk("mai")
    for view in ("desktop", "phone", "text", "letter"):
        assert client.get(f"/messages/1/sheet?language=vi&view={view}").status_code == 200
    found = client.get("/messages/1/sheet?language=vi&q=LAN 1").text
    assert "Nguyễn Thị Lan 1" in found
    assert "Nguyễn Thị Lan 0" not in found


def test_layouts_are_chosen_by_picture(desk: Desk, rows: Rows) -> None:
    client = desk("mai")
    assert "letterhead" in client.get("/messages/1/layout").text
    client.post("/messages/1/layout", data={"channel": "email", "layout": "letterhead"})
    assert rows.message.email_layout == "letterhead"
    assert client.post("/messages/1/layout", data={"channel": "email", "layout": "../x"}).status_code == 404


@pytest.mark.parametrize("url", [URL, "/messages/1/lint", "/messages/1/languages", "/messages/1/test-send"])
def test_a_reviewer_writes_nothing(desk: Desk, url: str) -> None:
    client: FlaskClient = desk("tam")
    allowed = url.endswith("lint")
    assert client.post(f"{url}?language=vi", data=typed(good_copy())).status_code == (200 if allowed else 403)


def test_no_such_message(desk: Desk) -> None:
    assert desk("mai").get("/messages/99/write").status_code == 404
