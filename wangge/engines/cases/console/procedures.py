"""看图办事: the procedures there are, and the district's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires

from ..actions.packs import drop_procedure, load_procedure
from ..outgoing.picture import picture_of
from ..queries.packs import Pack, pack_of, packs
from ..queries.shown import spelled_limit
from ..reading.packs import LARGEST, ProcedureFault
from ..reading.procedure import Level, Procedure
from ..words import told_words


@never_cache
@require_GET
@requires("case.view", "settings.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """Every procedure that holds; what is wrong with a district's own file in words."""
    return _page(request)


def _page(request: HttpRequest, faults: list[str] | None = None) -> HttpResponse:
    context = {
        "packs": packs(), "faults": faults or [], "may_set": may(request.user, "settings.manage"),
        "most": LARGEST // 1024,
    }  # fmt: skip
    return render(request, "cases/procedures.html", context, status=422 if faults else 200)


@never_cache
@require_GET
@requires("case.view", "settings.manage")
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """One procedure: its picture, its levels with their limits, its steps."""
    pack = pack_of(key)
    if pack is None:
        raise Http404
    context: dict[str, Any] = {"pack": pack, "may_set": may(request.user, "settings.manage")}
    if pack.procedure is not None:
        context |= {"procedure": pack.procedure, "picture": _picture(pack)} | _tables(pack.procedure)
    return render(request, "cases/procedure.html", context)


def _picture(pack: Pack) -> SafeString:
    return mark_safe(picture_of(pack.procedure)) if pack.procedure else SafeString("")  # escaped where drawn


def _tables(procedure: Procedure) -> dict[str, Any]:
    names = {state.key: state.label for state in procedure.states}
    steps = [
        (step, [names.get(key, key) for key in step.origins], names.get(step.to, ""),
         told_words(step.roles), told_words(step.tells))
        for step in procedure.steps
    ]  # fmt: skip
    limits = [(level, _limits(procedure, level), _rungs(level)) for level in procedure.levels]
    return {"limits": limits, "table": steps}


def _limits(procedure: Procedure, level: Level) -> list[str]:
    """In the order of the clocks; "" where one does not run."""
    texts = [level.limits.get(clock.key, "") for clock in procedure.clocks]
    return [spelled_limit(text) if text else "" for text in texts]


def _rungs(level: Level) -> list[tuple[str, str]]:
    """How long past the limit, and who is told then."""
    return [(spelled_limit(rung.after), "".join(told_words([rung.tell]))) for rung in level.ladder]


@require_POST
@requires("settings.manage")
def load(request: HttpRequest) -> HttpResponse:
    """A file for the district's package; refused with everything that is wrong."""
    file = request.FILES.get("file")
    if file is None:
        return _page(request, [_("请选一个 TOML 文件。")])
    if (file.size or 0) > LARGEST:
        return _page(request, [_("文件超过 %(most)d KB。") % {"most": LARGEST // 1024}])
    try:
        made = load_procedure(actor=request.user, content=file.read())
    except ProcedureFault as fault:
        return _page(request, fault.faults)
    messages.success(request, _("已装入“%(name)s”，新登记的事项按它办。") % {"name": made.label})
    return redirect("cases:procedure", key=made.key)


@require_POST
@requires("settings.manage")
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """The shipped procedure holds again."""
    if drop_procedure(actor=request.user, key=key):
        messages.success(request, _("已撤下本区的规程，恢复示例。"))
    return redirect("cases:procedures")
