"""Ledgers as workbooks: a plain one of any length, and the secretary's one for the tour."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_filter
from wangge.lib.sealing import unseal_many
from wangge.registry.people.models import Room, Tie

from .ground import Ground, load_ground, short_name
from .ledgers import HEADER, Residents, invent_residents, messy_rows, spelt

KNOWN_SHARE = 0.10
DOUBLED_ONE_IN = 60
GROUPS = (("", 1), ("人员基本情况", 5), ("户籍与居住", 3), ("社会情况", 4), ("登记", 2))
TITLE = "{name}居民信息台账（演示，人员均为虚构）"
HOME_COLUMN = HEADER.index("现住地址")


def write_messy(path: Path, n: int, seed: int = 1, *, title: str = "居民信息登记表（演示）") -> int:
    """A title row, the header and ``n`` messy rows in constant memory; returns how many."""
    options = {"constant_memory": True, "default_date_format": "yyyy/m/d", "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, [title])
        sheet.write_row(1, 0, HEADER)
        day = book.add_format({"num_format": "yyyy/m/d"})
        return _write_rows(sheet, messy_rows(n, seed), 2, day)


def _write_rows(
    sheet: xlsxwriter.worksheet.Worksheet, rows: Iterable[list[object]], at: int, day: object
) -> int:
    begun = at
    for row in rows:
        for column, value in enumerate(row):
            if type(value) is str:
                if value:
                    sheet.write_string(at, column, value)
            elif isinstance(value, (int, float)):
                sheet.write_number(at, column, value)
            else:
                sheet.write_datetime(at, column, value, day)
        at += 1
    return at - begun


def community_ledger(
    code: str, path: Path, *, rows: int = 300, seed: int = 1, mess: bool = False
) -> dict[str, int]:
    """The ledger a secretary keeps: title, two-row header, one address cell per household, 合计 at the foot.

    About a tenth of the people are in the register already.

    Args:
        code: 12 digits of the community.
        mess: more errors, a note above the title and a hidden old sheet.

    Returns:
        ``rows``, ``known`` (in the register already), ``doubled`` (named twice) and ``errors`` (spoilt rows).
    """
    known = known_residents(code, max(1, int(rows * KNOWN_SHARE)))
    doubled = rows // DOUBLED_ONE_IN
    fresh = invent_residents(max(1, rows - len(known) - doubled), seed, ground=_one_community(code))
    _house_in_empty_rooms(fresh, code)
    again = fresh.picked(range(0, len(fresh), max(1, len(fresh) // max(1, doubled)))[:doubled])
    share = 0.09 if mess else 0.05
    lines = list(spelt(known, seed, errors=0))
    clean = list(spelt(fresh, seed, errors=0, first=len(known) + 1))
    dirty = list(spelt(fresh, seed, errors=share, first=len(known) + 1))
    extra = list(spelt(again, seed + 1, errors=0, first=len(known) + len(fresh) + 1))
    homes = (
        [-1 - home for home in known.household] + fresh.household + list(range(-(10**9), len(extra) - 10**9))
    )
    _write_ledger(path, short_name(Area.objects.get(code=code).name), lines + dirty + extra, homes, mess)
    errors = sum(a != b for a, b in zip(clean, dirty, strict=True))
    total = len(lines) + len(dirty) + len(extra)
    return {"rows": total, "known": len(known), "doubled": len(extra), "errors": errors}


def _one_community(code: str) -> Ground:
    from django.utils import timezone

    ground = load_ground(timezone.localdate())
    rows = [row for row, community in enumerate(ground.communities) if community == code]
    lists = {
        name: [getattr(ground, name)[row] for row in rows]
        for name in ("codes", "communities", "names", "paths")
    }
    return Ground(**lists, urban=ground.urban[rows], shapes=[None] * len(rows))


def known_residents(code: str, count: int) -> Residents:
    """Demo people who live in the community, as the register has them, whole households together."""
    ties = Tie.objects.filter(
        prefix_filter("area_code", code),
        kind="lives",
        known_to=None,
        valid_to=None,
        person__demo=True,
        room__demo=True,
    ).exclude(person__id_sealed="")
    ties = ties.select_related("person", "room__building").order_by("household_id", "person_id")
    start = max(0, ties.count() - count) // 3
    ties = ties[start : start + count]
    people = [tie.person for tie in ties]
    rooms = [tie.room for tie in ties if tie.room is not None]  # all of them: the filter asks for a room
    local = [person.hukou_region == code[:6] for person in people]
    return Residents(
        names=[p.name for p in people], male=[p.sex == "1" for p in people], births=[p.birth for p in people],
        ids=unseal_many([p.id_sealed for p in people]), phones=unseal_many([p.phone_sealed for p in people]),
        relations=[tie.relation for tie in ties], hukou=[p.hukou_address for p in people],
        house=[room.building.address for room in rooms], label=[room.label for room in rooms],
        education=[p.education for p in people], marriage=[p.marriage for p in people],
        employers=[""] * len(people), local=local, arrived=[None] * len(people),
        household=[tie.household_id or 0 for tie in ties],
    )  # fmt: skip


def _house_in_empty_rooms(residents: Residents, code: str) -> None:
    """Newcomers move into rooms that stand empty, as far as there are any."""
    empty = Room.objects.filter(prefix_filter("area_code", code), state="vacant", demo=True).order_by("pk")
    rooms = list(empty.select_related("building")[: max(residents.household, default=0) + 1])
    for row, home in enumerate(residents.household):
        if home < len(rooms):
            residents.house[row], residents.label[row] = rooms[home].building.address, rooms[home].label
            if residents.local[row]:
                residents.hukou[row] = residents.house[row] + residents.label[row]


def _write_ledger(path: Path, name: str, rows: list[list[object]], homes: list[int], mess: bool) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("居民台账")
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        cell = book.add_format({"valign": "vcenter", "border": 1})
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, TITLE.format(name=name), bold)
        at = 1
        if mess:
            sheet.write(1, 0, f"填报单位：{name}　　填报人：　　　填报日期：2026年11月")
            at = 2
        _write_header(sheet, at, bold)
        _write_rows(sheet, rows, at + 2, book.add_format({"num_format": "yyyy/m/d"}))
        _merge_homes(sheet, rows, homes, at + 2, cell)
        foot = at + 2 + len(rows)
        sheet.write_row(foot, 0, ["合计", f"{len(rows)}人"])
        sheet.set_column(1, len(HEADER) - 1, 14)
        sheet.set_column(7, 8, 40)
        if mess:
            old = book.add_worksheet("2019年旧表")
            old.write_row(0, 0, HEADER[:6])
            old.write_row(1, 0, [1, "演示旧人", "男", "1950-01-01", "", ""])
            old.hide()


def _write_header(sheet: xlsxwriter.worksheet.Worksheet, at: int, style: object) -> None:
    """Groups above, columns below; a column without a group spans both rows."""
    column = 0
    for title, width in GROUPS:
        if not title:
            sheet.merge_range(at, column, at + 1, column, HEADER[column], style)
        else:
            sheet.merge_range(at, column, at, column + width - 1, title, style)
            sheet.write_row(
                at + 1,
                column,
                [f"{name}*" if name == "姓名" else name for name in HEADER[column : column + width]],
                style,
            )
        column += width


def _merge_homes(
    sheet: xlsxwriter.worksheet.Worksheet, rows: list[list[object]], homes: list[int], at: int, style: object
) -> None:
    """One address cell for all of a household."""
    start = 0
    for row in range(1, len(rows) + 1):
        if row == len(rows) or homes[row] != homes[start]:
            if row - start > 1:
                text = rows[start][HOME_COLUMN]
                sheet.merge_range(at + start, HOME_COLUMN, at + row - 1, HOME_COLUMN, text, style)
            start = row
