"""A whistle is blown: what for, who is told and by when, then sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.engines.cases.models import Case
from wangge.engines.cases.outgoing.spot import Spot, spot_of
from wangge.engines.cases.queries.worklist import case_numbered
from wangge.foundation.access.queries import home_of
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory

from ..actions.blowing import blow
from ..forms.blowing import BlowForm
from ..models import Hint, Whistle
from ..queries.units import preview
from ..queries.whistles import blown_for
from .asking import number_of

MOST_GRIDS = 60  # on the map of the form; a larger area is chosen from the list first


@never_cache
@require_http_methods(["GET", "POST"])
@requires("campaign.manage")
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent once it shows who would be told; sent again as it stands, the whistle."""
    case, hint = _matter(request), _hint(request)
    posted = request.method == "POST"
    given: dict[str, Any] = {"data": request.POST, "files": request.FILES} if posted else {}
    form, told = BlowForm(case, hint, **given), []
    if posted and form.is_valid() and form.keep_photos(request.user, form.cleaned_data["area"]):
        seen = form.cleaned_data["looked"] and form.cleaned_data["shown"] == form.what_is_shown()
        if seen and (row := _blown(request, form)) is not None:
            messages.success(
                request, _("已吹哨，编号 %(number)s；批准后通知各单位。") % {"number": row.case.number}
            )
            return redirect("cases:show", row.case.number)
        told = preview(list(form.chosen), form.led_by, form.cleaned_data["level"])
    context = {
        "form": form, "told": told, "matter": case, "hint": hint, "system": form.system,
        "now_at": timezone.localtime(),
        "shown": form.what_is_shown() if told else "", "silent": [each for each in told if not each.members],
        "map": Spot() if case is not None else _map(request),
        "before": blown_for(case) if case is not None else [],
    }  # fmt: skip
    return render(request, "whistles/new.html", context, status=422 if form.errors else 200)


def _matter(request: HttpRequest) -> Case | None:
    number = request.GET.get("case", "")
    if not number:
        return None
    found = case_numbered(request.user, number)
    if found is None:
        raise Http404
    return found


def _hint(request: HttpRequest) -> Hint | None:
    """What the field asked for; one that was answered meanwhile is told when it is sent."""
    number = number_of(request.GET.get("hint", ""))
    found = Hint.objects.filter(pk=number).first() if number else None
    if number and found is None:
        raise Http404
    return found


def _blown(request: HttpRequest, form: BlowForm) -> Whistle | None:
    try:
        return blow(actor=request.user, blown=form.blown())
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return None


def _map(request: HttpRequest) -> Spot:
    shapes = territory.shapes_on(timezone.localdate(), home_of(request.user, "case.open"))
    return spot_of(shapes, territory.names_of(shapes)) if len(shapes) <= MOST_GRIDS else Spot()
