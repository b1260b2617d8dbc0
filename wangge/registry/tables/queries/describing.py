"""What is found in a blank workbook, as it is kept with the request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.ledgers.guards import Limits, Unreadable
from wangge.registry.ledgers.models import MappingMemory

from ..enums import ColumnState
from ..meanings import wording
from ..models import ColumnMemory
from ..recognition import Answer, Found, find, recognise, tallies
from ..workbook import Book, letters

LIMITS = Limits(file_bytes=20 * 1024 * 1024, unpacked_bytes=600 * 1024 * 1024, columns=200, sheets=150)
_ALL = re.compile(r"汇总|总表|全部|合计|总册")
_LOCAL = re.compile(r"(?:社区|村|村委会|居委会|街道|镇|网格)$")
_LEDGERS = tuple(
    (word, ledger)
    for ledger, words in (
        ("hukou", "户籍人口 户籍人员 户籍居民"),
        ("floating", "流动人口 流动人员"),
        ("outside", "外来"),
        ("abroad", "境外 港澳台"),
        ("lodging", "寄住"),
        ("absent", "空挂 人户分离"),
        ("staff", "企业人员 员工 职工 从业人员"),
    )
    for word in words.split()
)
_ASIDE = re.compile(r"^附件|[:：]|^单位|^\d+$")
_CALLED = re.compile(r"(?:表|册|台账|名单|底数|名录|登记簿|信息库|清单)$")
# What a table is about is no condition on its people.
_TOPICS = re.compile(
    r"(?:再?就业|失业|创业|居住|住房|婚姻|出租|租住|房屋)(?:情况|状况|信息|意愿|形式|调查|统计|摸底|服务|帮扶)"
    r"|就业(?!人员)|(?<!在校)(?:大中?)?学生"
)
_SAID_BY_LEDGER = {"floating", "outside", "resident", "local", "abroad"}


def describe(book: Book, area_code: str, unit: str = "") -> list[dict[str, Any]]:
    """Every sheet: its table with the meaning of each column, or why it is left alone.

    Raises Unreadable when no sheet can be filled: the reason of the first that has a table, else no_table.
    """
    memory = dict(ColumnMemory.objects.filter(area_code=area_code).values_list("header", "meaning"))
    facts = dict(MappingMemory.objects.filter(area_code=area_code).values_list("header", "fact"))
    areas = _areas_below(area_code)
    sheets, refused = [], list[Unreadable]()
    for page in book.pages:
        if page.hidden:
            sheets.append(_skipped(page.name, "hidden", "隐藏的工作表，不填。"))
            continue
        try:
            found = find(page, LIMITS)
            if found is None:
                sheets.append(_skipped(page.name, "no_table", "没有表头，照原样保留。"))
                continue
            sheets.append(_described(found, unit, memory, facts, areas))
        except Unreadable as broken:
            refused.append(broken)
            sheets.append(_skipped(page.name, broken.code, broken.message))
    _tell_apart(sheets)
    if not any(not sheet["skipped"] for sheet in sheets):
        raise refused[0] if refused else _nothing(book)
    return sheets


def _skipped(name: str, code: str, why: str) -> dict[str, Any]:
    return {"name": name, "skipped": why, "code": code, "columns": []}


def _nothing(book: Book) -> Unreadable:
    names = "、".join(f"“{page.name}”" for page in book.pages[:5])
    return Unreadable(
        "no_table",
        f"文件“{book.file_name}”的工作表{names}里没有找到表头（如 姓名、身份证号码、联系电话）。"
        "请确认表头在前 60 行，每列都有列名，再重新上传。",
    )


def _described(
    found: Found, unit: str, memory: Mapping[str, str], facts: Mapping[str, str], areas: Mapping[str, str]
) -> dict[str, Any]:
    chosen = unit
    unit, answers = recognise(found, unit, memory, facts)
    if not chosen and tallies(answers):
        raise _tally(found)
    ledger, conditions = proposed(found, answers)
    area, why = _area_of(found, areas)
    return {
        "name": found.page.name,
        "skipped": why,
        "code": "other_area" if why else "",
        "unit": str(unit),
        "area": area,
        "ledger": ledger,
        "filters": conditions,
        "title": _title(found),
        "header_rows": list(found.header),
        "first": found.first,
        "room": found.room,
        "columns": [_column(answer) for answer in answers],
    }


def _tally(found: Found) -> Unreadable:
    return Unreadable(
        "tally",
        f"文件“{found.page.book.file_name}”的工作表“{found.page.name}”一行是一个社区或网格、只要数量（汇总表），"
        "不是一人、一户、一房、一栋或一个单位一行的表，没有填。这些数在“四类台账”和“看板”里按区域看；"
        "也可以请部门改要一行一条的表。",
    )


def _title(found: Found) -> str:
    """What the table calls itself: not 附件2, not 填报单位：."""
    told = [text for text in found.titles if not _ASIDE.search(text)]
    return next((text for text in told if _CALLED.search(text)), next(iter(told), found.page.name))


def _column(answer: Answer) -> dict[str, Any]:
    return {
        "column": letters(answer.column),
        "header": answer.header,
        "state": str(answer.state),
        "meaning": answer.meaning,
        "sure": answer.sure,
        "why": answer.why,
        "offers": list(answer.offers),
    }


def proposed(found: Found, answers: Iterable[Answer]) -> tuple[str, list[str]]:
    """The ledger and the conditions that the title names."""
    said = " ".join((*found.titles, found.page.name, found.page.book.file_name.rpartition(".")[0]))
    ledger = next((code for word, code in _LEDGERS if word in said), "")
    if not ledger:
        facts = {answer.meaning for answer in answers}
        ledger = "floating" if {"arrive_date", "reason_come"} <= facts else "resident"
    conditions = [part for text in found.titles[:2] for part in _conditions(text)]
    return ledger, list(dict.fromkeys(conditions))


def _conditions(title: str) -> list[str]:
    """Only what a title says of people; that they are resident or floating is said by the ledger."""
    if len(title) > 40 or "：" in title or ":" in title:
        return []
    parts = wording.read(_TOPICS.sub("", title)).condition.split("&")
    if "head" in parts or sum(part.startswith("is:sex") for part in parts) > 1:
        return []
    return [part for part in parts if part and part not in _SAID_BY_LEDGER]


def _areas_below(area_code: str) -> dict[str, str]:
    """An area, and the communities and grids in it, by the names people use."""
    inside = prefix_filter("code", prefix_of(area_code))
    rows = territory.areas_in_reach().filter(inside, level__in=("town", "community", "grid"))
    found: dict[str, str] = {}
    for code, name in rows.order_by("-level", "code").values_list("code", "name"):
        for called in {name, territory.short_name(name)}:
            found.setdefault(called, code)
    return found


def _area_of(found: Found, areas: Mapping[str, str]) -> tuple[str, str]:
    """The area a sheet speaks of by its name: its code, or why it is left alone."""
    name = re.sub(r"^\d+[.、\s]*|\s|[（(].*[)）]", "", found.page.name)
    for called in (name, territory.short_name(name), f"{name}社区", f"{name}村"):
        if called in areas:
            return areas[called], ""
    if _LOCAL.search(name) and len(name) >= 3 and len(found.page.book.pages) > 1:
        return "", f"工作表“{found.page.name}”不是所选区域内的社区，没有填。"
    return "", ""


def _tell_apart(sheets: list[dict[str, Any]]) -> None:
    """The same table again, with nothing that says for whom: filled once, or everybody would stand twice."""
    seen: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        if sheet["skipped"] or sheet["area"] or _ALL.search(sheet["name"]):
            continue
        headers = tuple(column["header"] for column in sheet["columns"])
        if headers in seen:
            sheet["code"] = "same_table"
            sheet["skipped"] = (
                f"和工作表“{seen[headers]}”表头一样，看不出各填哪个社区，只填了前一张。按社区分表时，请把工作表改成社区的名字。"
            )
        elif any(other.get("area") and other["columns"] == sheet["columns"] for other in sheets):
            sheet["code"], sheet["skipped"] = "same_table", "别的工作表已按社区填写，这一张照原样保留。"
        seen.setdefault(headers, sheet["name"])


def count_states(sheets: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Columns by state; the same table on several sheets counts once."""
    counts = {str(state): 0 for state in ColumnState}
    for column in columns_once(sheets):
        counts[column["state"]] += 1
    return counts


def columns_once(sheets: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The columns of all tables, those of a table that is there for each community once."""
    seen: set[tuple[str, ...]] = set()
    found: list[Mapping[str, Any]] = []
    for sheet in sheets:
        headers = tuple(column["header"] for column in sheet["columns"])
        if not sheet["skipped"] and headers not in seen:
            seen.add(headers)
            found += sheet["columns"]
    return found
