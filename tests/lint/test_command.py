"""`campaign lint` and `campaign rules` as a shell sees them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from campaign.cli.lint import command as lint_command
from campaign.cli.rules import command as rules_command
from campaign.lint.batch import answer
from campaign.lint.files import Defaults, read_messages
from lint_rules.config import Config
from lint_rules.registry import all_rules

GOOD = (
    "---\nsubject: Giảm 20% máy lọc nước RO\nlang: vi\n---\n"
    "Chào anh,\n\nMáy lọc nước RO giảm 20%, còn 3.990.000đ đến hết 31/3.\nGiao tận nhà.\n\n"
    "Đặt ngay: https://ro.example/may-loc\n\nTrân trọng,\nLan\n\nT.B.: Chỉ đến hết 31/3, giảm 20%:\n"
    "https://ro.example/may-loc\n"
)
BAD = "Subject: Xin chào\n\nMáy lọc nước RO giảm 20% đến hết 31/3.\n"


LONG_LINE = (
    "Subject: Re order 12\n\nDear Anna,\n\n"
    "A few more words than any line can hold, and all of them are needed here.\n\nRegards,\nTom\n"
)


def lint(*words: str, given: str = "") -> Result:
    """The command within this process, which spares its start."""
    return CliRunner().invoke(lint_command, words, input=given.encode())


def test_exit_codes(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.txt"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    assert lint(str(good)).exit_code == 0
    found = lint(str(good), str(bad))
    assert found.exit_code == 1
    assert f"{bad}:subject:1:1: error greeting-or-mystery-subject" in found.stdout
    assert lint().exit_code == 2
    assert lint(str(tmp_path / "none.txt")).exit_code == 2
    assert lint("--lang", "xx", str(good)).exit_code == 2


def test_fail_level_and_formats() -> None:
    text = (
        "Subject: Re order 12\n\nDear Anna,\n\n"
        + "a few more words than any line can hold, and all of them are needed here"
        + "\n\nRegards,\nTom\n"
    )
    assert lint("-", "--kind", "reply", given=text).exit_code == 1
    assert lint("-", "--kind", "reply", "--fail-level", "error", given=text).exit_code == 0
    made = lint("-", "--kind", "reply", "--format", "json", given=text)
    assert [item["rule"] for item in json.loads(made.stdout)[0]["findings"]] == ["line-length"]
    lines = lint("-", "--kind", "reply", "--format", "jsonl", given=text).stdout.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["stdin"]


def test_batch_answers_every_line_in_order_while_it_is_read() -> None:
    message = {
        "id": "a",
        "lang": "en",
        "channel": "email",
        "kind": "marketing",
        "subject": "Hello",
        "text": "Hi",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "campaign.cli", "lint", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        for number in range(3):
            running.stdin.write(json.dumps(message | {"id": number}).encode() + b"\n")
            running.stdin.flush()
            # the answer is here before the next line is sent
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait() == 0


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        (b"not json", None),
        (b"\xff\xfe", None),
        (b"[1]", None),
        (b'{"id": "x"}', "x"),
        (b'{"id": 7, "lang": "fr", "channel": "email", "kind": "marketing"}', 7),
        (b'{"id": "c", "lang": "vi", "channel": "fax", "kind": "marketing"}', "c"),
        (b'{"id": "t", "lang": "vi", "channel": "email", "kind": "marketing", "text": 3}', "t"),
        (
            b'{"id": "d", "lang": "vi", "channel": "email", "kind": "greeting", "context": {"today": "x"}}',
            "d",
        ),
        (b"[" * 100_000, None),
    ],
)
def test_a_bad_line_gets_an_answer(line: bytes, identity: Any) -> None:
    given = json.loads(answer(line, Config()))
    assert given["id"] == identity
    assert given["error"]


def test_a_lone_surrogate_gets_findings() -> None:
    line = (
        b'{"id": "\\ud800", "lang": "vi", "channel": "email", "kind": "marketing", "subject": "Xin \\ud800"}'
    )
    assert "findings" in json.loads(answer(line, Config()))


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit"])
def test_a_reader_that_has_seen_enough_is_no_fault(form: str) -> None:
    asked = f"{sys.executable} -m campaign.cli lint - --lang vi --format {form} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", asked], input=BAD.encode() * 2000, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == b""


def test_mail_files_are_read_whole() -> None:
    raw = (
        b"From: Tra <tra@example.com>\r\nTo: a@example.com\r\nSubject: =?utf-8?q?Gi=E1=BA=A3m_20%?=\r\n"
        b"List-Unsubscribe: <https://tra.example/u>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nXin ch\xc3\xa0o\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Xin ch\xc3\xa0o</p>\r\n--b--\r\n"
    )
    (message,) = read_messages("a.eml", raw, Defaults())
    assert message["subject"] == "Giảm 20%"
    assert message["lang"] == "vi"
    assert message["text"].strip() == "Xin chào"
    assert message["html"].strip() == "<p>Xin chào</p>"
    assert message["context"]["parts"] == ["text/plain", "text/html"]
    assert message["context"]["headers"] == {
        "List-Unsubscribe": "<https://tra.example/u>",
        "Content-Type": 'multipart/alternative; boundary="b"',
    }


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("春茶八折", "zh"),
        ("Trà sen đã về", "vi"),
        ("Tea is back", "en"),
        ("Our coffee comes from the hills around Đà Lạt, picked in November", "en"),
    ],
)
def test_the_language_is_guessed(text: str, lang: str) -> None:
    (message,) = read_messages("a.txt", text.encode(), Defaults())
    assert message["lang"] == lang


def test_rules_are_listed() -> None:
    listed = json.loads(CliRunner().invoke(rules_command, ["--json"]).stdout)
    assert [rule["id"] for rule in listed] == [rule.id for rule in all_rules()]
    assert "word-limit" in CliRunner().invoke(rules_command).stdout
