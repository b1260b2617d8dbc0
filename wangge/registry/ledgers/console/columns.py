"""What the columns page shows and takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..dictionary import code_list, facts
from ..models import Batch
from ..outgoing.regions import region_name

LEAVE_OUT = "-"
KINDS = {
    "residents": "居民登记",
    "floating": "流动人口登记",
    "staff": "企业人员名册",
    "rental": "出租屋登记",
    "households": "户册",
    "organisations": "企业和场所名册",
}
REASONS = {
    "exact": "名称相同",
    "contains": "名称包含",
    "fuzzy": "名称相近",
    "pinyin": "读音相同",
    "remembered": "上次这样选",
    "values": "看内容像",
}


@dataclass
class Column:
    """One column on the page: its form field, what is proposed or chosen, what else it may be."""

    field: str
    header: str
    fact: str
    percent: int
    reason: str
    ask: bool
    dropped: str
    samples: list[str]
    likely: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    missing: bool = False


@dataclass
class Sheet:
    """One sheet on the page."""

    name: str
    skipped: str
    rows: int = 0
    kind: str = ""
    notes: list[str] = dataclasses.field(default_factory=list)
    columns: list[Column] = dataclasses.field(default_factory=list)


def field_name(sheet: int, column: int) -> str:
    """The form field of a column: sheets may be called anything, so they are numbered."""
    return f"c-{sheet}-{column}"


def _kept(batch: Batch) -> list[tuple[int, dict[str, Any]]]:
    return [(at, sheet) for at, sheet in enumerate(batch.sheets) if not sheet["skipped"]]


def answers_in(batch: Batch, posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The answers of the form as the pipeline takes them: sheet → column → fact, "" = leave out."""
    answers: dict[str, dict[str, str]] = {}
    for at, sheet in _kept(batch):
        for column in sheet["columns"]:
            value = posted.get(field_name(at, column["index"]), "")
            if value == LEAVE_OUT or value in facts():
                answers.setdefault(sheet["name"], {})[str(column["index"])] = (
                    "" if value == LEAVE_OUT else value
                )
    return answers


def unanswered(batch: Batch, posted: Mapping[str, str]) -> list[str]:
    """Form fields of columns that must be answered and were not."""
    return [
        field_name(at, column["index"])
        for at, sheet in _kept(batch)
        for column in sheet["columns"]
        if column["ask"] and not posted.get(field_name(at, column["index"]))
    ]


def sheets_for(batch: Batch, answers: Mapping[str, Mapping[str, str]]) -> list[Sheet]:
    """The sheets with what was answered so far."""
    shown = []
    for at, sheet in enumerate(batch.sheets):
        if sheet["skipped"]:
            shown.append(Sheet(sheet["name"], sheet["skipped"]))
            continue
        chosen = batch.mapping.get(sheet["name"], {}) | dict(answers.get(sheet["name"], {}))
        columns = [_column(at, column, chosen) for column in sheet["columns"]]
        shown.append(
            Sheet(
                sheet["name"],
                "",
                sheet["rows"],
                KINDS.get(sheet.get("kind", ""), ""),
                sheet.get("notes", []),
                columns,
            )
        )
    return shown


def _column(at: int, column: dict[str, Any], chosen: Mapping[str, str]) -> Column:
    fact = chosen.get(str(column["index"]), "")
    likely = [code for code in dict.fromkeys([column["fact"], *column["alternatives"]]) if code in facts()]
    return Column(
        field_name(at, column["index"]),
        column["header"] or _("（没有列名）"),
        fact,
        round(100 * column["score"]),
        REASONS.get(column["reason"], ""),
        column["ask"],
        column["dropped"],
        column["samples"],
        [(code, facts()[code].name) for code in likely],
    )


def all_facts() -> list[tuple[str, str]]:
    """Every fact a column may mean."""
    return [(code, fact.name) for code, fact in facts().items()]


TIES = {
    "lives": "现住",
    "hukou": "户籍",
    "works": "就业",
    "owns": "产权",
    "rents": "承租",
    "member": "成员",
    "cares": "照护",
}


def names_of(codes: Iterable[str]) -> list[str]:
    """Facts and kinds of ties by the names people know."""
    return [facts()[code].name if code in facts() else TIES.get(code, code) for code in codes]


def _said(fact: str, value: str) -> str:
    """A coded value by its label."""
    if fact == "hukou_region":
        return region_name(value)
    codes = facts()[fact].codes if fact in facts() else ""
    return code_list(codes).label(value) if codes and value else value


def named_changes(examples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Examples of a dry run with the names of what changes."""
    for example in examples:
        for change in example.get("changes", []):
            change["label"] = names_of([change["fact"]])[0]
            change["held"], change["offered"] = (
                _said(change["fact"], change[side]) for side in ("held", "offered")
            )
    return examples
