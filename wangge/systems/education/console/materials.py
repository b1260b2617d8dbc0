"""宣传资料: the list, a new one, its file, taking one out of use."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory.queries import names_of

from ..actions.materials import add_material, withdraw_material
from ..forms.choices import topic_choices
from ..forms.materials import MaterialForm
from ..models import Material
from ..queries import materials as queries
from ..queries.topics import topic_name, topics_note
from ..rules import PLANS, SEES, may_plan
from .asking import topic_of

PER_PAGE = 50


@never_cache
@require_GET
@requires(SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """The materials in use, or those that are not any more, with how many were given out in reach."""
    topic, withdrawn = topic_of(request), request.GET.get("show") == "withdrawn"
    page = Paginator(queries.materials(topic, withdrawn=withdrawn), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(page)
    numbers, names = queries.numbers_of(rows), names_of({row.area_code for row in rows})
    context = {
        "page": page, "topic": topic, "topics": topic_choices(topic), "withdrawn": withdrawn,
        "note": topics_note(), "may_plan": may(request.user, PLANS), "now_at": timezone.localtime(),
        "lines": [
            (row, topic_name(row.topic), names.get(row.area_code, ""), numbers.get(row.pk, 0),
             may_plan(request.user, row.area_code))
            for row in rows
        ],
    }  # fmt: skip
    return render(request, "education/materials.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: HttpRequest) -> HttpResponse:
    """Put one in."""
    posted = request.method == "POST"
    form = MaterialForm(request.POST, request.FILES) if posted else MaterialForm()
    status = 422 if posted else 200
    if posted and form.is_valid():
        try:
            row = add_material(actor=request.user, put=form.put())
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
            status = 403 if isinstance(why, Refused) else 422
        else:
            messages.success(request, _("“%(title)s”已保存。") % {"title": row.title})
            return redirect("education:materials")
    context = {"form": form, "note": topics_note()}
    return render(request, "education/material_new.html", context, status=status)


@never_cache
@require_GET
@requires(SEES)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF, to be saved and not opened inside the site."""
    row = get_object_or_404(Material, pk=pk)
    try:
        content = queries.content_of(row)
    except LookupError as gone:
        raise Http404 from gone
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{row.title}.pdf") or "attachment"
    return answer


@require_POST
@requires(PLANS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use."""
    row = withdraw_material(actor=request.user, material=get_object_or_404(Material, pk=pk))
    messages.success(request, _("“%(title)s”已停用，发出的份数照旧统计。") % {"title": row.title})
    return redirect("education:materials")
