"""A firm pledges and checks itself: no account, no script, nothing of anybody shown. Whoever holds the firm's
code speaks for it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import EVERYWHERE, within

from ..actions.firms import Signed, check_self, pledge_text, sign_pledge
from ..actions.inspecting import Said
from ..enums import By
from ..forms.checklist import ChecklistForm
from ..models import Link
from ..queries.about import About
from ..queries.checklists import Checklist, checklist
from ..queries.firms import lines_of, opened

KEY = "hazard_firm"


@csrf_exempt  # no account and no cookie is used: whoever holds the code may speak for the firm
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The firm's page; why not, when the code is void or none of ours."""
    found = opened(token)
    if found.link is None or found.why:
        return render(
            request, "hazardcheck/none.html", {"why": found.why}, status=410 if found.why == "over" else 404
        )
    with within(EVERYWHERE):
        listed = checklist(KEY)
        if listed is None:
            return render(request, "hazardcheck/none.html", {"why": "no_list"}, status=404)
        if request.method == "POST" and request.POST.get("what") == "pledge":
            return _pledge(request, token, found.link, listed)
        return _check(request, token, found.link, listed)


def _pledge(request: HttpRequest, token: str, link: Link, listed: Checklist) -> HttpResponse:
    post = request.POST
    signed = Signed(ChecklistForm(listed, post).op, post.get("name", ""), post.get("post", ""))
    try:
        sign_pledge(link=link, signed=signed)
    except Unacceptable as why:
        return _page(request, link, ChecklistForm(listed), pledge_error=str(why), status=422)
    return redirect("hazardcheck:check", token=token)


def _check(request: HttpRequest, token: str, link: Link, listed: Checklist) -> HttpResponse:
    posted = request.method == "POST"
    form = ChecklistForm(listed, request.POST if posted else None, request.FILES if posted else None)
    if not posted:
        return _page(request, link, form)
    if form.keep_photos("firm", link.organisation.area_code):
        said = Said(
            op=form.op, checklist=form.checklist, about=About("organisations", link.organisation),
            answers=form.answers(), words=form.words, by=str(By.SELF), month=_month(request),
            name=str(request.POST.get("name", "")).strip()[:60],
        )  # fmt: skip
        try:
            check_self(link=link, said=said)
        except Unacceptable as why:
            form.error = str(why)
        else:
            return redirect("hazardcheck:check", token=token)
    return _page(request, link, form, status=422)


def _month(request: HttpRequest) -> date:
    this = timezone.localdate().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    return before if request.POST.get("month") == f"{before:%Y-%m}" else this


def _page(
    request: HttpRequest, link: Link, form: ChecklistForm, *, pledge_error: str = "", status: int = 200
) -> HttpResponse:
    this = timezone.localdate().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    context = {
        "link": link, "firm": link.organisation, "place": area_name_path(link.area_code[:12]),
        "form": form, "line": lines_of([link], this)[0], "last": lines_of([link], before)[0],
        "month": this, "before": before,
        "op": form.op if form.data else uuid4(), "pledge_op": uuid4(), "pledge": pledge_text()[1],
        "pledge_error": pledge_error, "typed": request.POST,
    }  # fmt: skip
    return render(request, "hazardcheck/check.html", context, status=status)
