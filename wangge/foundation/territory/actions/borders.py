"""Moving the border between grids, within a community or between two of one town; and taking it back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import rules
from wangge.foundation.territory.actions.divide import must_be_same_ground, open_shape
from wangge.foundation.territory.actions.faults import Fault, told
from wangge.foundation.territory.actions.history import note_change
from wangge.foundation.territory.actions.shapes import faults_beside_others, replace_shape, shapes_changed
from wangge.foundation.territory.enums import ChangeKind
from wangge.foundation.territory.geometry import checks
from wangge.foundation.territory.geometry.measures import as_text
from wangge.foundation.territory.models import Area, AreaChange, GridShape, Outline
from wangge.foundation.territory.queries import outlines_on
from wangge.foundation.territory.rules import NotPossible
from wangge.lib.scoping import EVERYWHERE, within

_SEAM = 1e-12  # degrees: see geometry.cuts
Shapes = Mapping[str, shapely.Polygon]


@transaction.atomic
def move_border(
    *, actor: Any, grids: Sequence[Area], shapes: Shapes, on: datetime.date, reason: str = ""
) -> list[Area]:
    """Give neighbouring grids new shapes over the same ground, from ``on`` on; their codes stay. Between
    grids of two communities of one town the communities' outlines move along.

    Args:
        shapes: the new polygon of every grid by code.

    Raises:
        NotPossible: the new shapes overlap, leave ground out, take ground from others, or the grids are
            of different towns or kinds.
    """
    codes = sorted(grid.code for grid in grids)
    list(Area.objects.select_for_update().filter(code__in=codes).order_by("code"))  # one change at a time
    outlines = check_border(grids=grids, shapes=shapes, on=on)
    for grid in grids:
        replace_shape(grid, shapes[grid.code], on, demo=grid.demo)
    for code, outline in outlines.items():
        _replace_outline(code, outline, on, demo=grids[0].demo)
    shapes_changed()
    for community in sorted({code[:12] for code in codes}):
        note_change(
            actor, ChangeKind.BORDER, "area.border_moved", before=codes, after=codes, on=on, reason=reason,
            community=community,
        )  # fmt: skip
    return list(grids)


def check_border(*, grids: Sequence[Area], shapes: Shapes, on: datetime.date) -> dict[str, shapely.Geometry]:
    """Whether the border may move so; returns the outlines that move along, by community.

    Raises:
        NotPossible: as ``move_border``, naming which grids and where.
    """
    rules.must_be_several(grids)
    rules.must_be_grids_in_force(grids, on)
    rules.must_share_a_town(grids)
    if set(shapes) != {grid.code for grid in grids}:
        raise NotPossible(_("请为每个参与调整的网格提供新的图形。"))
    old = {grid.code: open_shape(grid, on) for grid in grids}
    must_be_same_ground(shapely.union_all(list(old.values())), list(shapes.values()))
    outlines = _moved_outlines(old, shapes, on)
    if faults := _new_faults(old, shapes, outlines, on):
        raise NotPossible(" ".join(fault.text for fault in faults[:5]))
    return outlines


def _new_faults(
    old: Mapping[str, shapely.Geometry],
    new: Shapes,
    outlines: Mapping[str, shapely.Geometry],
    on: datetime.date,
) -> list[Fault]:
    """What the change makes wrong; faults that were there before do not stand in its way."""
    alone = [problem for code, shape in new.items() for problem in checks.faults_of_one(code, shape)]
    if alone:
        return told(alone)
    before = {(p.kind, p.codes, round(p.size_m2)) for p in faults_beside_others(old, on)}
    found = faults_beside_others(new, on, outlines)
    return told(
        problem for problem in found if (problem.kind, problem.codes, round(problem.size_m2)) not in before
    )


def _moved_outlines(
    old: Mapping[str, shapely.Geometry], new: Shapes, on: datetime.date
) -> dict[str, shapely.Geometry]:
    """The outlines of communities between which ground moves; none within one community."""
    communities = sorted({code[:12] for code in old})
    held = outlines_on(on, communities)
    moved: dict[str, shapely.Geometry] = {}
    for community, outline in held.items():
        own = {code for code in old if code[:12] == community}
        gained = [_common(new[mine], old[code]) for mine in own for code in old if code not in own]
        lost = [_common(old[mine], new[code]) for mine in own for code in old if code not in own]
        if any(not part.is_empty for part in (*gained, *lost)):
            joined = shapely.union_all([outline.difference(shapely.union_all(lost)), *gained])
            moved[community] = joined.simplify(_SEAM, preserve_topology=True)
    return moved


def _common(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    """The ground both hold; borders alone are no ground."""
    parts = [part for part in shapely.get_parts(one.intersection(other)) if part.geom_type == "Polygon"]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _replace_outline(code: str, shape: shapely.Geometry, on: datetime.date, *, demo: bool) -> None:
    with within(EVERYWHERE):
        current = Outline.objects.filter(area_id=code, valid_to=None)
        if not current.filter(valid_from=on).update(polygon=as_text(shape)):
            current.update(valid_to=on)
            Outline.objects.create(area_id=code, valid_from=on, polygon=as_text(shape), demo=demo)


@transaction.atomic
def withdraw_border(*, actor: Any, change: AreaChange, reason: str = "") -> None:
    """Take a moved border back before its day: what was there stays. The plan keeps its rows, which are
    never in force.

    Raises:
        NotPossible: in force already, withdrawn already, no border, or changed on top since.
    """
    with within(EVERYWHERE):
        row = AreaChange.objects.select_for_update().get(pk=change.pk)
        same = AreaChange.objects.filter(
            kind=row.kind, on=row.on, from_codes=row.from_codes, withdrawn_at=None
        )
        _must_be_withdrawable(row, [one.pk for one in same])
        _take_back(GridShape.objects.filter(grid_id__in=row.from_codes), row.on)
        communities = {code[:12] for code in row.from_codes}
        _take_back(Outline.objects.filter(area_id__in=communities), row.on)
        same.update(withdrawn_at=timezone.now())
        shapes_changed()
        data = {"on": row.on.isoformat(), "from": row.from_codes, "to": row.to_codes}
        for community in sorted(communities):
            journal.record(
                "area.change_withdrawn", actor=actor, area=community, subject=row, reason=reason, data=data
            )


def _must_be_withdrawable(row: AreaChange, same: Sequence[int]) -> None:
    if row.withdrawn_at is not None:
        raise NotPossible(_("这次调整已经撤回。"))
    if row.kind != ChangeKind.BORDER:
        raise NotPossible(_("拆分和合并不能撤回；请再做一次合并或拆分。"))
    if row.on <= timezone.localdate():
        raise NotPossible(_("这次调整已经生效，不能撤回；请再调整一次边界。"))
    later = AreaChange.objects.filter(on__gte=row.on, withdrawn_at=None).exclude(pk__in=same)
    if any(set(one.from_codes) & set(row.from_codes) for one in later):
        raise NotPossible(_("这些网格在同一天或之后还有别的调整；请先撤回后面的。"))


def _take_back(rows: Any, on: datetime.date) -> None:
    """End what begins on the day the day it begins, and let what it ended go on."""
    rows.filter(valid_from=on, valid_to=None).update(valid_to=on)
    rows.filter(valid_to=on).exclude(valid_from=on).update(valid_to=None)
