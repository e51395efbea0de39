"""The page for people: every section a table, in the person's language, written line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from markupsafe import escape

from campaign.contacts.traits import PREFIX
from campaign.i18n import LANGUAGES, has, translate
from campaign.report.person.sections import Row, Section

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# more stand one below the other, for people and for paper
MOST_COLUMNS = 7
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$")
# columns whose values have words elsewhere, by what the keys of those begin with
_VALUES = {
    "birth_calendar": "person-calendar-",
    "language": "contacts-language-",
    "leaving_reason": "profile-left-",
    "relationship_level": "profile-level-",
}
# columns of several facts, each with a name: a line for each; what its words' names begin with
_LISTED = {"traits": PREFIX, "custom": ""}
# a page of its own, without anything from elsewhere
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;color:#1c2430;background:#fdfcf9;margin:0 auto;"
    "max-width:64rem;padding:2rem 1rem}h1{font-size:1.7rem}h2{margin-top:2.5rem;font-size:1.2rem}"
    ".all{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-top:1px solid #d9d4c8}"
    "table+table{margin-top:1.5rem}th[scope=row]{width:32%;font-weight:600}thead th{border-top:0}"
    ".none{color:#666}td{white-space:pre-wrap;overflow-wrap:anywhere;min-width:5rem}"
)


def language_of(wanted: str) -> str:
    """The person's language when we speak it, else English."""
    return wanted if wanted in LANGUAGES else "en"


def lines(sections: Iterable[Section], name: str, language: str, made_at: datetime) -> Iterator[str]:
    """The whole page in pieces."""
    title = translate(language, "person-title", name=name)
    yield (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p>{escape(translate(language, 'person-lede', at=made_at.date().isoformat()))}</p>\n"
    )
    for section in sections:
        yield from _section(section, language)
    yield "</body></html>\n"


def _section(section: Section, language: str) -> Iterator[str]:
    yield f"<h2>{escape(translate(language, f'person-section-{section.name}'))}</h2>\n"
    rows = section.rows()
    first = next(rows, None)
    if first is None:
        yield f'<p class="none">{escape(translate(language, "person-none"))}</p>\n'
        return
    if len(first) > MOST_COLUMNS:
        for row in chain([first], rows):
            yield from _card(row, language)
        return
    heads = "".join(f'<th scope="col">{_word(column, language)}</th>' for column in first)
    yield f'<div class="all"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in chain([first], rows):
        yield _line(row, first, language)
    yield "</tbody></table></div>\n"


def _card(row: Row, language: str) -> Iterator[str]:
    """A row of many columns, one below the other; what is empty says nothing."""
    yield "<table><tbody>"
    for column, value in row.items():
        if value not in ("", None, [], {}):
            head = f'<th scope="row">{_word(column, language)}</th>'
            yield f"<tr>{head}<td>{_cell(column, value, language)}</td></tr>\n"
    yield "</tbody></table>\n"


def _line(row: Row, columns: Iterable[str], language: str) -> str:
    field = row.get("field", "")  # a change is told in the words of what was changed
    cells = (
        f"<td>{_cell(field if column in ('old', 'new') else column, row.get(column), language)}</td>"
        for column in columns
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _cell(column: str, value: object, language: str) -> str:
    if isinstance(value, bool):
        return escape(translate(language, "rights-yes" if value else "rights-no"))
    if isinstance(value, str) and _MOMENT.match(value):
        return escape(f"{value[:10]} {value[11:16]} UTC")
    if column == "field" and isinstance(value, str):
        return _word(value, language)
    if isinstance(value, str) and (key := _value_key(column, value, language)):
        return escape(translate(language, key))
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return escape(", ".join(value))
    if isinstance(value, dict) and column in _LISTED:
        return "\n".join(
            f"{_word(_LISTED[column] + name, language)}: {escape(of)}" for name, of in value.items()
        )
    if isinstance(value, dict | list):
        return escape(json.dumps(value, ensure_ascii=False))
    return escape(str(value))


def _value_key(column: str, value: str, language: str) -> str:
    """The key of a value's words; empty when it is said as it is."""
    name = value.replace("_", "-")
    keys = (f"{_VALUES[column]}{name}",) if column in _VALUES else (f"person-value-{name}",)
    return next((key for key in keys if has(language, key)), "")


def _word(column: str, language: str) -> str:
    """What a column is called; a column without words of its own by its name."""
    name = column.replace("_", "-")
    keys = [f"person-column-{name}", f"contacts-fact-{name}", f"contacts-field-{name}"]
    if column.startswith(PREFIX):
        keys = [f"profile-trait-{name.removeprefix(PREFIX)}"]
    for key in keys:
        if has(language, key):
            return escape(translate(language, key))
    return escape(column.replace("_", " "))
