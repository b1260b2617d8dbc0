"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.proofs import actions as proofs
from wangge.foundation.proofs.rules import NotProved

from .. import actions
from ..actions.entering import PURPOSE
from ..forms import CodeForm, PhoneForm
from . import visit

SENT = "my_sent"  # proof key -> the phone it went to, sealed, until it was used


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """First the phone: whatever it is, a code goes out to it and the same page follows."""
    if request.method == "GET" and visit.visit_of(request):
        return redirect("my:info")
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = get_adapter().get_client_ip(request)
        try:
            proof = proofs.send_code(
                phone=form.cleaned_data["phone"], purpose=PURPOSE, client_address=address
            )
        except NotProved as why:
            form.add_error("phone", why.message)
        else:
            request.session[SENT] = {"proof": str(proof.key), "phone": proof.phone_sealed}
            return _code_page(request, CodeForm(initial={"proof": str(proof.key)}), shown=proof.shown)
    return render(request, "rights/my_enter.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Then the code and the last six: in, or the one page for everybody who was not found."""
    form, sent = CodeForm(request.POST), request.session.get(SENT) or {}
    if not form.is_valid() or form.cleaned_data["proof"] != sent.get("proof"):
        return _code_page(request, form) if sent else redirect("my:enter")
    given = form.cleaned_data
    try:
        entered = actions.enter(proof_key=given["proof"], code=given["code"], tail=given["tail"])
    except NotProved as why:
        form.add_error("code", why.message)
        return _code_page(request, form)
    del request.session[SENT]
    visit.begin(request, phone_sealed=sent["phone"], phone_index=entered.phone_index, person=entered.person)
    return redirect("my:info")


def _code_page(request: HttpRequest, form: CodeForm, **more: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "rights/my_code.html", {"form": form, **more}, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit on this device."""
    visit.end(request)
    return redirect("my:enter")
