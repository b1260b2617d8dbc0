"""Moving the border between two neighbouring grids on screen: draw or choose, look, confirm, take back."""

from __future__ import annotations

import datetime
from typing import Any

import shapely
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import actions, queries
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.geometry import borders
from wangge.foundation.territory.geometry.cuts import CannotCut
from wangge.foundation.territory.geometry.measures import area_m2, collection, feature
from wangge.foundation.territory.models import Area, AreaChange, GridShape
from wangge.foundation.territory.rules import NotPossible
from wangge.registry.people.queries import buildings_of_grids, moving
from wangge.site.territory.forms import BorderForm
from wangge.site.territory.pictures import picture_of

Shapes = dict[str, shapely.Polygon]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("area.divide")
def border(request: HttpRequest, code: str) -> HttpResponse:
    """The border of a grid: with ?with=… towards that neighbour, else which neighbours there are."""
    grid = get_object_or_404(Area, code=code, level=Level.GRID)
    wanted = request.GET.get("with", "")
    neighbours = queries.neighbours_of(grid, timezone.localdate())
    other = next((one for one in neighbours if one.code == wanted), None)
    if other is None:
        if wanted:
            raise Http404
        names = queries.names_of({one.code[:12] for one in neighbours})
        rows = [(one, names.get(one.code[:12], ""), one.code[:12] != code[:12]) for one in neighbours]
        return render(request, "territory/neighbours.html", {"area": grid, "rows": rows})
    return _between(request, grid, other)


def _between(request: HttpRequest, grid: Area, other: Area) -> HttpResponse:
    day = _newest([grid, other])
    placed = buildings_of_grids([grid.code, other.code], day)
    standing = [(one, at) for one, at in placed if one.lon is not None and one.lat is not None]
    form = BorderForm(
        request.POST or None, buildings=standing, names={grid.code: grid.name, other.code: other.name}
    )
    context: dict[str, Any] = {
        "form": form, "area": grid, "other": other, "unplaced": len(placed) - len(standing),
        "picture": _picture({one.code: _shape(one, day) for one in (grid, other)}, [grid, other]),
        "day": day.isoformat(),
        "dots": [[one.lon, one.lat, one.name] for one, _at in standing],
        "across": grid.code[:12] != other.code[:12],
        "sees_people": all(may(request.user, "person.view", one.code) for one in (grid, other)),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            shapes = _drawn(grid, other, form)
            if "confirm" in request.POST:
                return _confirm(request, [grid, other], shapes, form)
            context |= _preview([grid, other], shapes, form)
        except NotPossible as error:
            form.add_error(None, str(error))
    return render(request, "territory/border.html", context)


def _newest(grids: list[Area]) -> datetime.date:
    """The day from which the newest shapes hold, today at the earliest: changes build on one another."""
    begun = GridShape.objects.filter(grid__in=[grid.code for grid in grids], valid_to=None)
    return max(timezone.localdate(), *begun.values_list("valid_from", flat=True))


def _shape(grid: Area, day: datetime.date) -> shapely.Polygon:
    shape = queries.shape_on(grid.code, day)
    if shape is None:
        raise NotPossible(_("%(name)s 还没有图形；请先导入网格图形。") % {"name": grid.name})
    return shape


def _picture(shapes: Shapes, grids: list[Area]) -> Any:
    drawn = [feature(shapes[grid.code], {"code": grid.code, "name": grid.name}) for grid in grids]
    return picture_of(collection(drawn), by="code", links=False)


def _drawn(grid: Area, other: Area, form: BorderForm) -> Shapes:
    """Both grids as the line, or the buildings chosen, would make them."""
    day = _newest([grid, other])
    one, two = _shape(grid, day), _shape(other, day)
    try:
        if points := form.cleaned_data["points"]:
            pair = borders.redraw(one, two, points)
        else:
            pair = borders.hand_over(one, two, *form.choice())
    except CannotCut as error:
        raise NotPossible(_cannot(form)) from error
    return dict(zip((grid.code, other.code), pair, strict=True))


def _cannot(form: BorderForm) -> str:
    if form.cleaned_data["points"]:
        return _("这条线没有把两个网格的范围正好分成两块；请从一侧画到另一侧，只穿过一次。")
    return _("选中的楼栋和对面的网格不相连，或者一侧会一栋不剩，画不出边界；请连着边界选，或改用画线。")


def _preview(grids: list[Area], shapes: Shapes, form: BorderForm) -> dict[str, Any]:
    on = form.cleaned_data["on"]
    actions.check_border(grids=grids, shapes=shapes, on=on)
    names = {grid.code: grid.name for grid in grids}
    return {
        "parts": [
            {"code": grid.code, "name": grid.name, "area_m2": round(area_m2(shapes[grid.code]))}
            for grid in grids
        ],
        "preview": _picture(shapes, grids),
        "moves": [(names[move.source], names[move.target], move) for move in moving(shapes, on)],
        "previewed": True,
    }


def _confirm(request: HttpRequest, grids: list[Area], shapes: Shapes, form: BorderForm) -> HttpResponse:
    data = form.cleaned_data
    actions.move_border(actor=request.user, grids=grids, shapes=shapes, on=data["on"], reason=data["reason"])
    if data["on"] > timezone.localdate():
        text = _("已登记，%(day)s 起生效；在那之前可以在“区划变更”里撤回。") % {"day": data["on"].isoformat()}
    else:
        text = _("边界已调整；楼栋、住户和统计会在几分钟内跟上。")
    messages.success(request, text)
    return redirect("territory:area", grids[0].code)


@require_POST
@requires("area.divide")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a moved border back before its day."""
    change = get_object_or_404(AreaChange, pk=pk)
    grids = set(Area.objects.filter(code__in=change.from_codes).values_list("code", flat=True))
    if grids != set(change.from_codes):  # half of it lies outside: for whoever answers for both sides
        raise Http404
    try:
        actions.withdraw_border(
            actor=request.user, change=change, reason=request.POST.get("reason", "")[:200]
        )
        messages.success(request, _("已撤回，边界保持原样。"))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("territory:area", change.area_code)
