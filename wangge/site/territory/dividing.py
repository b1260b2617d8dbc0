"""Changing grids: describe, split and merge; each change is shown before it is made."""

from __future__ import annotations

from typing import Any

import shapely
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import actions, queries
from wangge.foundation.territory.actions.divide import joined, parts_of
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.geometry.cuts import CannotCut
from wangge.foundation.territory.geometry.measures import area_m2, collection, feature
from wangge.foundation.territory.models import Area
from wangge.foundation.territory.rules import NotPossible
from wangge.site.territory.console import picture_for
from wangge.site.territory.forms import DescribeForm, MergeForm, SplitForm
from wangge.site.territory.pictures import picture_of

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_WRITE)
@requires("area.divide")
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Name a grid, its party organisation and a remark."""
    grid = get_object_or_404(Area, code=code, level=Level.GRID)
    form = DescribeForm(
        request.POST or None, initial={key: getattr(grid, key) for key in DescribeForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        actions.describe_grid(actor=request.user, grid=grid, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("territory:area", code)
    return render(request, "territory/describe.html", {"form": form, "area": grid})


@require_http_methods(READ_OR_WRITE)
@requires("area.divide")
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Cut a grid by a line: draw, look, confirm."""
    grid = get_object_or_404(Area, code=code, level=Level.GRID)
    form = SplitForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "area": grid, "picture": picture_for(code, links=False)}
    if request.method == "POST" and form.is_valid():
        try:
            if "confirm" in request.POST:
                return _split(request, grid, form)
            context["parts"] = _preview_split(grid, form)
            context["preview"] = _pictured(context["parts"])
        except NotPossible as error:
            form.add_error(None, str(error))
    return render(request, "territory/split.html", context)


def _shape(grid: Area) -> shapely.Geometry:
    shape = queries.shape_on(grid.code)
    if shape is None:
        raise NotPossible(_("%(name)s 还没有图形；请先导入网格图形。") % {"name": grid.name})
    return shape


def _line(grid: Area, form: SplitForm) -> shapely.LineString:
    try:
        return form.line(_shape(grid))
    except CannotCut as error:
        raise NotPossible(_("切分线的两个端点相同；请点两个不同的位置。")) from error


def _preview_split(grid: Area, form: SplitForm) -> list[dict[str, Any]]:
    names = form.new_names()
    parts = parts_of(_shape(grid), _line(grid, form))
    return [
        _part(at, names[at - 1] if at <= len(names) else _("新网格 %(at)d") % {"at": at}, part)
        for at, part in enumerate(parts, start=1)
    ]


def _part(at: int, name: str, shape: shapely.Geometry) -> dict[str, Any]:
    return {"code": str(at), "name": name, "area_m2": round(area_m2(shape)), "shape": shape}


def _pictured(parts: list[dict[str, Any]]) -> Any:
    drawn = [feature(part["shape"], {"code": part["code"], "name": part["name"]}) for part in parts]
    return picture_of(collection(drawn), by="code", links=False)


def _split(request: HttpRequest, grid: Area, form: SplitForm) -> HttpResponse:
    data = form.cleaned_data
    new = actions.split(
        actor=request.user,
        grid=grid,
        line_or_parts=_line(grid, form),
        names=form.new_names(),
        on=data["on"],
        reason=data["reason"],
    )
    names = "、".join(area.name for area in new)
    messages.success(
        request, _("已拆分为 %(count)d 个网格：%(names)s。") % {"count": len(new), "names": names}
    )
    return redirect("territory:area", grid.parent_id)


@require_http_methods(READ_OR_WRITE)
@requires("area.divide")
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Put grids of one community together: choose, look, confirm."""
    community = get_object_or_404(Area, code=code, level=Level.COMMUNITY)
    form = MergeForm(request.POST or None, choices=queries.children_of(code))
    context: dict[str, Any] = {"form": form, "area": community, "picture": picture_for(code, links=False)}
    if request.method == "POST" and form.is_valid():
        try:
            if "confirm" in request.POST:
                return _merge(request, community, form)
            whole = joined([_shape(grid) for grid in form.cleaned_data["grids"]])
            context["parts"] = [_part(1, form.cleaned_data["into_name"] or _("合并后的网格"), whole)]
            context["preview"] = _pictured(context["parts"])
        except NotPossible as error:
            form.add_error(None, str(error))
    return render(request, "territory/merge.html", context)


def _merge(request: HttpRequest, community: Area, form: MergeForm) -> HttpResponse:
    data = form.cleaned_data
    new = actions.merge(
        actor=request.user,
        grids=list(data["grids"]),
        into_name=data["into_name"],
        on=data["on"],
        reason=data["reason"],
    )
    messages.success(request, _("已合并为 %(name)s。") % {"name": new.name})
    return redirect("territory:area", community.code)
