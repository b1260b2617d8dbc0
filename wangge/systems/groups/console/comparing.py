"""A firm's list beside its group, uploaded by the community; which organisation a group is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access.rules import requires
from wangge.registry.people.models import Organisation

from .. import actions
from ..forms import LinkForm, ListForm, posted
from ..models import Group
from ..outgoing import not_joined_file, sealed_lines
from ..reading import Unreadable, read_staff
from ..rules import Declined


@never_cache
@require_http_methods(["GET", "POST"])
@requires("group.manage")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a staff list; the answer stands on this page and nowhere else."""
    shown = get_object_or_404(Group, pk=pk)
    form = ListForm(posted(request), request.FILES or None)
    context = {"shown": shown, "form": form, "last": shown.reconciliations.first()}
    if request.method == "POST" and form.is_valid():
        try:
            staff = read_staff(form.cleaned_data["file"].read())
        except Unreadable as why:
            form.add_error("file", why.message)
        else:
            done = actions.compare_list(actor=request.user, group=shown, staff=staff)
            context |= {"done": done, "sealed": sealed_lines(done.not_joined)}
            return render(request, "groups/compare.html", context)
    return render(request, "groups/compare.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("group.manage")
def compare_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who have not joined, as xlsx, from what the page carried."""
    shown = get_object_or_404(Group, pk=pk)
    taker = f"{request.user.name}（{request.user.get_username()}）"  # type: ignore[union-attr]
    made = not_joined_file(request.POST.get("lines", ""), taker, shown)
    if made is None:
        messages.error(request, _("停留太久，请重新上传花名册。"))
        return redirect("groups:compare", pk=pk)
    return made


@require_POST
@requires("group.manage")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm which organisation of the register a group is."""
    shown, form = get_object_or_404(Group, pk=pk), LinkForm(request.POST)
    key = form.cleaned_data["organisation"] if form.is_valid() else 0
    organisation = Organisation.objects.filter(pk=key, closed_on=None).first()
    try:
        if organisation is None:
            raise Declined("organisation", _("请选择登记册里的单位。"))
        actions.link_organisation(actor=request.user, group=shown, organisation=organisation)
        messages.success(request, _("已对应登记单位，在这里工作的成员会进入企业人员台账。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("groups:group", pk=pk)
