"""What stands around a table and holds for all its rows: 丰雅花园3栋住户登记表, 第1网格."""

from __future__ import annotations

import re

HAN = "\u4e00-\u9fff"
_ESTATE = re.compile(
    rf"([{HAN}]{{2,12}}?(?:小区|花园|花苑|家园|公寓|新村|宿舍|豪庭|名苑|雅苑|山庄|新城|雅居|华庭|名庭|嘉园|公馆|苑))"
)
_BUILDING = re.compile(
    r"(?:第)?([A-Za-z]?\d{1,3}[A-Za-z]?|[一二三四五六七八九十]{1,3}|[A-Za-z])(号楼|栋|幢|座|#楼)"
)
_GRID = re.compile(rf"((?:[{HAN}]{{2,8}}?(?:社区|村))?第?[\d一二三四五六七八九十]{{1,3}}号?网格)")
_COMMUNITY = re.compile(rf"^([{HAN}]{{2,8}}?(?:社区|村委会|居委会|行政村))(?:居委会|居民委员会)?$")
_ADDRESS = re.compile(r"(?:地址|住址|门牌)\s*[:：]\s*(\S+)")
_FIRM = re.compile(
    r"([\u4e00-\u9fff（）()A-Za-z\d]{2,50}?(?:有限责任公司|有限公司|股份公司|集团|公司|厂|商行|经营部|幼儿园|学校|医院))"
)
# What stands before the name of an estate: the year, the areas it lies in.
_AREAS = re.compile(r"^.*(?:街道办?|(?<![小社园])区|镇|社区|居委会|村委会)(?=..)")
_YEAR = re.compile(r"^.*?\d{4}\s*年度?(?:\d{1,2}月)?")


def estate_in(text: str) -> str:
    """The estate a title names, "" when none."""
    found = _ESTATE.search(_AREAS.sub("", _YEAR.sub("", text.strip())))
    return found[1] if found else ""


def building_in(text: str) -> str:
    """The building a title or a sheet's name names: 丰雅花园3栋住户 → 3栋."""
    found = _BUILDING.search(text)
    return found[1] + found[2] if found else ""


def grid_in(text: str) -> str:
    """The grid a title or a sheet's name names: 第一网格人员名册 → 第一网格."""
    found = _GRID.search(_AREAS.sub("", _YEAR.sub("", text.strip())))
    return found[1] if found else ""


def firm_in(text: str) -> str:
    """The firm a title names: 某某有限公司员工花名册 → 某某有限公司."""
    found = _FIRM.search(_YEAR.sub("", text.strip()))
    return found[1] if found else ""


def heading(text: str) -> tuple[str, str]:
    """What a line between two groups of rows says of those below: (header, value), ("", "") when nothing.

    Example: "3栋（共20户）" → ("楼栋", "3栋"); "第1户 地址：丰雅花园1栋101" → ("现住址", "丰雅花园1栋101").
    """
    text = text.strip()
    if found := _ADDRESS.search(text):
        return "现住址", found[1]
    if len(text) > 30:
        return "", ""
    if grid_in(text):
        return "网格", grid_in(text)
    if building_in(text):
        return "楼栋", estate_in(text) + building_in(text)
    if found := _COMMUNITY.match(text):
        return "社区", found[1]
    return ("工作单位", firm_in(text)) if firm_in(text) else ("", "")
