"""Programs that use the API: the list, one of them, its keys. No person's data stands here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import actions, queries
from ..enums import Scope
from ..forms import ChangeForm, ClientForm
from ..models import Client, Key


@require_GET
@requires("client.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """Every client in reach, and how much it asked in thirty days."""
    found = list(queries.clients())
    names = territory.names_of({client.area_code for client in found})
    lines = [
        (client, names.get(client.area_code, client.area_code), queries.usage_of(client)[1])
        for client in found
    ]
    return render(request, "clients/list.html", {"lines": lines})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("client.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make a client and its first key, which is shown on this page and nowhere else."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_client(actor=request.user, **form.cleaned_data)
        _key, token = actions.give_key(actor=request.user, client=made)
        return render(request, "clients/given.html", {"client": made, "token": token, "first": True})
    return _form(request, form)


def _form(request: HttpRequest, form: ChangeForm, client: Client | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "clients/form.html", {"form": form, "client": client}, status=status)


@never_cache
@require_GET
@requires("client.manage")
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One client: rights, keys, calls, webhooks."""
    shown = get_object_or_404(Client, pk=pk)
    usage, sums = queries.usage_of(shown)
    context: dict[str, Any] = {
        "client": shown,
        "place": territory.area_name_path(shown.area_code),
        "scopes": [(scope.value, scope.label, scope.value in shown.scopes) for scope in Scope],
        "keys": queries.keys_of(shown),
        "usage": usage,
        "sums": sums,
        "webhooks": queries.subscriptions_of(shown),
    }
    return render(request, "clients/client.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("client.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a client may."""
    shown = get_object_or_404(Client, pk=pk)
    initial = {name: getattr(shown, name) for name in ChangeForm.base_fields}
    initial["addresses"] = "\n".join(shown.addresses)
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_client(actor=request.user, client=shown, **form.cleaned_data)
        messages.success(request, _("已保存，立即生效。"))
        return redirect("clients:client", pk)
    return _form(request, form, shown)


@never_cache
@require_POST
@requires("client.manage")
def give_key(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key beside the old one, shown once."""
    shown = get_object_or_404(Client, pk=pk)
    try:
        _key, token = actions.give_key(actor=request.user, client=shown)
    except actions.Unfit as why:
        messages.error(request, str(why))
        return redirect("clients:client", pk)
    return render(request, "clients/given.html", {"client": shown, "token": token})


@require_POST
@requires("client.manage")
def end_key(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Let one key open nothing from now on."""
    shown = get_object_or_404(Client, pk=pk)
    actions.end_key(actor=request.user, key=get_object_or_404(Key, client=shown, pk=key))
    messages.success(request, _("密钥已作废，立即生效。"))
    return redirect("clients:client", pk)


@require_POST
@requires("client.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut the door to a program for good."""
    shown = get_object_or_404(Client, pk=pk)
    actions.revoke_client(actor=request.user, client=shown, reason=request.POST.get("reason", ""))
    messages.success(request, _("客户端已停用：密钥全部作废，推送已停止。"))
    return redirect("clients:client", pk)
