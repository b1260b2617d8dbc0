"""A problem or a decision, added on the phone while one stands there (S13, S33)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions.raising import raise_problem
from ..forms.raising import HeardForm
from ..models import Tour
from ..queries import tours
from ..rules import SEES, may_decide, may_raise


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*SEES)
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """One form of one column. What was typed, and photos that arrived, stay over a second try."""
    tour = get_object_or_404(Tour, pk=pk)
    stops = [stop for stop in tours.stops_of(tour) if may_raise(request.user, stop.area_code)]
    decides = all(may_decide(request.user, stop.area_code) for stop in stops)
    asked = request.GET.get("stop", "")
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = HeardForm(stops, decides=decides, stop=int(asked) if asked.isdecimal() else None, **given)
    if request.method == "POST" and _raised(request, form):
        return redirect("tours:tour", tour.pk)
    context = {"form": form, "tour": tour, "decides": decides}
    return render(request, "tours/raise.html", context, status=422 if form.errors else 200)


def _raised(request: HttpRequest, form: HeardForm) -> bool:
    valid = form.is_valid()
    area = form.where.area_code if "stop" in form.cleaned_data else ""
    kept = form.keep_photos(request.user, area) if area and "photos" in form.cleaned_data else False
    if not (valid and kept):
        return False
    try:
        row = raise_problem(actor=request.user, heard=form.heard())
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return False
    told = {"number": row.case.number, "unit": row.case.unit.name if row.case.unit else ""}
    said = _("已交办给 %(unit)s，编号 %(number)s。") if told["unit"] else _("已记下问题，编号 %(number)s。")
    messages.success(request, said % told)
    return True
