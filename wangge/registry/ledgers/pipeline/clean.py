"""Raw columns of a chunk → clean facts, row by row the problems, and which rows cannot be taken at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from wangge.lib.cells import Problem, clean_column, clean_id
from wangge.lib.hukou import region_code

from ..dictionary.codes import CodeList, code_list, plain
from ..dictionary.facts import fact as fact_of

KINDS = {
    "name": "name",
    "id_no": "id",
    "phone": "phone",
    "sex": "sex",
    "mark": "yes_no",
    "uscc": "uscc",
    "date": "date",
    "number": "text",
}
WIDTHS = {"hukou_address": 200, "residence": 200, "guardian": 60, "emergency_contact": 60, "school": 80}
# Whoever a row is about when it has no plain 姓名 column: renter of a rental sheet, head, owner.
STAND_INS = ("renter", "head", "owner")


@dataclass(frozen=True)
class CleaningContext:
    """demo: accept demo identities; today: births lie before it; home: six digits of the district."""

    demo: bool
    today: date
    home: str


@dataclass
class Cleaned:
    """values: fact → column; refused: rows that cannot be taken; problems: (row in chunk, fact, code)."""

    values: dict[str, pl.Series]
    refused: list[bool] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def stand_in(facts: Mapping[int, str]) -> str:
    """Whose columns name the person of a row: "" for the usual 姓名, else renter, head or owner; "-" for a
    sheet that names organisations and nobody."""
    known = set(facts.values())
    if "name" in known:
        return ""
    return next((who for who in STAND_INS if f"{who}_name" in known), "-")


def clean_chunk(columns: Mapping[str, Sequence[Any]], context: CleaningContext) -> Cleaned:
    """Clean a chunk given as fact → raw cells."""
    count = len(next(iter(columns.values())))
    cleaned = Cleaned(values={}, refused=[False] * count)
    for fact, raw in columns.items():
        values, problems = _clean_fact(fact, raw, context)
        cleaned.values[fact] = _as_text(values)
        cleaned.problems += [(row, fact, problem.code) for row, problem in problems.items()]
        _refuse(cleaned, fact, problems)
    _read_by_kind(cleaned, columns, context)
    _move_stand_in(cleaned)
    _require_name(cleaned)
    _agree_with_id(cleaned)
    _derive_hukou(cleaned, context)
    cleaned.problems.sort(key=lambda problem: problem[0])
    return cleaned


def _clean_fact(
    fact: str, raw: Sequence[Any], context: CleaningContext
) -> tuple[Sequence[Any], dict[int, Problem]]:
    entry = fact_of(fact)
    if entry.kind == "code":
        return _clean_codes(raw, code_list(entry.codes))
    kind = "birth" if fact == "birth" else KINDS.get(entry.kind, "text")
    values, problems = clean_column(kind, raw, demo=context.demo, today=context.today)
    if kind == "text":
        width = WIDTHS.get(fact, 120)
        values = [v[:width] if v is not None and len(v) > width else v for v in values]
    return values, problems


def clean_one(fact: str, raw: Any, *, demo: bool, today: date, home: str = "") -> tuple[str, str]:
    """One cell by itself: its value as the register keeps it ("" when there is none) and a problem's code."""
    values, problems = _clean_fact(fact, [raw], CleaningContext(demo, today, home))
    text = str(_as_text(values)[0] or "")
    if fact_of(fact).kind == "region" and text:
        text = region_code(text[:24], home)
        return text, "" if text else "code_unknown"
    return text, problems[0].code if problems else ""


TRAVEL = {"414": "passport", "511": "taiwan_travel", "516": "hk_macao_travel"}  # GA/T 517


def _read_by_kind(cleaned: Cleaned, columns: Mapping[str, Sequence[Any]], context: CleaningContext) -> None:
    """A number that is no resident's is read again as the document its row says it is."""
    if "id_type" not in cleaned.values or "id_no" not in columns:
        return
    kinds, numbers = cleaned.values["id_type"].to_list(), cleaned.values["id_no"].to_list()
    for row, fact, _code in list(cleaned.problems):
        if fact != "id_no" or kinds[row] not in TRAVEL:
            continue
        cell = clean_id(columns["id_no"][row], TRAVEL[kinds[row]], context.demo, context.today)
        if cell.value:
            numbers[row], cleaned.refused[row] = cell.value, False
            cleaned.problems = [p for p in cleaned.problems if p[:2] != (row, "id_no")]
    cleaned.values["id_no"] = pl.Series(numbers, dtype=pl.String)


def _clean_codes(raw: Sequence[Any], codes: CodeList) -> tuple[list[str | None], dict[int, Problem]]:
    """Unknown words of a code list are a problem of that cell only."""
    memo: dict[Any, str | None] = {}
    problems: dict[int, Problem] = {}
    keys = raw if set(map(type, raw)) <= {str, type(None)} else [(type(cell), cell) for cell in raw]
    unknown = set()
    for key in set(keys):
        cell = key[1] if type(key) is tuple else key
        memo[key] = None if cell is None or not plain(cell) else codes.find(cell)
        if memo[key] is None and cell is not None and plain(cell):
            unknown.add(key)
    if unknown:
        problems = {row: Problem("code_unknown") for row, key in enumerate(keys) if key in unknown}
    return [memo[key] for key in keys], problems


