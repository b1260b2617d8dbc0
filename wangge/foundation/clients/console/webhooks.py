"""Webhooks: where a program is told of events, and what became of every message."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.rules import requires
from wangge.foundation.journal.events import name_of

from .. import actions, queries
from ..enums import FAULTS
from ..forms import WebhookForm
from ..models import Client, Sending, Subscription

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
@requires("client.manage")
def subscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a client of events from now on; the signing secret is shown once."""
    client = get_object_or_404(Client, pk=pk)
    form = WebhookForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.subscribe(actor=request.user, client=client, **form.cleaned_data)
        except actions.Unfit as why:
            form.add_error(None, str(why))
        else:
            return render(request, "clients/secret.html", {"webhook": made, "secret": secret})
    status = 422 if form.is_bound else 200
    return render(request, "clients/subscribe.html", {"form": form, "client": client}, status=status)


@never_cache
@require_GET
@requires("client.manage")
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One address: every message with the answer's code and size, and how often it was tried."""
    shown = get_object_or_404(Subscription.objects.select_related("client"), pk=pk)
    page = Paginator(queries.sendings_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "webhook": shown,
        "page": page,
        "lines": [(row, name_of(row.kind), FAULTS.get(row.fault, "")) for row in page],
        "kinds": [(kind, name_of(kind)) for kind in shown.kinds],
    }
    return render(request, "clients/webhook.html", context)


@never_cache
@require_POST
@requires("client.manage")
def give_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new signing secret, shown once; the old one signs too for a while."""
    shown = get_object_or_404(Subscription.objects.select_related("client"), pk=pk)
    secret = actions.give_secret(actor=request.user, subscription=shown)
    return render(request, "clients/secret.html", {"webhook": shown, "secret": secret})


@require_POST
@requires("client.manage")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing more there."""
    shown = get_object_or_404(Subscription.objects.select_related("client"), pk=pk)
    actions.stop(actor=request.user, subscription=shown)
    messages.success(request, _("已停止推送。"))
    return redirect("clients:client", shown.client_id)


@require_POST
@requires("client.manage")
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one message again."""
    shown = get_object_or_404(Sending.objects.select_related("subscription__client"), pk=pk)
    actions.resend(actor=request.user, sending=shown)
    messages.success(request, _("已重新排队，几秒后发送。"))
    return redirect("clients:webhook", shown.subscription_id)
