"""How clerks spell what they know: five kinds of dates, spaced and full-width ids, phones with +86."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from .ledgers import Residents

T = TypeVar("T")
WIDE = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
SEX = {True: ("男", "男", "男", "男性", "M", "1"), False: ("女", "女", "女", "女性", "F", "2")}
RELATION = {
    "02": ("户主", "户主", "本人"), "10": ("配偶", "妻", "爱人", "夫妻"), "20": ("子", "儿子", "长子"),
    "30": ("女", "女儿", "长女"), "40": ("孙子女", "孙", "孙"), "50": ("父母", "父母"),
    "80": ("其他", "儿媳"), "99": ("非亲属", "同住", "合租"), "": ("",),
}  # fmt: skip
EDUCATION = {
    "10": ("研究生",), "20": ("本科", "大学本科", "大学"), "30": ("大专", "专科"), "40": ("中专", "技校"),
    "60": ("高中",), "70": ("初中",), "80": ("小学",), "90": ("文盲",), "": ("", "/", "无"),
}  # fmt: skip
MARRIAGE = {
    "10": ("未婚", "未"),
    "20": ("已婚", "已婚", "有配偶"),
    "30": ("丧偶",),
    "40": ("离异", "离婚"),
    "": ("",),
}
REMARKS = ("", "", "", "", "", "", "电话常关机", "周末在家", "已核实", "老人独居，多留意")
IMPOSSIBLE = ("1990-02-30", "19871301", "2031.05.01", "不详", "88年")
EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass
class Spelling:
    """The dice, and the share of rows that get an error."""

    rng: np.random.Generator
    errors: float

    def dice(self, count: int) -> list[int]:
        """A number 0–999 per row."""
        return self.rng.integers(1000, size=count).tolist()


def spell(residents: Residents, spelling: Spelling, first: int) -> Iterator[list[object]]:
    """One row of 15 cells per person, in the order of ``ledgers.HEADER``."""
    count = len(residents)
    columns = [
        range(first, first + count),
        _column(spelling, residents.names, name_cell),
        _column(spelling, residents.male, lambda male, die: SEX[male][die % 6]),
        _column(spelling, residents.births, date_cell),
        _column(spelling, residents.ids, id_cell),
        _column(spelling, residents.phones, phone_cell),
        _column(spelling, residents.relations, lambda code, die: RELATION[code][die % len(RELATION[code])]),
        _column(spelling, residents.hukou, lambda text, die: text),
        _column(spelling, list(zip(residents.house, residents.label, strict=True)), address_cell),
        _column(spelling, residents.education, lambda code, die: EDUCATION[code][die % len(EDUCATION[code])]),
        _column(spelling, residents.marriage, lambda code, die: MARRIAGE[code][die % len(MARRIAGE[code])]),
        residents.employers,
        _column(
            spelling,
            residents.local,
            lambda local, die: ("户籍", "常住户籍")[die % 2] if local else ("流动", "外来")[die % 2],
        ),
        _column(spelling, residents.arrived, date_cell),
        _column(spelling, residents.names, lambda _name, die: REMARKS[die % len(REMARKS)]),
    ]
    wrong = (spelling.rng.random(count) < spelling.errors).tolist()
    kinds = spelling.dice(count)
    for row, is_wrong, kind in zip(zip(*columns, strict=True), wrong, kinds, strict=True):
        yield damaged(list(row), kind) if is_wrong else list(row)


def _column(spelling: Spelling, values: list[T], cell: Callable[[T, int], object]) -> list[object]:
    return [cell(value, die) for value, die in zip(values, spelling.dice(len(values)), strict=True)]


def damaged(row: list[object], kind: int) -> list[object]:
    """The row with one cell that cannot be right."""
    number = str(row[4])
    at, value = (
        (4, number[:-1] + ("1" if number[-1:] != "1" else "2") if number else "1234567"),  # check digit
        (4, float(f"{number[:15]}000") if number[:15].isdecimal() and len(number) > 17 else "4.40703E+17"),
        (3, IMPOSSIBLE[kind % len(IMPOSSIBLE)]),
        (5, "100123"),
        (1, ""),
        (4, number[:16] or "12345678901234567"),
    )[kind % 6]
    row[at] = value
    return row


def name_cell(name: str, die: int) -> str:
    """Names spaced out to equal width, or with blanks around."""
    if die < 60 and len(name) == 2:
        return f"{name[0]}　{name[1]}"
    return f" {name}" if die < 80 else f"{name} " if die < 100 else name


def date_cell(day: date | None, die: int) -> object:
    """Five spellings of a day, and the spreadsheet's own."""
    if day is None or die >= 985:
        return ""
    if die < 300:
        return day.isoformat()
    if die < 500:
        return f"{day.year}.{day.month}.{day.day}"
    if die < 650:
        return f"{day:%Y%m%d}"
    if die < 800:
        return f"{day.year}/{day.month}/{day.day}"
    if die < 900:
        return f"{day.year}年{day.month}月{day.day}日"
    return datetime(day.year, day.month, day.day) if day.year > 1900 else day.isoformat()


def id_cell(number: str, die: int) -> str:
    """Plain mostly; spaced, full-width, quoted or with a small x."""
    if len(number) != 18 or die < 780:
        return number
    if die < 850:
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    if die < 910:
        return number.translate(WIDE)
    if die < 950:
        return number.lower()
    return f"'{number}" if die < 980 else f"{number}\u00a0"


def phone_cell(phone: str, die: int) -> object:
    """With +86, dashes, as a number, or with a second one behind a slash."""
    if not phone or die < 600:
        return phone
    if die < 700:
        return int(phone)
    if die < 800:
        return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    if die < 870:
        return f"+86 {phone}"
    if die < 940:
        return phone.translate(WIDE)
    return f"{phone}/{phone[:-1]}{(int(phone[-1]) + 1) % 10}"


def address_cell(place: tuple[str, str], die: int) -> str:
    """The whole address, or without the town, with 幢 for 栋, with 室 or a dash before the door."""
    house, label = place
    if label and die % 5 == 0:
        label = label.replace("单元", "-") if "单元" in label else f"{label}室"
    elif label and die % 5 == 1:
        label = f"{label}房"
    if die < 250 and ("街道" in house or "镇" in house):
        house = house[house.index("街道") + 2 :] if "街道" in house else house[house.index("镇") + 1 :]
    elif die < 450:
        house = f"广东省江门市蓬江区{house.removeprefix('蓬江区')}"
    return (house.replace("栋", "幢") if die % 7 == 0 else house) + label
