"""Invented people for the workbooks: region 999703 does not exist, phones begin with 100."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wangge.lib.identifiers import make_demo_id

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")


@dataclass(frozen=True)
class Someone:
    """One invented person."""

    name: str
    id_no: str
    sex: str
    birth: date
    phone: str
    home: str


def someone(number: int) -> Someone:
    """Return the invented person with this number, always the same one."""
    birth = date(1960, 1, 1) + timedelta(days=number * 397 % 15_000)
    male = number % 2
    return Someone(
        name=_SURNAMES[number % 16] + "试" + _GIVEN[number // 16 % 10],
        id_no=make_demo_id("999703", birth, (number * 2 + 1 - (1 - male)) % 1000),
        sex="男" if male else "女",
        birth=birth,
        phone=f"100{number:08d}",
        home=f"虚构路{number % 9 + 1}号{number % 5 + 1}栋{number % 6 + 1}0{number % 4 + 1}",
    )


def people(count: int, start: int = 1) -> list[Someone]:
    """Return `count` invented people."""
    return [someone(number) for number in range(start, start + count)]