def _as_text(values: Sequence[Any]) -> pl.Series:
    probe = next((v for v in values if v is not None), None)
    if isinstance(probe, date):
        return pl.Series(values, dtype=pl.Date).cast(pl.String)
    if isinstance(probe, bool):
        return pl.Series(["1" if v else "0" if v is not None else None for v in values], dtype=pl.String)
    return pl.Series(values, dtype=pl.String, strict=False)


def _refuse(cleaned: Cleaned, fact: str, problems: dict[int, Problem]) -> None:
    """A person who cannot be told apart is not written: wrong names and wrong id numbers refuse the row."""
    if fact in ("name", "id_no"):
        for row, problem in problems.items():
            if problem.error:
                cleaned.refused[row] = True


def _move_stand_in(cleaned: Cleaned) -> None:
    who = stand_in(dict(enumerate(cleaned.values)))
    if who in ("", "-"):
        return
    for fact in ("name", "id_no", "phone"):
        if f"{who}_{fact}" in cleaned.values:
            column = cleaned.values.pop(f"{who}_{fact}")
            held = cleaned.values.get(fact)
            cleaned.values[fact] = column if held is None else held.fill_null(column)
    if who == "renter":
        _owners_of_vacant(cleaned)
    errors = {row for row, fact, code in cleaned.problems if fact in (f"{who}_name", f"{who}_id_no")}
    names = cleaned.values["name"].is_null().to_list()
    ids = cleaned.values.get("id_no")
    for row in errors:
        cleaned.refused[row] = names[row] or (ids is not None and ids[row] is None)
    if who == "owner":
        cleaned.values["owns"] = pl.Series(["1"] * len(cleaned.refused), dtype=pl.String)


def _owners_of_vacant(cleaned: Cleaned) -> None:
    """Where a ledger of tenants names none, the row is its owner's."""
    owner = cleaned.values.get("owner_name")
    blank = {row for row, fact, code in cleaned.problems if (fact, code) == ("renter_name", "name_vacant")}
    cleaned.problems = [p for p in cleaned.problems if p[0] not in blank or p[1] != "renter_name"]
    if owner is None:
        return
    wrong = {row for row, fact, _code in cleaned.problems if fact in ("renter_name", "renter_id_no")}
    vacant = (cleaned.values["name"].is_null() & owner.is_not_null()).to_list()
    mine = pl.Series([empty and row not in wrong for row, empty in enumerate(vacant)], dtype=pl.Boolean)
    if not mine.any():
        return
    for fact in ("name", "id_no", "phone"):
        told = cleaned.values.get(f"owner_{fact}")
        held = cleaned.values.get(fact, pl.Series([None] * len(mine), dtype=pl.String))
        if told is not None:
            cleaned.values[fact] = held.zip_with(~mine, told)
    cleaned.values["owns"] = pl.Series(["1" if own else None for own in mine], dtype=pl.String)


def _require_name(cleaned: Cleaned) -> None:
    if "name" not in cleaned.values:
        return
    named = {row for row, fact, _code in cleaned.problems if fact in ("name", "renter_name", "owner_name")}
    for row in cleaned.values["name"].is_null().arg_true().to_list():
        cleaned.refused[row] = True
        if row not in named:
            cleaned.problems.append((row, "name", "name_missing"))


def _agree_with_id(cleaned: Cleaned) -> None:
    """Birth and sex follow the id number (GB 11643); a ledger that says otherwise is noted."""
    ids = cleaned.values.get("id_no")
    if ids is None:
        return
    resident = ids.str.len_chars() == 18
    born = ids.str.slice(6, 4) + "-" + ids.str.slice(10, 2) + "-" + ids.str.slice(12, 2)
    odd = ids.str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1
    sexes = pl.select(pl.when(odd).then(pl.lit("1")).otherwise(pl.lit("2"))).to_series()
    settled = set(resident.fill_null(False).arg_true().to_list())  # the id tells, whatever the cell says
    vague = {row for row, fact, _code in cleaned.problems if fact == "birth"}
    cleaned.problems = [p for p in cleaned.problems if p[1] not in ("birth", "sex") or p[0] not in settled]
    for fact, truth in (("birth", born), ("sex", sexes)):
        told = cleaned.values.get(fact)
        if told is not None:
            differs = (resident & (told != truth)).fill_null(False).arg_true().to_list()
            cleaned.problems += [
                (row, fact, f"{fact}_disagrees_with_id")
                for row in differs
                if row not in vague or fact == "sex"
            ]
        base = told if told is not None else pl.Series([None] * len(ids), dtype=pl.String)
        cleaned.values[fact] = pl.select(
            pl.when(resident.fill_null(False)).then(truth).otherwise(base)
        ).to_series()


def _derive_hukou(cleaned: Cleaned, context: CleaningContext) -> None:
    """The region of the household register, from its own column or from the hukou address."""
    told = cleaned.values.get("hukou_region")
    address = cleaned.values.get("hukou_address")
    if told is None and address is None:
        return
    regions: list[str | None] = [None] * len(cleaned.refused)
    for column in (address, told):
        if column is not None:
            for row, text in enumerate(column.to_list()):
                if text:
                    regions[row] = region_code(text[:24], context.home) or regions[row]
    cleaned.values["hukou_region"] = pl.Series(regions, dtype=pl.String)
