"""Finding what to look at, looking at it, and what was found."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.registry.people.queries import search_organisations

from ..actions.inspecting import Said, record_inspection
from ..enums import DriveState
from ..forms.checklist import ChecklistForm
from ..models import Drive, Inspection
from ..queries.about import MOST, SUITS, buildings_named, rooms_of
from ..queries.checklists import checklist, checklists
from ..queries.files import results_of
from .asking import subject_of


@never_cache
@require_GET
@requires("case.open")
def places(request: HttpRequest) -> HttpResponse:
    """Buildings and firms by a part of the name; without one the high-rises."""
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "q": text, "buildings": buildings_named(text, high_rise=not text),
        "firms": search_organisations(text, MOST),
    }  # fmt: skip
    return render(request, "hazards/places.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def inspect(request: HttpRequest, key: str, what: str, pk: int) -> HttpResponse:
    """Look at one place with one checklist."""
    listed, about = checklist(key), subject_of(what, pk)
    if listed is None:
        raise Http404
    posted = request.method == "POST"
    form = ChecklistForm(listed, request.POST if posted else None, request.FILES if posted else None)
    if posted and form.keep_photos(request.user, about.area_code):
        said = Said(
            op=form.op, checklist=listed, about=about, answers=form.answers(), at=form.at, words=form.words,
            drive=_drive(request),
        )  # fmt: skip
        try:
            row = record_inspection(actor=request.user, said=said)
        except (Unacceptable, Refused) as why:
            form.error = str(why)
        else:
            messages.success(request, _("检查已记下，发现 %(bad)d 处隐患。") % {"bad": row.bad})
            return redirect("hazards:inspection", row.pk)
    context = {
        "form": form, "list": listed, "about": about, "op": form.op if posted else uuid4(),
        "drive": _drive(request), "now_at": timezone.localtime(),
        "others": [each for each in checklists() if each.kind in SUITS[what] and each.key != key],
    }  # fmt: skip
    return render(request, "hazards/inspect.html", context, status=422 if posted else 200)


def _drive(request: HttpRequest) -> Drive | None:
    """The action it is done for, when it is one under way."""
    asked = request.GET.get("drive", "") or request.POST.get("drive", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return Drive.objects.filter(pk=int(asked), state=DriveState.RUNNING).first()


@never_cache
@require_GET
@requires("case.view")
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found of each item."""
    row = get_object_or_404(Inspection.objects.select_related("version__form", "drive"), pk=pk)
    context = {
        "row": row, "results": results_of(row), "place": territory.area_name_path(row.area_code),
    }  # fmt: skip
    return render(request, "hazards/inspection.html", context)


@never_cache
@require_GET
@requires("case.open")
def rooms(request: HttpRequest, pk: int) -> HttpResponse:
    """The rooms of a building, to choose one."""
    about = subject_of("buildings", pk)
    return render(request, "hazards/rooms.html", {"about": about, "rooms": rooms_of(about.row)})
