"""What the columns page shows and takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..dictionary import called, code_list, facts
from ..models import Batch
from ..outgoing.regions import region_name
from ..queries.adjudications import TIES
from .retold import retold

LEAVE_OUT = "-"
KINDS = {
    "residents": _lazy("居民登记"),
    "floating": _lazy("流动人口登记"),
    "staff": _lazy("企业人员名册"),
    "rental": _lazy("出租屋登记"),
    "households": _lazy("户册"),
    "organisations": _lazy("企业和场所名册"),
}
REASONS = {
    "exact": _lazy("名称相同"),
    "contains": _lazy("名称包含"),
    "fuzzy": _lazy("名称相近"),
    "pinyin": _lazy("读音相同"),
    "remembered": _lazy("上次这样选"),
    "values": _lazy("看内容像"),
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
            shown.append(Sheet(sheet["name"], retold(sheet["skipped"])))
            continue
        chosen = batch.mapping.get(sheet["name"], {}) | dict(answers.get(sheet["name"], {}))
        columns = [_column(at, column, chosen) for column in sheet["columns"]]
        shown.append(
            Sheet(
                sheet["name"],
                "",
                sheet["rows"],
                str(KINDS.get(sheet.get("kind", ""), "")),
                [retold(note) for note in sheet.get("notes", [])] + _told(sheet.get("told", {})),
                columns,
            )
        )
    return shown


def _told(told: Mapping[str, str]) -> list[str]:
    """What the title or the sheet's name says of all rows."""
    if not told:
        return []
    said = _("，").join(_("%(fact)s“%(value)s”") % {"fact": called(f), "value": v} for f, v in told.items())
    return [
        _("标题或表名写明了%(said)s，整张表都按此登记。不对的话，请改正标题或表名后重新上传。")
        % {"said": said}
    ]


def _column(at: int, column: dict[str, Any], chosen: Mapping[str, str]) -> Column:
    fact = chosen.get(str(column["index"]), "")
    likely = [code for code in dict.fromkeys([column["fact"], *column["alternatives"]]) if code in facts()]
    return Column(
        field_name(at, column["index"]),
        column["header"] or _("（没有列名）"),
        fact,
        round(100 * column["score"]),
        str(REASONS.get(column["reason"], "")),
        column["ask"],
        retold(column["dropped"]),
        column["samples"],
        [(code, called(code)) for code in likely],
    )


def all_facts() -> list[tuple[str, str]]:
    """Every fact a column may mean."""
    return [(code, str(fact.called)) for code, fact in facts().items()]


def names_of(codes: Iterable[str]) -> list[str]:
    """Facts and kinds of ties by the names people know."""
    return [called(code) if code in facts() else str(TIES.get(code, code)) for code in codes]


def _said(fact: str, value: str) -> str:
    """A coded value by its label."""
    if fact == "hukou_region":
        return region_name(value)
    codes = facts()[fact].codes if fact in facts() else ""
    return str(code_list(codes).called(value)) if codes and value else value


def named_changes(examples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Examples of a dry run with the names of what changes."""
    for example in examples:
        for change in example.get("changes", []):
            change["label"] = names_of([change["fact"]])[0]
            change["held"], change["offered"] = (
                _said(change["fact"], change[side]) for side in ("held", "offered")
            )
    return examples
