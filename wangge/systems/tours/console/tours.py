"""Tours: the list with its archive, a new one, its plan, the page of one (S01, S10)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path

from ..actions.arriving import note_arrival
from ..actions.planning import MOST, change_tour, create_tour
from ..forms.arriving import ArrivalForm
from ..forms.planning import AREAS, Stops, TourForm, one_more, plan_of, stops_form
from ..models import Stop, Tour
from ..outgoing.map import map_of
from ..queries import problems, tours
from ..queries.figures import Figures, figures_at
from ..rules import PLANS, SEES, may_change, may_raise

PER_PAGE = 30


@never_cache
@require_GET
@requires(*SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """Those to come; the archive behind the second tab."""
    show, text = request.GET.get("show", "coming"), request.GET.get("q", "").strip()[:60]
    show = show if show in tours.SHOWS else "coming"
    page = Paginator(tours.tours(show, text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": tours.lines_of(list(page)), "show": show, "q": text,
        "may_plan": may(request.user, "campaign.manage"), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "tours/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*PLANS)
def new(request: HttpRequest) -> HttpResponse:
    """A new tour with its stops."""
    if request.method != "POST":
        return _plan_page(request, TourForm(), stops_form())
    return _saved(request, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*PLANS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a tour."""
    tour = get_object_or_404(Tour, pk=pk)
    if not may_change(request.user, tour):
        raise Refused(_("这次调研有的点不在您的辖区，不能由您修改。"))
    if request.method != "POST":
        return _plan_page(request, TourForm(tour=tour), stops_form(tour=tour), tour)
    return _saved(request, tour)


def _saved(request: HttpRequest, tour: Tour | None) -> HttpResponse:
    if "more" in request.POST:  # one more stop, nothing is checked yet
        return _plan_page(request, *one_more(request.POST), tour)
    form, stops = TourForm(request.POST), stops_form(request.POST)
    if not (form.is_valid() & stops.is_valid()):
        return _plan_page(request, form, stops, tour, status=422)
    try:
        row = _written(request, form, stops, tour)
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        status = 403 if isinstance(why, Refused) else 422
        return _plan_page(request, form, stops, tour, status=status)
    messages.success(request, _("“%(title)s”已保存。") % {"title": row.title})
    return redirect("tours:tour", row.pk)


def _written(request: HttpRequest, form: TourForm, stops: Stops, tour: Tour | None) -> Tour:
    plan = plan_of(form, stops)
    if tour is None:
        return create_tour(actor=request.user, plan=plan)
    return change_tour(actor=request.user, tour=tour, plan=plan, seen=form.cleaned_data["seen"] or 0)


def _plan_page(
    request: HttpRequest, form: TourForm, stops: Stops, tour: Tour | None = None, *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "stops": stops, "tour": tour, "areas": list(stops.form_kwargs["offered"]),
        "list": AREAS, "full": stops.total_form_count() >= MOST,
    }  # fmt: skip
    return render(request, "tours/plan.html", context, status=status)


@never_cache
@require_GET
@requires(*SEES)
def tour(request: HttpRequest, pk: int) -> HttpResponse:
    """The stops on a map, live figures of each, what was raised and what came of it."""
    return tour_page(request, get_object_or_404(Tour, pk=pk))


def tour_page(request: HttpRequest, row: Tour) -> HttpResponse:
    """The page of a tour as the reader may see it."""
    stops = tours.stops_of(row)
    names = tours.called(stops)
    lines = problems.lines_of(problems.problems_of(row), request.user)
    raised, told = problems.by_stop(lines), _figures(request, stops)
    context: dict[str, Any] = {
        "tour": row, "place": area_name_path(row.area_code), "names": names, "now_at": timezone.localtime(),
        "parts": [
            (stop, names[stop.pk], figures, [(line, uuid4()) for line in raised[stop.pk]])
            for stop, figures in zip(stops, told, strict=True)
        ],
        "map": map_of(stops, names), "problems": len(lines), "open": sum(not line.over for line in lines),
        "may_change": may_change(request.user, row),
        "may_raise": any(may_raise(request.user, stop.area_code) for stop in stops),
        "waiting": [line for line in lines if line.confirm],
    }  # fmt: skip
    return render(request, "tours/tour.html", context)


def _figures(request: HttpRequest, stops: list[Stop]) -> list[Figures]:
    spots = [(stop.area_code, stop.estate) for stop in stops]
    return figures_at(spots, lambda area, right: may(request.user, right, area))


@require_POST
@requires(*SEES)
def arrive(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """The group is there."""
    row = get_object_or_404(Stop, pk=stop, tour=get_object_or_404(Tour, pk=pk))
    form = ArrivalForm(request.POST)
    note_arrival(actor=request.user, stop=row, place=form.place())
    messages.success(request, _("已记下到达时间。"))
    return redirect(f"{_address(pk)}#stop-{row.pk}")


def _address(pk: int) -> str:
    return redirect("tours:tour", pk).url
