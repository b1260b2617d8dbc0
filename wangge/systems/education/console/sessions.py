"""Sessions: the list and the month, a new one, its plan, the page of one, the notice to hang up (S41)."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.engines.cases.queries.choices import all_area_choices, grid_choice
from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of, whole_of
from wangge.foundation.territory.queries import area_name_path, names_of, where
from wangge.lib.asked import month_of
from wangge.lib.figures import Period
from wangge.lib.pictures import TYPES

from ..actions.planning import change_session, plan_session
from ..enums import State
from ..forms.choices import topic_choices
from ..forms.holding import CancelForm
from ..forms.planning import PlanForm
from ..models import Material, Session
from ..queries import sessions as queries
from ..queries.topics import topic_name, topics_note
from ..rules import PLANS, SEES, may_plan
from .asking import asked_of

PER_PAGE = 50
STATES = [("", "—"), *State.choices]


def session_or_404(pk: int) -> Session:
    """One in reach, with what the register knows of its place."""
    return get_object_or_404(Session.objects.select_related("estate", "building", "organisation"), pk=pk)


@never_cache
@require_GET
@requires(SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """The list with its sums, or a month as a calendar."""
    asked = asked_of(request)
    rows = queries.sessions(asked)
    if request.GET.get("view") == "month":
        return _month_page(request, asked)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _filters(request, asked) | {
        "page": page, "lines": _named(queries.lines_of(list(page))), "sums": queries.sums_of(rows),
        "view": "list",
    }  # fmt: skip
    return render(request, "education/list.html", context)


def _filters(request: HttpRequest, asked: queries.Asked) -> dict[str, Any]:
    given = {"topic": asked.topic, "area": asked.area, "state": asked.state, "own": "1" if asked.own else ""}
    material = Material.objects.filter(pk=asked.material).first() if asked.material is not None else None
    return {
        "asked": asked, "month": request.GET.get("month", "") if asked.period else "", "material": material,
        "topics": topic_choices(asked.topic), "note": topics_note(), "states": STATES,
        "areas": [("", _("全部")), *all_area_choices(), *grid_choice(asked.area)], "where": where(asked.area),
        "by_days": asked.period is not None and not month_of(request.GET.get("month", "")),
        "may_plan": may(request.user, PLANS), "now_at": timezone.localtime(),
        "kept": urlencode({key: value for key, value in given.items() if value}),
    }  # fmt: skip


def _named(lines: list[queries.Line]) -> list[tuple[queries.Line, str, str]]:
    names = names_of({line.session.area_code for line in lines})
    return [(line, topic_name(line.session.topic), names.get(line.session.area_code, "")) for line in lines]


def _month_page(request: HttpRequest, asked: queries.Asked) -> HttpResponse:
    period = month_of(request.GET.get("month", "")) or month_of(f"{timezone.localdate():%Y-%m}")
    if period is None:  # cannot be
        raise ValueError("today is in a month")
    rows = list(queries.sessions(replace(asked, period=period)).order_by("begins_at"))
    by_day: dict[date, list[Session]] = {}
    for row in rows:
        by_day.setdefault(timezone.localtime(row.begins_at).date(), []).append(row)
    first = period.since
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    context = _filters(request, asked) | {
        "weeks": [[(day, by_day.get(day, []), day.month == first.month) for day in week] for week in weeks],
        "period": period, "view": "month", "month": f"{first:%Y-%m}", "today": timezone.localdate(),
        "many": len(rows), "before": _beside(period, -1), "after": _beside(period, 1),
    }  # fmt: skip
    return render(request, "education/list.html", context)


def _beside(period: Period, step: int) -> str:
    number = period.since.year * 12 + period.since.month - 1 + step
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: HttpRequest) -> HttpResponse:
    """A new session."""
    form = PlanForm(request.POST if request.method == "POST" else None)
    return _planned(request, form, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PLANS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a session that has not been held."""
    row = session_or_404(pk)
    if row.state != State.PLANNED and request.method == "GET":
        messages.info(request, _("这次活动%(state)s，计划不能再改。") % {"state": row.get_state_display()})
        return redirect("education:session", row.pk)
    return _planned(request, PlanForm(request.POST if request.method == "POST" else None, row), row)


def _planned(request: HttpRequest, form: PlanForm, row: Session | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            saved = _written(request, form, row)
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
            status = 403 if isinstance(why, Refused) else 422
        else:
            messages.success(request, _("“%(title)s”已保存。") % {"title": saved.title})
            return redirect("education:session", saved.pk)
    context = {"form": form, "session": row, "note": topics_note()}
    return render(request, "education/plan.html", context, status=status)


def _written(request: HttpRequest, form: PlanForm, row: Session | None) -> Session:
    if row is None:
        return plan_session(actor=request.user, plan=form.plan())
    seen = form.cleaned_data["seen"] or 0
    return change_session(actor=request.user, session=row, plan=form.plan(), seen=seen)


@never_cache
@require_GET
@requires(SEES)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, what came of it, and what the reader may do with it."""
    return session_page(request, session_or_404(pk))


def session_page(
    request: HttpRequest, row: Session, *, cancel: CancelForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a session as the reader may see it."""
    here = whole_of(row.photos)
    context = {
        "session": row, "topic": topic_name(row.topic), "place": area_name_path(row.area_code),
        "linked": row.estate or row.building or row.organisation, "given": queries.given_at(row),
        "photos": [(digest, digest in here) for digest in row.photos],
        "may_change": may_plan(request.user, row.area_code), "cancel": cancel or CancelForm(row),
        "begun": row.begins_at <= timezone.now(), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "education/session.html", context, status=status)


@never_cache
@require_GET
@requires(SEES)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """An A4 page to hang up before it is held."""
    row = session_or_404(pk)
    context = {"session": row, "topic": topic_name(row.topic), "place": area_name_path(row.area_code)}
    return render(request, "education/notice.html", context)


@never_cache
@require_GET
@requires(SEES)
def photo(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A photo of a session."""
    row = session_or_404(pk)
    rows = Photo._base_manager.filter(digest=digest).exclude(complete_at=None).exclude(content="")
    found = get_object_or_404(rows, digest__in=row.photos)
    note_reading(actor=request.user, subject=found)
    return HttpResponse(content_of(found), content_type=TYPES[found.kind])
