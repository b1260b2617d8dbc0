"""整改通知书: written, issued, printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.fonts import NoFont

from ..actions.notices import issue_notice
from ..forms.notice import NoticeForm
from ..models import Notice
from ..outgoing.lines import lines_of
from ..outgoing.notices import notice_pdf
from ..queries.hazards import hazard_numbered


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Tell whoever is to put it right, in writing."""
    case = hazard_numbered(request.user, number)
    if case is None:
        raise Http404
    form = NoticeForm(case, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = issue_notice(
                actor=request.user, case=case, told=form.told(), seen=form.cleaned_data["seen"]
            )
        except (Unacceptable, Refused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("整改通知书 %(number)s 已发出。") % {"number": row.number})
            return redirect("hazards:notice", row.pk)
    context = {
        "form": form, "case": case, "line": lines_of([case])[0], "place": area_name_path(case.area_code),
        "notices": Notice.objects.filter(case=case).order_by("at"),
    }  # fmt: skip
    return render(request, "hazards/notice_new.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
@requires("case.view")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was issued."""
    row = get_object_or_404(Notice.objects.select_related("case"), pk=pk)
    return render(request, "hazards/notice.html", {"row": row, "place": area_name_path(row.area_code)})


@never_cache
@require_GET
@requires("case.view")
def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF, with a slip that the receiver signs."""
    row = get_object_or_404(Notice.objects.select_related("case"), pk=pk)
    try:
        content = notice_pdf(row, place=area_name_path(row.area_code))
    except NoFont as why:
        context = {"row": row, "place": area_name_path(row.area_code), "error": str(why)}
        return render(request, "hazards/notice.html", context, status=422)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{row.number}.pdf") or "inline"
    return answer
