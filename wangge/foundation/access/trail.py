"""Console pages of the trail: what was done, whether it still stands, what failed to follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.forms import TrailFilter
from wangge.foundation.access.queries import area_names
from wangge.foundation.access.rules import requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import queries
from wangge.foundation.journal.models import Delivery, Entry
from wangge.lib.scoping import EVERYWHERE, prefix_filter, prefix_of, within

PER_PAGE = 50


@require_GET
@requires("journal.view")
def entries(request: HttpRequest) -> HttpResponse:
    """The trail inside the reader's areas, the newest first."""
    form = TrailFilter(request.GET)
    form.is_valid()
    page = Paginator(_wanted(form.cleaned_data), PER_PAGE).get_page(request.GET.get("page"))
    names = area_names(entry.area_code for entry in page)
    context = {
        "page": page,
        "names": names,
        "check": queries.last_check(),
        "form": form,
        "seal": queries.last_segment(),
        "failed": _failed().count(),
    }
    return render(request, "access/trail.html", context)


def _wanted(wanted: dict[str, Any]) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if wanted.get("area"):
        found = found.filter(prefix_filter("area_code", prefix_of(wanted["area"])))
    if wanted.get("actor"):
        found = found.filter(actor=wanted["actor"])
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("since"):
        found = found.filter(at__date__gte=wanted["since"])
    if wanted.get("until"):
        found = found.filter(at__date__lt=wanted["until"] + timedelta(days=1))
    return found


def _failed() -> QuerySet[Delivery]:
    return queries.failed_deliveries().filter(entry__in=Entry.objects.all())


@require_GET
@requires("journal.view")
def deliveries(request: HttpRequest) -> HttpResponse:
    """Reactions that failed for good, inside the reader's areas."""
    page = Paginator(_failed().select_related("entry"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/deliveries.html", {"page": page})


@require_POST
@requires("settings.manage", "journal.view")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed reaction back into the queue."""
    journal.retry_delivery(actor=request.user, delivery=get_object_or_404(_failed(), pk=pk))
    messages.success(request, _("已重新排队，后台会再执行一次。"))
    return redirect("journal:deliveries")


@require_POST
@requires("journal.view")
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain; only the verdict leaves, no row of another area."""
    with within(EVERYWHERE):
        verdict = queries.verify()
    return render(request, "access/verdict.html", {"verdict": verdict})
