"""The first step of the import wizard: taking files in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import requires
from wangge.foundation.territory.models import Area

from .. import actions
from ..enums import BatchState
from ..forms import UploadForm
from ..guards import Unreadable
from ..models import Batch
from .areas import area_of, choices_for
from .retold import retold


@require_http_methods(["GET", "POST"])
@requires("ledger.import")
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in. One file leads to its columns, several to the list."""
    area = area_of(request, request.POST.get("area", ""))
    form = UploadForm(request.POST or None, request.FILES or None, initial={"area": area.code})
    if request.method == "POST" and form.is_valid():
        taken, refused = _take(request, form, area)
        if not refused and len(taken) == 1:
            return redirect("ledgers:import", taken[0].pk)
        if not refused:
            messages.success(request, _("收到 %(count)d 个文件，请逐个确认。") % {"count": len(taken)})
            return redirect("ledgers:imports")
        context = {"form": form, "area": area, "areas": choices_for(area), "refused": refused, "taken": taken}
        return render(request, "ledgers/upload.html", context, status=422)
    context = {"form": form, "area": area, "areas": choices_for(area)}
    return render(request, "ledgers/upload.html", context, status=400 if request.method == "POST" else 200)


def _take(request: HttpRequest, form: UploadForm, area: Area) -> tuple[list[Batch], list[tuple[str, str]]]:
    asked, taken, refused = form.cleaned_data, [], []
    for file in asked["files"]:
        try:
            taken.append(_receive(request, file, asked, area))
        except Unreadable as broken:
            refused.append((file.name or "", retold(broken.message)))
    return taken, refused


def _receive(request: HttpRequest, file: UploadedFile, asked: dict[str, Any], area: Area) -> Batch:
    batch = actions.receive_file(
        actor=request.user,
        area_code=area.code,
        name=file.name or "",
        content=file.file,  # type: ignore[arg-type]
        source=asked["source"],
        as_of=asked["as_of"],
    )
    if batch.state == BatchState.DONE:
        messages.info(request, _("这个文件以前导入过，内容一样，没有重复写入。"))
    return batch
