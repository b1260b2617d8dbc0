"""Opening a matter: what every system's page of a new case does.

A system's view calls ``open_page`` with its own form; similar open cases are shown before a number is given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.foundation.access.queries import home_of
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory

from ..actions import open_case
from ..forms.opening import OpeningForm
from ..kinds import system_of
from ..models import Case
from ..outgoing.spot import Spot, spot_of
from ..queries.listing.lines import address_of
from ..queries.similar import Likeness, similar

MOST_GRIDS = 60  # on the map of the form; a larger area is chosen from the list first

More = Callable[[OpeningForm], dict[str, Any]]


def open_page(
    request: HttpRequest, *, form: OpeningForm, source: str, more: More | None = None,
    template: str = "cases/open.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """The page of a new case: the form, what is like it, and once she says it is another matter, the case.

    Args:
        form: bound to ``request.POST`` and ``request.FILES`` where the method is POST.
        source: who found it, see ``enums.Source``. more: other fields of ``Matter`` from the form.
        template: extends ``cases/open.html`` or includes ``cases/_opening.html``.
    """
    alike: list[Likeness] = []
    if request.method == "POST" and _arrived(request, form):
        alike = [] if form.cleaned_data["looked"] else alike_of(form)
        if not alike and (case := _opened(request, form, source, more)):
            return redirect(address_of(case))
    told = {"form": form, "alike": alike, "map": _map(request), "system": form.system}
    return render(request, template, told | context, status=422 if form.errors else 200)


def _arrived(request: HttpRequest, form: OpeningForm) -> bool:
    return form.is_valid() and form.keep_photos(request.user, form.cleaned_data["area"])


def alike_of(form: OpeningForm) -> list[Likeness]:
    """Open cases that may be the same matter; the form need not be whole yet."""
    told = form.cleaned_data
    found = similar(
        area=told["area"], kind=told.get("kind", ""), words=told.get("title", "") + told.get("words", ""),
        place=form.place, system=form.system.key,
    )  # fmt: skip
    return [like for like in found if like.case.op != told.get("op")]  # sent twice it is itself


def _opened(request: HttpRequest, form: OpeningForm, source: str, more: More | None) -> Case | None:
    try:
        matter = form.matter(source, **(more(form) if more else {}))
        case = open_case(actor=request.user, matter=matter)
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, _("已登记，编号 %(number)s。") % {"number": case.number})
    return case


def _map(request: HttpRequest) -> Spot:
    shapes = territory.shapes_on(timezone.localdate(), home_of(request.user, "case.open"))
    return spot_of(shapes, territory.names_of(shapes)) if len(shapes) <= MOST_GRIDS else Spot()


@never_cache
@require_POST
@requires("case.open")
def alike(request: HttpRequest, system: str) -> HttpResponse:
    """What is like a form that is being filled in; posted, since words stand in no address."""
    try:
        form = OpeningForm(system_of(system), data=request.POST)
    except KeyError:
        return HttpResponse(status=404)
    form.is_valid()
    told = form.cleaned_data
    ready = told.get("area") and (told.get("title") or told.get("words"))
    found = alike_of(form) if ready else []
    return render(request, "cases/_alike.html", {"alike": found})
