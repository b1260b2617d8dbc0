"""The step in between: a code goes to a phone, what was typed before travels sealed, the code comes back."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wangge.foundation.access.adapters import client_ip
from wangge.foundation.proofs.actions import check_code, send_code
from wangge.foundation.proofs.rules import NotProved
from wangge.lib.masking import mask_phone
from wangge.lib.sealing import SealingError, seal, unseal

from ..forms import CodeForm

FIELD = "groups.carried"
CARRIED_FOR = 15 * 60  # seconds


@dataclass(frozen=True)
class Step:
    """What is being proved: for which purpose, where the code goes, and the words of the page."""

    purpose: str
    action: str
    title: str
    button: str
    back: str


def ask(request: HttpRequest, step: Step, phone: str, carried: dict[str, Any] | None = None) -> HttpResponse:
    """Send a code and show the page that takes it.

    Raises:
        NotProved: no code is sent; the page before says why.
    """
    proof = send_code(phone=phone, purpose=step.purpose, client_address=client_ip(request))
    said = {"at": time.time(), "purpose": step.purpose, "phone": mask_phone(phone), **(carried or {})}
    form = CodeForm(initial={"proof": str(proof.key)})
    context = {"step": step, "form": form, "carried": seal(json.dumps(said), FIELD), "shown": proof.shown}
    return render(request, "group/code.html", context | {"phone": said["phone"]})


def carried(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    """What was typed on the page before; None when it is too old or was altered."""
    try:
        said = json.loads(unseal(request.POST.get("carried", ""), FIELD))
        fresh = time.time() - said["at"] <= CARRIED_FOR
    except (SealingError, ValueError, KeyError, TypeError):
        return None
    return said if fresh and said.get("purpose") == purpose else None


def take(request: HttpRequest, step: Step) -> tuple[str, HttpResponse | None]:
    """The phone the code proves, or the page again with what is wrong."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return check_code(
                form.cleaned_data["proof"], form.cleaned_data["code"], purpose=step.purpose
            ), None
        except NotProved as why:
            form.add_error("code", why.message)
    said = carried(request, step.purpose) or {}
    context = {"step": step, "form": form, "carried": request.POST.get("carried", "")[:8000]}
    return "", render(request, "group/code.html", context | {"phone": said.get("phone", "")}, status=422)
