"""What the columns page shows and takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wangge.registry.ledgers.dictionary import facts

from ..enums import ColumnState
from ..meanings import named, parse
from ..meanings.meaning import DERIVED
from ..models import TableRequest

LEAVE = "-"
TONES = {"known": "green", "derivable": "azure", "asked": "yellow", "new": "secondary"}


@dataclass
class Column:
    """One column on the page: its form field, what it is taken for, what else it may be."""

    field: str
    letter: str
    header: str
    state: ColumnState
    tone: str
    meaning: str
    percent: int
    why: str
    likely: list[tuple[str, str]]
    ask: bool


@dataclass
class Sheet:
    """One table on the page; the same table on several sheets is shown once."""

    name: str
    skipped: str
    columns: list[Column]
    alike: list[str]


def field_name(sheet: int, column: str) -> str:
    """The form field of a column: sheets may be called anything, so they are numbered."""
    return f"c-{sheet}-{column}"


def _shown(table: TableRequest) -> list[tuple[int, dict[str, Any], list[str]]]:
    """Each different table with its place, and the other sheets that have the same."""
    found: list[tuple[int, dict[str, Any], list[str]]] = []
    for at, sheet in enumerate(table.sheets):
        headers = [column["header"] for column in sheet["columns"]]
        same = next(
            (
                alike
                for _at, one, alike in found
                if [c["header"] for c in one["columns"]] == headers and headers
            ),
            None,
        )
        if sheet["skipped"] or same is None:
            found.append((at, sheet, []))
        else:
            same.append(sheet["name"])
    return found


def answers_in(table: TableRequest, posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The changed answers of the form: sheet → column → meaning, "" = leave empty."""
    answers: dict[str, dict[str, str]] = {}
    for at, sheet, _alike in _shown(table):
        if sheet["skipped"]:
            continue
        for column in sheet["columns"]:
            value = posted.get(field_name(at, column["column"]), "")
            meaning = "" if value == LEAVE else value
            asked = column["state"] == ColumnState.ASKED
            if value and (meaning != column["meaning"] or asked) and _valid(meaning):
                answers.setdefault(sheet["name"], {})[column["column"]] = meaning
    return answers


def _valid(meaning: str) -> bool:
    try:
        return not meaning or bool(parse(meaning))
    except ValueError:
        return False


def unanswered(table: TableRequest, posted: Mapping[str, str]) -> list[str]:
    """Form fields of columns that must be answered and were not."""
    return [
        field_name(at, column["column"])
        for at, sheet, _alike in _shown(table)
        if not sheet["skipped"]
        for column in sheet["columns"]
        if column["state"] == ColumnState.ASKED and not posted.get(field_name(at, column["column"]))
    ]


def sheets_for(table: TableRequest, posted: Mapping[str, str]) -> list[Sheet]:
    """The sheets with what was answered so far."""
    made = []
    for at, sheet, alike in _shown(table):
        chosen = table.mapping.get(sheet["name"], {})
        columns = [_column(at, column, chosen, posted) for column in sheet["columns"]]
        made.append(Sheet(sheet["name"], sheet["skipped"], [] if sheet["skipped"] else columns, alike))
    return made


def _column(
    at: int, column: Mapping[str, Any], chosen: Mapping[str, str], posted: Mapping[str, str]
) -> Column:
    field, state = field_name(at, column["column"]), ColumnState(column["state"])
    value = posted.get(field, chosen.get(column["column"], ""))
    likely = [text for text in dict.fromkeys([column["meaning"], *column["offers"]]) if text and _valid(text)]
    return Column(
        field, column["column"], column["header"].replace("/", " / "), state, TONES[state.value],
        "" if value == LEAVE else value, round(100 * column["sure"]), column["why"],
        [(text, named(text)) for text in likely], state == ColumnState.ASKED,
    )  # fmt: skip


def all_meanings() -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything a column may be given, in groups."""
    marks = (
        "alone",
        "local",
        "floating",
        "resident",
        "rented",
        "owned",
        "head",
        "working",
        "student",
        "age:60-",
    )
    return [
        (_("登记册里的"), [(code, str(fact.called)) for code, fact in facts().items()]),
        (_("算出来的"), [(code, named(code)) for code in DERIVED if code not in ("formula",)]),
        (_("打勾的"), [(f"mark:{code}", named(f"mark:{code}")) for code in marks]),
    ]
