"""一户一档 and the fire profile of a building."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from ..actions.profiles import keep_profile
from ..forms.profile import ProfileForm
from ..outgoing.lines import lines_of
from ..queries.about import SUITS
from ..queries.checklists import checklists
from ..queries.files import file_of, profile_of, residents_by_floor
from .asking import subject_of


@never_cache
@require_GET
@requires("case.view")
def file(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Everything kept of a room, a building or a firm, to read and to print."""
    about = subject_of(what, pk)
    kept = file_of(request.user, about)
    context = {
        "about": about, "file": kept, "lines": lines_of(kept.hazards),
        "place": territory.area_name_path(about.area_code),
        "lists": [each for each in checklists() if each.kind in SUITS[what]],
        "may_inspect": may(request.user, "case.open", about.area_code),
    }  # fmt: skip
    if what == "buildings":
        profile = profile_of(about.row)
        floors = residents_by_floor(about.row)
        limited = profile.limited if profile else {}
        context |= {
            "profile": profile, "help": sum(limited.values()) if limited else None,
            "floors": [(floor, people, old, limited.get(floor)) for floor, people, old in floors],
            "elsewhere": sorted((f, n) for f, n in limited.items() if f not in {line[0] for line in floors}),
        }  # fmt: skip
    return render(request, "hazards/file.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a building has against fire."""
    about = subject_of("buildings", pk)
    form = ProfileForm(profile_of(about.row), about.row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keep_profile(actor=request.user, building=about.row, facts=form.facts())
        return redirect("hazards:file", "buildings", pk)
    return render(
        request, "hazards/profile.html", {"form": form, "about": about}, status=422 if form.errors else 200
    )
