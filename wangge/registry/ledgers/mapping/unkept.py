"""Columns that are understood and yet leave nothing in the register, and why."""

from __future__ import annotations

from collections.abc import Collection

_WHY = {
    "remark": "备注里写什么的都有，登记册不存；要保留的内容请写进对应的列",
    "room_area": "房屋面积在走访时登记，不从台账导入",
}


def not_kept(fact: str, beside: Collection[str]) -> str:
    """Why a column of this fact is not written, "" when it is.

    Args: beside: the facts of the sheet's other columns; an age is told by a birth or an id number.
    """
    if fact != "age":
        return _WHY.get(fact, "")
    if {"birth", "id_no"} & set(beside):
        return "年龄由出生日期或证件号码算出，不另外登记"
    return "年龄每年都变，登记册只存出生日期，没有导入；请补上出生日期或证件号码"
