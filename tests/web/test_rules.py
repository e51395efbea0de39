"""The rules' pages: to look up for everybody, to adapt for reviewers and administrators."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from campaign.db import Database
from campaign.lint import house
from campaign.models import AuditEntry, Role
from lint_rules.registry import all_rules
from tests.web.conftest import SignedIn


def toml(database: Database) -> str:
    with database.read() as db:
        return house.text(db)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_its_page(signed_in: SignedIn, language: str) -> None:
    client = signed_in(Role.CARE, language=language)
    for rule in all_rules():
        page = client.get(f"/rules/{rule.id}")
        assert page.status_code == 200, rule.id
        assert rule.code in page.text
    assert client.get("/rules/no-such-rule").status_code == 404


def test_examples_show_what_the_rule_speaks_of(signed_in: SignedIn) -> None:
    page = BeautifulSoup(
        signed_in(Role.CARE).get("/rules/too-many-exclamation-marks?language=zh").text, "html.parser"
    )
    assert page.select_one("mark.marked-warning").text == "！！！"
    assert page.select_one(".rule-shown")["lang"] == "zh"


def test_the_list_is_searched_without_marks_and_filtered(signed_in: SignedIn) -> None:
    client = signed_in(Role.MARKETER)
    found = BeautifulSoup(client.get("/rules/?q=dau+cham+than").text, "html.parser")
    assert "too-many-exclamation-marks" in found.text
    assert len(found.select(".rule-row")) < 5
    law = BeautifulSoup(client.get("/rules/?family=law").text, "html.parser")
    assert {row.select_one(".rule-code").text[:3] for row in law.select(".rule-row")} == {"LAW"}
    nothing = BeautifulSoup(client.get("/rules/?q=no-such").text, "html.parser")
    assert not nothing.select(".rule-row")
    assert "Không có quy tắc nào như vậy" in nothing.text


def test_a_rule_weighs_by_kind_of_message(signed_in: SignedIn, database: Database) -> None:
    client = signed_in(Role.REVIEWER)
    done = client.post("/rules/emoticon", data={"severity.reply": "off"})
    assert done.status_code == 303
    assert toml(database) == '[rules.emoticon.severity]\nreply = "off"\n'
    assert "nhà này đã chỉnh" in client.get("/rules/emoticon").text
    client.post("/rules/emoticon", data={})
    assert toml(database) == ""


def test_all_settings_are_kept_at_once_and_wrong_ones_are_marked(
    signed_in: SignedIn, database: Database
) -> None:
    client = signed_in(Role.ADMIN)
    form = {"rules.emoticon": "off", "limits.exclamation_marks": "1", "limits.max_words.vi": "200"}
    assert client.post("/rules/settings", data=form).status_code == 303
    kept = toml(database)
    assert "exclamation_marks = 1" in kept
    assert 'severity = "off"' in kept
    wrong = client.post("/rules/settings", data=form | {"limits.exclamation_marks": "many"})
    assert wrong.status_code == 422
    field = BeautifulSoup(wrong.text, "html.parser").find(id="limits.exclamation_marks")
    assert field["aria-invalid"] == "true"
    assert field["value"] == "many"
    assert toml(database) == kept


def test_words_are_added_and_taken_out(signed_in: SignedIn, database: Database) -> None:
    client = signed_in(Role.REVIEWER)
    assert client.get("/rules/words?list=vi/jargon").headers["Location"].endswith("/rules/words/vi/jargon")
    done = client.post("/rules/words/vi/jargon", data={"add": "chốt đơn\r\n\r\nbùm chíu\r\n", "remove": ""})
    assert done.status_code == 303
    assert '[lexicons.vi.jargon]\nadd = ["chốt đơn", "bùm chíu"]' in toml(database)
    wrong = client.post("/rules/words/vi/jargon", data={"add": "a # b", "remove": ""})
    assert wrong.status_code == 422
    assert BeautifulSoup(wrong.text, "html.parser").find(id="add")["aria-invalid"] == "true"
    assert client.get("/rules/words/vi/nothing").status_code == 404


def test_the_toml_goes_out_and_comes_in(signed_in: SignedIn, database: Database) -> None:
    client = signed_in(Role.ADMIN)
    text = "[limits]\nline_width = 60\n"
    assert client.post("/rules/settings/toml", data={"toml": text.replace("\n", "\r\n")}).status_code == 303
    assert client.get("/rules/settings/rules.toml").text == toml(database) == text
    wrong = client.post("/rules/settings/toml", data={"toml": "[limits]\nline_widht = 60"})
    assert wrong.status_code == 422
    assert "limits.line_widht" in wrong.text
    with database.read() as db:
        assert db.scalars(select(AuditEntry.action)).all().count("house.changed") == 1


def test_who_may_change_what(signed_in: SignedIn, database: Database) -> None:
    assert signed_in(Role.MARKETER).get("/rules/settings").status_code == 403
    assert signed_in(Role.MARKETER).post("/rules/emoticon", data={}).status_code == 403
    law = {"severity.marketing": "off"}
    refused = signed_in(Role.REVIEWER).post("/rules/unproven-superlative", data=law)
    assert refused.status_code == 422
    assert "quản trị viên" in refused.text
    assert signed_in(Role.ADMIN).post("/rules/unproven-superlative", data=law).status_code == 303
    locked = signed_in(Role.ADMIN).post("/rules/no-consent-on-record", data={"severity.marketing": "off"})
    assert locked.status_code == 422


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[limits]\ncopies = 1000", "ở limits.copies: cần một số từ 0 đến 100."),
        (
            '[rules.emoticon]\nseverity = "loud"',
            "“loud” không nằm trong số này: off, error, warning, information",
        ),
        ("[limits]\nline_widht = 3", "không có mục này; có phải anh/chị muốn nói line_width?"),
        ("[rules.qqqqqq]", "không có mục này."),
        ("limits = 3", "cần các mục con"),
        ('[lexicons.vi.jargon]\nadd = ["a # b"]', "“a # b” không phải một từ hay cụm từ"),
        ('[lexicons.vi.jargon]\nadd = "x"', "nhiều nhất 500"),
        ('[rules.no-consent-on-record]\nseverity = "off"', "chưa đồng ý nhận thư"),
    ],
)
def test_what_is_wrong_is_said_in_the_readers_language(signed_in: SignedIn, toml: str, said: str) -> None:
    refused = signed_in(Role.ADMIN).post("/rules/settings/toml", data={"toml": toml})
    assert refused.status_code == 422
    error = BeautifulSoup(refused.text, "html.parser").select_one(".field-error")
    assert said in error.text
    assert "\N{FIRST STRONG ISOLATE}" not in error.text
