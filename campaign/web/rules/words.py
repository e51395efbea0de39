"""The house's words in one list of a language: what it adds, what it leaves out, beside what was shipped."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.errors import NotFound
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.rules.blueprint import EDITORS, blueprint, save, values
from lint_rules.parsing import lexicons
from lint_rules.parsing.lexicons import Change
from lint_rules.rule import LANGUAGES

UNPROCESSABLE = 422
SEPARATOR = "/"


@blueprint.get("/words")
@roles(*EDITORS)
def choose() -> ResponseReturnValue:
    """From the list of lists to one of them."""
    lang, _, name = request.args.get("list", "").partition(SEPARATOR)
    return redirect(url_for("rules.words", lang=lang or "vi", name=name or "jargon"), code=303)


@blueprint.get("/words/<lang>/<name>")
@roles(*EDITORS)
def words(lang: str, name: str) -> str:
    """The list."""
    _known(lang, name)
    return _page(lang, name, {})


@blueprint.post("/words/<lang>/<name>")
@roles(*EDITORS)
def keep_words(lang: str, name: str) -> ResponseReturnValue:
    """One phrase a line."""
    _known(lang, name)
    tables = values()
    tables.setdefault("lexicons", {}).setdefault(lang, {})[name] = {
        key: _lines(request.form.get(key, "")) for key in ("add", "remove")
    }
    if errors := save(tables):
        return _page(lang, name, errors), UNPROCESSABLE
    flash(t("common-saved"), "done")
    return redirect(url_for("rules.words", lang=lang, name=name), code=303)


def changed_lists(tables: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    """Language, name, how many phrases were added and taken out."""
    return [
        (lang, name, len(change.get("add", ())), len(change.get("remove", ())))
        for lang, by_name in sorted(tables.get("lexicons", {}).items())
        for name, change in sorted(by_name.items())
    ]


def _known(lang: str, name: str) -> None:
    if lang not in LANGUAGES or name not in lexicons.names(lang):
        raise NotFound()


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _page(lang: str, name: str, errors: dict[str, str]) -> str:
    kept = values().get("lexicons", {}).get(lang, {}).get(name, {})
    return render_template(
        "rules/words.html",
        lang=lang,
        name=name,
        add=request.form.get("add", "\n".join(kept.get("add", ()))),
        remove=request.form.get("remove", "\n".join(kept.get("remove", ()))),
        shipped=lexicons.phrases_of(lang, name, Change()),
        errors={
            key.removeprefix(f"lexicons.{lang}.{name}").lstrip("."): text for key, text in errors.items()
        },
    )
