"""Phones that fill in forms without an account."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires

from .. import actions, queries
from ..forms import DeviceForm
from ..models import Device
from .versions import MOST


@require_http_methods(["GET", "POST"])
@requires("form.manage")
def devices(request: HttpRequest) -> HttpResponse:
    """Phones that fill in forms without an account; a new one gets its code, shown once."""
    form = DeviceForm(request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        area = access.home_of(request.user, "form.manage")
        device, token = actions.add_device(
            actor=request.user, area_code=area, name=form.cleaned_data["name"], ends_on=form.ends_on()
        )
        address = request.build_absolute_uri(f"/openrosa/{token}")
        shown = {"device": device, "address": address, "code": _settings_code(address)}
        form = DeviceForm()
    context = {"rows": queries.devices()[:MOST], "form": form, **shown}
    return render(request, "forms/devices.html", context, status=422 if form.is_bound else 200)


def _settings_code(address: str) -> str:
    """The code ODK Collect scans to set itself up (docs.getodk.org/collect-import-export)."""
    general = {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"}
    settings = {"general": general, "admin": {}, "project": {"name": _("网格"), "icon": "网"}}
    packed = base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()
    return str(segno.make(packed, error="l").png_data_uri(scale=4))


@require_POST
@requires("form.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone is let in no more."""
    actions.revoke_device(actor=request.user, device=get_object_or_404(Device, pk=pk))
    messages.success(request, _("已停用，这个地址立即失效。"))
    return redirect("forms:devices")
