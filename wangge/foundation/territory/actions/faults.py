"""Faults of shapes in the reader's words: which grid, where, what next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _

from wangge.foundation.territory.geometry.checks import Problem
from wangge.foundation.territory.queries import names_of


@dataclass(frozen=True)
class Fault:
    """One reason why a file was refused; the place is (longitude, latitude) or None."""

    kind: str
    codes: tuple[str, ...]
    text: str
    place: tuple[float, float] | None = None

    @classmethod
    def unknown(cls, code: str, shape: shapely.Geometry) -> Fault:
        text = _("没有代码为 %(code)s 的现行网格；请核对代码和所属区域。") % {"code": code or _("（空）")}
        return cls("unknown_code", (code,), text, _first_point(shape))

    @classmethod
    def later_shape(cls, code: str, day: datetime.date) -> Fault:
        text = _("网格 %(code)s 在 %(day)s 已有更新的图形；生效日期不能早于它。")
        return cls("later_shape", (code,), text % {"code": code, "day": day.isoformat()})

    @classmethod
    def twice(cls, code: str) -> Fault:
        return cls("twice", (code,), _("文件中网格 %(code)s 出现了两次。") % {"code": code})

    @classmethod
    def file(cls, kind: str, text: str) -> Fault:
        """A fault of the whole file."""
        return cls(kind, (), text)


def told(problems: Iterable[Problem]) -> list[Fault]:
    """Problems of geometry as faults with names."""
    problems = list(problems)
    names = names_of(code for problem in problems for code in problem.codes)
    return [_told(problem, names) for problem in problems]


def _told(problem: Problem, names: dict[str, str]) -> Fault:
    named = [f"{names.get(code, '')}（{code}）" for code in problem.codes]
    values = {
        "one": named[0],
        "other": named[-1],
        "place": f"{problem.longitude:.6f}, {problem.latitude:.6f}",
        "size": f"{problem.size_m2:,.1f}",
    }
    place = (problem.longitude, problem.latitude)
    return Fault(problem.kind, problem.codes, _sentence(problem.kind) % values, place)


def _sentence(kind: str) -> str:
    return {
        "not_a_polygon": _("%(one)s 的图形不是多边形。"),
        "swapped": _("%(one)s 的经度和纬度写反了（%(place)s）；GeoJSON 应先经度后纬度。"),
        "not_degrees": _("%(one)s 的坐标不是经纬度（%(place)s）；请先转换为 WGS-84 经纬度再导入。"),
        "elsewhere": _("%(one)s 的坐标不在中国境内（%(place)s）；请核对坐标系。"),
        "self_intersection": _("%(one)s 的边界自相交，位置 %(place)s。"),
        "overlap": _("%(one)s 与 %(other)s 重叠 %(size)s 平方米，位置 %(place)s。"),
        "outside": _("%(one)s 超出 %(other)s 的边界 %(size)s 平方米，位置 %(place)s。"),
        "gap": _("%(one)s 内有 %(size)s 平方米没有网格覆盖，位置 %(place)s。"),
    }[kind]


def _first_point(shape: shapely.Geometry) -> tuple[float, float] | None:
    if shape is None or shape.is_empty:
        return None
    x, y = shapely.get_coordinates(shape)[0]
    return float(x), float(y)
