"""What a verifier does: each a plain form that leads back to the list; nothing of a person in an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.registry.people.models import Person
from wangge.registry.people.rules import Declined

from ..actions import verify as actions
from ..actions.transfer import transfer_declaration
from ..actions.verify_address import accept_address, accept_family, keep_address
from ..actions.verify_correct import correct_declaration
from ..actions.verify_undo import undo_decision
from ..enums import Verb
from ..forms.correct import CorrectForm
from ..models import Declaration
from ..queries import worklist
from ..queries.worklist_beside import opened
from ..queries.worklist_card import card_for
from .declarations import kept

GOES_ON = {Verb.VERIFY, Verb.WRONG, Verb.NOT_FOUND, Verb.TRANSFER}  # the next one is shown
REVEALED = {"id_no": ("id_sealed", _("证件号码")), "phone": ("phone_sealed", _("联系电话"))}


def row_or_404(pk: int) -> Declaration:
    """The declaration in reach."""
    return get_object_or_404(Declaration, pk=pk)


def back(request: HttpRequest, pk: int | str | None = None, **more: str) -> HttpResponse:
    """The list as it was, with this declaration open."""
    query = "&".join(part for part in (kept(request, page=True), f"pk={pk}" if pk else "") if part)
    query += "".join(f"&{name}={value}" for name, value in more.items())
    return redirect(f"{reverse('declarations:list')}?{query.lstrip('&')}")


def _following(request: HttpRequest) -> str:
    key = request.POST.get("following", "")
    return key if key.isdecimal() and len(key) < 19 else ""


def _decisions(request: HttpRequest) -> dict[str, Callable[[Declaration], Any]]:
    post = request.POST
    who: dict[str, Any] = {"actor": request.user, "note": post.get("note", "")[:200]}
    return {
        Verb.VERIFY: lambda row: actions.verify_declaration(declaration=row, **who),
        Verb.WRONG: lambda row: actions.mark_wrong(declaration=row, fields=post.getlist("field"), **who),
        Verb.NOT_FOUND: lambda row: actions.mark_not_found(declaration=row, **who),
        Verb.CALL: lambda row: actions.note_call(declaration=row, answered=post.get("answered", ""), **who),
        Verb.NOBODY: lambda row: actions.note_nobody_home(declaration=row, **who),
        Verb.TAKE: lambda row: actions.take_over(actor=request.user, declaration=row),
        Verb.KEEP: lambda row: keep_address(actor=request.user, declaration=row),
        Verb.TRANSFER: lambda row: transfer_declaration(declaration=row, to_area=post.get("to", ""), **who),
    }


@require_POST
@requires("declaration.verify")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision; then the next declaration of the list."""
    row, verb = row_or_404(pk), request.POST.get("verb", "")
    act = _decisions(request).get(verb)
    if act is None:
        messages.error(request, _("请选择一项结论。"))
        return back(request, pk)
    try:
        act(row)
    except Declined as why:
        messages.error(request, why.message)
        return back(request, pk)
    messages.success(request, _("已记下：%(verb)s。") % {"verb": Verb(verb).label})
    return back(request, _following(request)) if verb in GOES_ON else back(request, pk)


@require_POST
@requires("declaration.verify")
def take_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The declared address goes into the register; who it is is asked when nobody knows for sure."""
    row, answer = row_or_404(pk), request.POST.get("answer", "")
    if request.POST.get("family"):
        return _take_family(request, row)
    who: Any = "new" if answer == "new" else None
    if answer.isdecimal() and len(answer) < 19:
        who = get_object_or_404(Person, pk=int(answer))
    try:
        done = accept_address(actor=request.user, declaration=row, answer=who)
    except Declined as why:
        messages.error(request, why.message)
        return back(request, pk)
    if done.decision is None:
        messages.warning(request, _("登记册里有像的人，请先选是哪一位。"))
        return back(request, pk, ask="1")
    messages.success(request, _("住址已写入登记册，来源是这条报备。"))
    return back(request, pk)


def _take_family(request: HttpRequest, row: Declaration) -> HttpResponse:
    try:
        done, asked = accept_family(actor=request.user, declaration=row)
    except Declined as why:
        messages.error(request, why.message)
        return back(request, row.pk)
    messages.success(request, _("%(count)d 人的住址已写入登记册。") % {"count": len(done)})
    if asked:
        messages.warning(request, _("还有 %(count)d 人要先选是登记册中的哪一位。") % {"count": len(asked)})
        return back(request, asked[0].pk, ask="1")
    return back(request, row.pk)


@require_POST
@requires("declaration.verify")
def verify_several(request: HttpRequest) -> HttpResponse:
    """The ticked ones of one address, all or none."""
    keys = [int(key) for key in request.POST.getlist("pick")[:100] if key.isdecimal() and len(key) < 19]
    rows = list(Declaration.objects.filter(pk__in=keys))
    try:
        done = actions.verify_many(actor=request.user, declarations=rows)
    except Declined as why:
        messages.error(request, why.message)
    else:
        messages.success(request, _("一起核实了 %(count)d 条。") % {"count": len(done)})
    return back(request)


@require_POST
@requires("declaration.verify")
def undo(request: HttpRequest) -> HttpResponse:
    """The last decision of this user is taken back, with all that were made in the same stroke."""
    found = worklist.last_decisions(request.user.get_username())
    if not found:
        messages.warning(request, _("没有可以撤销的结论。"))
        return back(request)
    try:
        with transaction.atomic():
            for each in reversed(found):
                undo_decision(actor=request.user, decision=each)
    except Declined as why:
        messages.error(request, why.message)
        return back(request)
    messages.success(request, _("已撤销：%(verb)s。") % {"verb": found[0].get_verb_display()})
    return back(request, found[0].declaration_id)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("declaration.verify")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was declared wrongly; what stood there is kept as an amendment."""
    row = row_or_404(pk)
    form = CorrectForm.about(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_declaration(
                actor=request.user, declaration=row, values=form.values(), note=form.cleaned_data["note"]
            )
        except Declined as why:
            form.add_error(None, why.message)
        else:
            messages.success(request, _("已更正，等待重新比对和核实。"))
            return back(request, pk)
    if request.POST.get("inline"):
        faults = [
            f"{form[name].label if name in form.fields else ''} {texts[0]}"
            for name, texts in form.errors.items()
        ]
        messages.error(request, "；".join(faults))
        return back(request, pk)
    return render(request, "declarations/correct.html", {"form": form, "row": row, "kept": kept(request)})


@never_cache
@require_POST
@requires("person.reveal")
def reveal(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """One sealed value of the declaration in full, after its reason was logged."""
    row = row_or_404(pk)
    if field not in REVEALED:
        return render(request, "404.html", status=404)
    column, label = REVEALED[field]
    context: dict[str, Any] = {"label": label}
    try:
        access.reveal(
            actor=request.user, subject=row, field=field, reason=request.POST.get("reason", ""),
            kind="declaration.revealed",
        )  # fmt: skip
    except Unacceptable as why:
        return render(request, "people/_revealed.html", context | {"error": str(why)}, status=422)
    context["value"] = opened(getattr(row, column)) or "—"
    return render(request, "people/_revealed.html", context)


@never_cache
@require_http_methods(["GET"])
@requires("declaration.verify")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The call-back card to leave at a door nobody opened (留言条): no name on it, anybody may find it."""
    return render(request, "declarations/card.html", card_for(row_or_404(pk)))
