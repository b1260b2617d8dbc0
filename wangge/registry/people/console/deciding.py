"""What waits for a decision: contradictions, and rows that are one person."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires

from .. import actions, queries
from ..forms import ReasonForm, SearchForm
from ..models import Contradiction, Merge, Person
from ..queries.person import side_by_side
from ..rules import Declined, check_mergeable
from .lists import PER_PAGE, page_of
from .person import person_in_reach, say


@never_cache
@require_GET
@requires("person.edit")
def contradictions(request: HttpRequest) -> HttpResponse:
    """Facts on which two sources disagree, oldest first."""
    after = request.GET.get("after", "")
    waiting = queries.waiting().filter(pk__gt=int(after) if after.isdecimal() else 0)
    page = page_of(waiting[: PER_PAGE + 1])
    return render(request, "people/contradictions.html", page | {"lines": queries.lines_of(page["rows"])})


@require_POST
@requires("person.edit")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the new value or keep the old one."""
    row = get_object_or_404(Contradiction, pk=pk)
    try:
        actions.settle_contradiction(
            actor=request.user, contradiction=row, take=request.POST.get("take") == "yes"
        )
        say(request, _("已处理。"))
    except Declined as why:
        messages.error(request, why.message)
    back = request.POST.get("back") == "person"
    return redirect("people:person", pk=row.person_id) if back else redirect("people:contradictions")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.merge")
def choose_other(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the row that is the same person as this one."""
    shown = person_in_reach(pk)
    form = SearchForm(request.POST if request.method == "POST" else None, initial={"q": shown.name})
    text = form.cleaned_data["q"] if form.is_valid() else shown.name
    others = [row for row in queries.search_people(text) if row.pk != shown.pk]
    context = {"shown": shown, "search": form, "lines": queries.with_homes(others)}
    return render(request, "people/choose_other.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.merge")
def merge(request: HttpRequest, keep: int, absorb: int) -> HttpResponse:
    """Two rows side by side; merged on POST."""
    kept, absorbed = person_in_reach(keep), person_in_reach(absorb)
    form = ReasonForm(request.POST or None)
    refusal = _why_not(kept, absorbed)
    if request.method == "POST" and form.is_valid() and not refusal:
        try:
            actions.merge_persons(
                actor=request.user, keep=kept, absorb=absorbed, reason=form.cleaned_data["reason"]
            )
        except Declined as why:  # somebody merged one of the two in the meantime
            messages.error(request, why.message)
        else:
            say(request, _("已合并；需要时可在本页“合并记录”中撤销。"))
        return redirect("people:person", pk=kept.pk)
    for row in (kept, absorbed):
        access.note_reading(actor=request.user, subject=row)
    context = {"kept": kept, "absorbed": absorbed, "form": form, "refusal": refusal}
    return render(request, "people/merge.html", context | side_by_side(kept, absorbed))


def _why_not(kept: Person, absorbed: Person) -> str:
    try:
        check_mergeable(kept, absorbed)
    except Declined as why:
        return why.message
    return ""


@require_POST
@requires("person.merge")
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back."""
    row = get_object_or_404(Merge, pk=pk)
    form = ReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise forms.ValidationError(_("请写明撤销的理由（至少两个字）。"))
        actions.unmerge_persons(actor=request.user, merge=row, reason=form.cleaned_data["reason"])
        say(request, _("合并已撤销，两条记录都恢复了原样。"))
    except Declined as why:
        messages.error(request, why.message)
    except forms.ValidationError as why:
        messages.error(request, why.messages[0])
    return redirect("people:person", pk=row.kept_id)
