"""场景库: the three lists, a scene with its items and flow, its versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level as AreaLevel
from wangge.lib.scoping import current_reach

from ..actions import scenes as actions
from ..actions.scenes_pack import duty_list, load_pack
from ..enums import DutyKind, ListKind
from ..forms.scenes import WEEKDAYS, CopyForm, SceneForm, SceneRows, first_error
from ..models import Scene
from ..outgoing.flow import picture_of
from ..queries import scenes as queries
from ..reading.flow import FlowFault, check_flow
from ..reading.pack import PackFault

EDIT = "scene.edit"


@require_GET
@requires("duty.view")
def library(request: HttpRequest) -> HttpResponse:
    """The scenes by list."""
    lines = queries.library()
    by_list = [(kind, [line for line in lines if line.scene.kind == kind]) for kind in ListKind]
    context = {"lists": by_list, "any": bool(lines), "may_edit": access.may(request.user, EDIT)}
    return render(request, "fieldwork/scenes.html", context)


@require_GET
@requires("duty.view")
def scene(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: items, picture, what comes tomorrow, what was before."""
    shown = get_object_or_404(Scene, pk=pk)
    line = queries.standing_of(shown)
    mine = access.may(request.user, EDIT, shown.area_code)
    context = {
        "scene": shown, "line": line, "items": shown.items.all(), "picture": _picture(shown),
        "versions": queries.versions_of(shown), "place": territory.area_name_path(shown.area_code),
        "weekdays": [name for day, name in WEEKDAYS if day in shown.every], "mine": mine,
        "areas": _areas() if mine else [],
    }  # fmt: skip
    return render(request, "fieldwork/scene.html", context)


def _picture(scene: Scene) -> str:
    return mark_safe(picture_of(scene.flow, scene.name))


def _areas() -> list[tuple[str, str]]:
    """Where a scene may be used: the district and its towns."""
    found = territory.areas_in_reach().filter(level__in=[AreaLevel.DISTRICT, AreaLevel.TOWN])
    return list(found.order_by("code").values_list("code", "name"))


@require_http_methods(["GET", "POST"])
@requires(EDIT)
def new_scene(request: HttpRequest) -> HttpResponse:
    """A scene of one's own."""
    form = SceneForm(request.POST or None, initial={"kind": request.GET.get("kind", ListKind.DAILY)})
    rows = SceneRows.typed(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            area = access.home_of(request.user, EDIT)
            made = actions.create_scene(actor=request.user, area_code=area, draft=form.draft(rows))
        except Unacceptable as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("已保存，明天起生效。"))
            return redirect("duties:scene", made.pk)
    return _edit_page(request, form, rows, None)


@require_http_methods(["GET", "POST"])
@requires(EDIT)
def edit_scene(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a scene from tomorrow on; an edit that waits already is what one goes on with."""
    shown = _own(pk)
    line = queries.standing_of(shown)
    newest = line.coming or line.scene
    form = SceneForm(request.POST) if request.method == "POST" else SceneForm.about(newest)
    rows = SceneRows.typed(request.POST) if request.method == "POST" else SceneRows.of(newest)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.change_scene(actor=request.user, scene=shown, draft=form.draft(rows))
        except Unacceptable as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("已保存，明天起生效。在那之前可以撤回。"))
            return redirect("duties:scene", made.pk)
    return _edit_page(request, form, rows, newest)


def _edit_page(request: HttpRequest, form: SceneForm, rows: SceneRows, scene: Scene | None) -> HttpResponse:
    items, steps = rows.spare()
    context = {
        "form": form, "scene": scene, "items": items, "steps": steps, "picture": _drawn(rows),
    }  # fmt: skip
    return render(request, "fieldwork/scene_edit.html", context, status=422 if form.errors else 200)


def _drawn(rows: SceneRows) -> str:
    """The flow as typed, where it can be drawn."""
    try:
        flow = rows.draft_flow()
        check_flow(flow)
    except (FlowFault, Unacceptable):
        return ""
    return mark_safe(picture_of(flow))


@require_POST
@requires(EDIT)
def withdraw_scene(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for tomorrow is taken back."""
    return _done(request, pk, actions.withdraw_edit, _("已撤回，明天仍按现在的内容。"))


@require_POST
@requires(EDIT)
def end_scene(request: HttpRequest, pk: int) -> HttpResponse:
    """Given up from tomorrow on."""
    return _done(request, pk, actions.end_scene, _("明天起停用。今天之内可以撤回。"))


def _done(request: HttpRequest, pk: int, action: Any, said: str) -> HttpResponse:
    shown = _own(pk)
    try:
        action(actor=request.user, scene=shown)
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    left = queries.versions_of(shown).first()
    return redirect("duties:scene", left.pk) if left else redirect("duties:scenes")


@require_POST
@requires(EDIT)
def copy_scene(request: HttpRequest, pk: int) -> HttpResponse:
    """The same under another name, perhaps only for one town."""
    shown, form = _own(pk), CopyForm(request.POST)
    if not form.is_valid() or not current_reach().covers(form.cleaned_data["area"]):
        messages.error(request, first_error(form) if form.errors else _("只能用在您的辖区。"))
        return redirect("duties:scene", pk)
    made = actions.copy_scene(
        actor=request.user, scene=shown, area_code=form.cleaned_data["area"], name=form.cleaned_data["name"]
    )
    messages.success(request, _("已复制，明天起生效。"))
    return redirect("duties:scene", made.pk)


@require_POST
@requires(EDIT)
def load_scenes(request: HttpRequest) -> HttpResponse:
    """The example lists come in; what is there already stays."""
    try:
        loaded = load_pack(actor=request.user, area_code=access.home_of(request.user, EDIT))
    except PackFault as why:
        messages.error(request, str(why))
    else:
        told = {"scenes": loaded.scenes, "rules": loaded.rules, "kept": loaded.kept}
        said = _("新装入场景 %(scenes)d 个、频次 %(rules)d 条，都标为示例；原有的 %(kept)d 项没有动。")
        messages.success(request, said % told)
    return redirect("duties:scenes")


def _own(pk: int) -> Scene:
    """A scene that the caller may change; those of an area above are only used."""
    return get_object_or_404(Scene.objects.filter(current_reach().q("area_code")), pk=pk)


@require_GET
@requires("duty.view")
def responsibilities(request: HttpRequest) -> HttpResponse:
    """职责: the four duties, the tasks each of them becomes, and who has which (S76, S82)."""
    area = territory.tops_in_reach().order_by("code").values_list("code", flat=True).first() or ""
    duties, categories = duty_list(area)
    kinds = dict(DutyKind.choices)
    names = {duty["key"]: duty["name"] for duty in duties}
    context = {
        "duties": [(duty, [kinds[task] for task in duty["tasks"] if task in kinds]) for duty in duties],
        "categories": [(one, [names[key] for key in one["duties"] if key in names]) for one in categories],
    }
    return render(request, "fieldwork/responsibilities.html", context)
