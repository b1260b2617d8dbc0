"""汇报材料: one page made of live figures, as plain sentences and a table (S11, S31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..enums import Kind
from ..models import Stop, Tour
from ..reading.page import Briefing, Table
from .counted import DAYS
from .figures import Figure, Figures, figures_at
from .places import area_words
from .problems import ProblemLine, lines_of, problems_of
from .tours import called, stops_of

MOST = 10  # open problems on the page


def briefing_of(tour: Tour, stop: Stop | None = None) -> Briefing:
    """The page of a whole tour, or of one of its stops; numbers without their rows.

    Args:
        stop: of the tour and inside the reach; None is all of them.
    """
    stops = [stop] if stop else stops_of(tour)
    names, now = called(stops), timezone.now()
    told = figures_at([(each.area_code, each.estate) for each in stops], lambda area, right: False)
    counted = list(zip(stops, told, strict=True))
    lines = lines_of(problems_of(tour, stop))
    waiting = [line for line in lines if not line.over]
    title = (
        _("%(place)s工作汇报") % {"place": names[stop.pk]}
        if stop
        else _("%(tour)s汇报材料") % {"tour": tour.title}
    )
    areas = area_words({each.area_code for each in stops})  # figures are the area's, whatever place it is
    said = [_opening(tour, names), *(_stop(areas[each.area_code], told) for each, told in counted)]
    said.append(_raised(lines))
    return Briefing(
        title, now, said,
        _one(counted[0][1]) if len(counted) == 1 else _several(counted, names),
        _waiting(waiting[:MOST]), _foot(now), max(0, len(waiting) - MOST), tour.example, len(counted),
    )  # fmt: skip


def _opening(tour: Tour, names: dict[int, str]) -> str:
    told = {"day": _day(tour.day), "lead": tour.lead or _("区领导"), "places": "、".join(names.values()),
            "kind": str(Kind(tour.kind).label)}  # fmt: skip
    said = [_("%(day)s，%(lead)s带队到%(places)s%(kind)s。") % told]
    if tour.posts:
        said.append(_("参加：%(posts)s。") % {"posts": "、".join(tour.posts)})
    if tour.topics:
        said.append(_("主题：%(topics)s。") % {"topics": tour.topics.rstrip("。.")})
    return "".join(said)


def _day(day: Any) -> str:
    return date_format(day, "Y-m-d")


def _stop(name: str, told: Figures) -> str:
    """A stop in sentences; every number is one of its figures."""
    numbers = {"place": name} | {
        key: f"{told.number(key):,}"
        for key in ("grids", "lives", "hukou", "households", "buildings", "rooms", "organisations")
    }
    said = [_(
        "%(place)s：有网格 %(grids)s 个，居住人口 %(lives)s 人，户籍人口 %(hukou)s 人，"
        "%(households)s 户；楼栋 %(buildings)s 栋，房屋 %(rooms)s 套，企业和单位 %(organisations)s 家。"
    ) % numbers]  # fmt: skip
    said += [_estate(told), _open(told), _shares(told)]
    return "".join(part for part in said if part)


def _estate(told: Figures) -> str:
    lives = told.one("estate.lives")
    if lives is None:
        return ""
    return _("其中%(estate)s居住人口 %(lives)s 人，%(households)s 户。") % {
        "estate": told.groups[0].name, "lives": lives.value,
        "households": f"{told.number('estate.households'):,}"}  # fmt: skip


def _open(told: Figures) -> str:
    systems = told.beginning("open.")
    number, late = sum(f.number or 0 for f in systems), sum(f.late for f in systems)
    if not number:
        return _("目前没有在办事项。")
    parts = "、".join(f"{f.label} {f.value}" for f in systems if f.number)
    said = {"number": f"{number:,}", "late": f"{late:,}", "parts": parts}
    return _("在办事项 %(number)s 件（%(parts)s），其中超时 %(late)s 件。") % said


def _shares(told: Figures) -> str:
    """The first of each system that is known; all of them stand in the table."""
    known: dict[str, Figure] = {}
    for figure in told.beginning("share."):
        if figure.value != "—":
            known.setdefault(figure.key.rpartition(".")[0], figure)
    if not known:
        return ""
    parts = "、".join(f"{f.label} {f.value}（{f.more.replace(' ', '')}）" for f in known.values())
    return _("近 %(days)d 天%(parts)s。") % {"days": DAYS, "parts": parts}


def _raised(lines: Sequence[ProblemLine]) -> str:
    if not lines:
        return _("到目前为止，现场没有提出问题。")
    decided, over = sum(line.decided for line in lines), sum(line.over for line in lines)
    late = sum(line.left.tone == "late" for line in lines)
    said = _("现场提出问题 %(all)d 个，其中当场交办 %(decided)d 件；已办结 %(over)d 件，超时 %(late)d 件。")
    return said % {
        "all": len(lines), "decided": decided, "over": over, "late": late}  # fmt: skip


def _one(told: Figures) -> Table:
    """Every figure of a stop, two beside each other."""
    cells = [[_label(group.name, f), _value(f)] for group in told.groups for f in group.figures]
    if len(cells) % 2:
        cells.append(["", ""])
    half = len(cells) // 2
    rows = [left + right for left, right in zip(cells[:half], cells[half:], strict=True)]
    return Table([_("指标"), _("数"), _("指标"), _("数")], rows)


def _label(group: object, figure: Figure) -> str:
    if figure.key.startswith("estate."):
        return f"{group} {figure.label}"
    return (
        _("在办%(system)s") % {"system": figure.label}
        if figure.key.startswith("open.")
        else str(figure.label)
    )


def _value(figure: Figure) -> str:
    return f"{figure.value}（{figure.more}）" if figure.more and figure.value != "—" else figure.value


def _several(counted: Sequence[tuple[Stop, Figures]], names: dict[int, str]) -> Table:
    """One row a stop, the figures that matter most."""
    heads = [
        _("调研点"),
        _("网格"),
        _("居住人口"),
        _("户"),
        _("房屋"),
        _("企业和单位"),
        _("在办事项"),
        _("超时"),
    ]
    keys = ("grids", "lives", "households", "rooms", "organisations")
    rows = []
    for stop, told in counted:
        systems = told.beginning("open.")
        more = [sum(f.number or 0 for f in systems), sum(f.late for f in systems)]
        numbers = [f"{number:,}" for number in [*(told.number(key) for key in keys), *more]]
        rows.append([names[stop.pk], *numbers])
    return Table(heads, rows)


def _waiting(lines: Sequence[ProblemLine]) -> Table:
    """What is not over yet."""
    heads = [_("编号"), _("问题"), _("交给"), _("完成期限"), _("进展")]
    return Table(heads, [
        [
            line.case.number, line.case.title, line.owner or _("村（社区）"),
            timezone.localtime(line.due).strftime("%Y-%m-%d") if line.due else "—",
            line.state + (f"（{line.left.words}）" if line.left.tone == "late" else ""),
        ]
        for line in lines
    ])  # fmt: skip


def _foot(now: datetime) -> str:
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    return _("数字由系统按登记册和事项现算，截至 %(at)s；分母为 0 的显示“—”。") % {"at": at}
