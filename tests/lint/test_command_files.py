"""Mending files, excusing findings, counting, and the formats that other programs read."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.cli.lint import command
from campaign.clock import utc_now
from campaign.lint import waiver_file

# an exclamation too many has a safe fix; the subject is a plain greeting, which has none
LETTER = (
    "---\r\nsubject: Xin chào!!!\r\nlang: vi\r\n---\r\n"
    "Kính gửi chị Lan,\r\n\r\nTrà sen Tây Hồ giảm 20% đến hết 31/3!!\r\n\r\nTrân trọng,\r\nTrà Sen\r\n"
)


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "letter.md"
    path.write_bytes(LETTER.encode("utf-8-sig"))
    return path


def lint(*words: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], input=given.encode())


def rules_of(result: Result) -> list[str]:
    return [finding["rule"] for finding in json.loads(result.stdout)[0]["findings"]]


def test_fix_writes_the_file_and_nothing_else_changes(letter: Path) -> None:
    assert "too-many-exclamation-marks" in rules_of(lint(letter, "--format", "json"))
    left = rules_of(lint(letter, "--fix", "--format", "json"))
    assert "too-many-exclamation-marks" not in left
    assert "greeting-or-mystery-subject" in left
    assert letter.read_bytes() == LETTER.replace("31/3!!", "31/3!").encode("utf-8-sig")
    before = letter.read_bytes()
    lint(letter, "--fix")
    assert letter.read_bytes() == before


def test_diff_shows_and_writes_nothing(letter: Path) -> None:
    shown = lint(letter, "--diff")
    assert "-Trà sen Tây Hồ giảm 20% đến hết 31/3!!\n" in shown.stdout
    assert "+Trà sen Tây Hồ giảm 20% đến hết 31/3!\n" in shown.stdout
    assert "greeting-or-mystery-subject" in shown.stderr
    assert letter.read_bytes() == LETTER.encode("utf-8-sig")


def test_standard_input_goes_mended_to_standard_output() -> None:
    text = "Subject: Giảm 20% trà sen\n\nKính gửi chị,\n\nTrà sen giảm 20%!!\n\nTrân trọng,\nLan\n"
    assert lint("-", "--fix", given=text).stdout == text.replace("!!", "!")
    clean = text.replace("!!", ".")
    assert lint("-", "--fix", given=clean).stdout == clean


def test_json_and_mail_are_mended_in_their_own_form(tmp_path: Path) -> None:
    message = {"id": "a", "lang": "en", "channel": "email", "kind": "reply", "text": "Yes, gladly!!\n"}
    lines = tmp_path / "many.jsonl"
    lines.write_text(json.dumps(message) + "\n" + json.dumps(message | {"id": "b", "text": "No.\n"}) + "\n")
    lint(lines, "--fix")
    found = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [(item["id"], item["text"]) for item in found] == [("a", "Yes, gladly!\n"), ("b", "No.\n")]

    mail = tmp_path / "one.eml"
    mail.write_bytes(
        b"From: a@example.com\r\nSubject: Re: tea\r\nX-Kept: yes\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nYes, gladly!!\r\n"
    )
    lint(mail, "--fix", "--kind", "reply")
    read = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())
    body = read.get_body(("plain",))
    assert body is not None
    assert (read["X-Kept"], body.get_content().strip()) == ("yes", "Yes, gladly!")


def test_a_waiver_excuses_until_the_words_change(letter: Path) -> None:
    assert lint(letter, "--fail-level", "error").exit_code == 1
    added = lint(letter, "--fail-level", "error", "--add-waiver", "khách quen đã quen tiêu đề này")
    assert "3 waivers added" in added.stdout  # a greeting, no benefit, nothing to do
    again = lint(letter, "--fail-level", "error")
    assert (again.exit_code, "3 waived" in again.stdout) == (0, True)
    letter.write_bytes(letter.read_bytes().replace("Xin chào!!!".encode(), "Xin chào bạn!!!".encode()))
    changed = lint(letter, "--fail-level", "error")
    assert changed.exit_code == 1
    assert "excuses nothing any more" in changed.stderr


def test_a_waiver_ends_and_needs_a_reason(letter: Path) -> None:
    assert lint(letter, "--add-waiver", "  ").exit_code == 2
    lint(letter, "--fail-level", "error", "--add-waiver", "vì")
    path = Path(waiver_file.NAME)
    yesterday = utc_now().date() - timedelta(days=1)
    path.write_text(re.sub(r"until = \S+", f"until = {yesterday}", path.read_text()))
    ended = lint(letter, "--fail-level", "error")
    assert (ended.exit_code, "has expired" in ended.stderr) == (1, True)


@pytest.mark.parametrize(
    "entry",
    [
        'rule = "jargon"',
        'rule = "jargon"\nfingerprint = "f"\nreason = "r"\nby = "b"\nuntil = "tomorrow"',
        'rule = "no-consent-on-record"\nfingerprint = "f"\nreason = "r"\nby = "b"\nuntil = 2030-01-01',
        "= broken",
    ],
)
def test_a_wrong_file_of_waivers_is_refused(letter: Path, entry: str) -> None:
    Path(waiver_file.NAME).write_text(f"[[waiver]]\n{entry}\n")
    refused = lint(letter)
    assert (refused.exit_code, waiver_file.NAME in refused.stderr) == (2, True)


def test_statistics_count_by_rule(letter: Path) -> None:
    counted = lint(letter, letter, "--statistics").stdout
    assert "     2       greeting-or-mystery-subject  error" in counted
    assert "[*]  too-many-exclamation-marks" in counted


def test_packs_are_named_or_refused(letter: Path) -> None:
    assert lint(letter, "--pack", "vn,eu").exit_code == 1
    refused = lint(letter, "--pack", "vn,xx")
    assert (refused.exit_code, "xx" in refused.stderr) == (2, True)


def test_sarif_places_findings_in_the_file(letter: Path) -> None:
    lint(letter, "--fail-level", "error", "--add-waiver", "vì thế")
    (run,) = json.loads(lint(letter, "--format", "sarif").stdout)["runs"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    subject, marks = by_rule["greeting-or-mystery-subject"], by_rule["too-many-exclamation-marks"]
    assert subject["suppressions"][0]["justification"] == "vì thế"
    region = subject["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 10)
    region = marks["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 7
    (replacement,) = marks["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "!"}
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_github_commands_are_escaped(letter: Path) -> None:
    odd = letter.rename(letter.with_name("a,b:c%.md"))
    first = lint(odd.name, "--format", "github").stdout.splitlines()[0]
    assert first.startswith("::error file=a%2Cb%3Ac%25.md,line=2,col=10,endLine=2,endColumn=")


def test_junit_is_xml_with_a_case_for_each_finding(letter: Path) -> None:
    text = "Subject: Xin \x01chào\n\nKính gửi chị,\n\nTrà giảm 20%!!\n\nTrân trọng,\nLan\n"
    letter.with_name("b.txt").write_text(text)
    suites = ET.fromstring(lint("b.txt", letter, "--format", "junit").stdout)
    assert suites.attrib["failures"] == str(len(suites.findall(".//failure")))
    assert [suite.attrib["name"] for suite in suites] == ["b.txt", str(letter)]
