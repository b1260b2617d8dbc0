"""What travels down to one phone: whole areas it does not hold yet, and what changed in those it holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import shapely
from django.db.models import Count
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.foundation.territory.models import Area, GridShape, valid_on
from wangge.lib.scoping import EVERYWHERE, Reach, within
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Tie

from ..sections import Changed, Scope, Section, registered, sent_before
from .areas import areas_of
from .changes import TooMuch, changed_since, marks_of
from .cursor import Cursor, unpack
from .horizon import Horizon, horizon

A_PAGE = 3_000  # people, unless one area alone has more
AT_MOST = 12_000  # people on one phone


@dataclass
class Plan:
    """What one pull sends.

    Args:
        kept: areas the phone holds and keeps: only changes.
        fresh: areas it gets whole.
        left: areas it must forget; one that is also fresh is forgotten first.
        cut: areas beyond what one phone may hold.
        day: whether a new day has begun since.
    """

    kept: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    more: bool = False
    new_day: bool = False
    changed: Changed | None = None


def pull(user: User, since: str) -> dict[str, Any]:
    """One page for the user's phone, after the cursor ``since`` ("" or an unknown one: from the beginning).

    The horizon is read first, so that whatever is written meanwhile comes with the next pull.
    """
    seen, now, today = horizon(), timezone.now(), timezone.localdate()
    target = areas_of(user)
    marks = marks_of(target)
    cursor = unpack(since, now)
    plan = _plan(cursor, target, marks, today)
    if cursor is not None:
        try:
            plan.changed = changed_since(cursor, plan.kept)
        except TooMuch:
            cursor, plan = None, _plan(None, target, marks, today)
    with within(Reach(tuple(sorted(target)))):  # exactly what may lie on the phone
        sections, gone = _sections(user, plan, cursor)
    return _answer(plan, cursor, seen, today, target, marks) | {"sections": sections, "gone": gone}


def ahead(user: User) -> dict[str, list[dict[str, Any]]]:
    """What a phone that holds nothing can show while the first page is on its way. Nothing where all does not
    fit on one page: half a list would pass for the whole."""
    target = areas_of(user)
    plan = _plan(None, target, marks_of(target), timezone.localdate())
    if plan.more or plan.cut:
        return {}
    with within(Reach(tuple(sorted(target)))):
        scope = Scope(user, tuple(plan.fresh))
        return {name: rows for name, reader in sent_before().items() if (rows := reader(scope))}


def _plan(cursor: Cursor | None, target: dict[str, Area], marks: dict[str, str], today: date) -> Plan:
    held = cursor.held if cursor else {}
    kept = [code for code in held if code in target and held[code] == marks[code]]
    plan = Plan(kept=kept, left=[code for code in held if code not in kept])
    plan.new_day = cursor is not None and cursor.day != today
    if waiting := [code for code in target if code not in plan.kept]:
        _take(plan, waiting, _people_in(list(target)))
    return plan


def _take(plan: Plan, waiting: list[str], people: dict[str, int]) -> None:
    """As many whole areas as fit on a page, and no more than a phone may hold."""
    on_page, on_phone = 0, sum(people.get(code, 0) for code in plan.kept)
    for code in waiting:
        here = people.get(code, 0)
        if on_phone + here > AT_MOST and (plan.kept or plan.fresh):
            plan.cut.append(code)
        elif plan.fresh and on_page + here > A_PAGE:
            plan.more = True
        else:
            plan.fresh.append(code)
            on_page, on_phone = on_page + here, on_phone + here


def _people_in(codes: list[str]) -> dict[str, int]:
    homes = Tie._base_manager.filter(kind=TieKind.LIVES, area_code__in=codes, known_to=None, valid_to=None)
    counted = homes.order_by().values("area_code").annotate(n=Count("pk"))
    return {row["area_code"]: row["n"] for row in counted}


def _sections(
    user: User, plan: Plan, cursor: Cursor | None
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[str]]]:
    whole = Scope(user, tuple(plan.fresh))
    delta = Scope(user, tuple(plan.kept), cursor.moment if cursor else None, plan.changed)
    sent: dict[str, list[dict[str, Any]]] = {}
    gone: dict[str, list[str]] = {}
    for name, section in registered().items():
        rows, missing = _section(section, whole, delta, plan, cursor is None)
        if rows:
            sent[name] = rows
        if missing:
            gone[name] = missing
    return sent, gone


def _section(
    section: Section, whole: Scope, delta: Scope, plan: Plan, first: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    if first:
        return section.reader(whole), []
    if section.daily and plan.new_day:
        return section.reader(replace(whole, areas=delta.areas + whole.areas)), []
    rows = section.reader(delta)
    missing = section.gone(delta) if section.gone else []
    if whole.areas and section.placed:
        rows = rows + section.reader(whole)
        here = {row["id"] for row in rows}  # moved from one of the phone's areas into another
        missing = [key for key in missing if key not in here]
    return rows, missing


def _answer(
    plan: Plan,
    cursor: Cursor | None,
    seen: Horizon,
    today: date,
    target: dict[str, Area],
    marks: dict[str, str],
) -> dict[str, Any]:
    held = {code: marks[code] for code in [*plan.kept, *plan.fresh]}
    daily = [name for name, section in registered().items() if section.daily and plan.new_day]
    return {
        "cursor": Cursor(seen.entry, seen.moment, today, held).pack(),
        "full": cursor is None,
        "more": plan.more,
        "areas": _areas(target, list(held), today) if cursor is None or plan.fresh or plan.left else None,
        "left": plan.left,
        "cut": plan.cut,
        "whole": daily,
        "wipe": False,
    }


def _areas(target: dict[str, Area], codes: list[str], day: date) -> list[dict[str, Any]]:
    """All areas the phone holds after this page, in place of those it knew."""
    return [_area(target[code], shape) for code, shape in _shapes(codes, day).items()]


def _shapes(codes: list[str], day: date) -> dict[str, str | None]:
    with within(EVERYWHERE):
        rows = GridShape.objects.filter(valid_on(day), grid_id__in=codes)
        shapes: dict[str, str] = dict(rows.values_list("grid_id", "polygon"))
    return {code: shapes.get(code) for code in codes}


def _area(area: Area, polygon: str | None) -> dict[str, Any]:
    shape = shapely.from_geojson(polygon) if polygon else None
    return {
        "code": area.code, "name": area.name, "community": area.code[:12],
        "polygon": shapely.geometry.mapping(shapely.transform(shape, _rounded)) if shape else None,
        "lon": round(shape.centroid.x, 6) if shape else None,
        "lat": round(shape.centroid.y, 6) if shape else None,
    }  # fmt: skip


def _rounded(points: Any) -> Any:
    """A tenth of a metre is enough for a map in the hand, and a third of the bytes."""
    return points.round(6)
